/**
 * A judging thread: examines messages by themselves, compares copies, and follows quotations within a thread.
 * A message on which the examination itself breaks costs its own result and no other.
 */
import { hash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { AuthorKeyReader } from '../store/author-keys.js';
import { KeyReader } from '../store/keys.js';
import type { Trove } from '../store/trove.js';
import { type AuthorKeys, authorKeyNames } from '../verify/author/author-signature.js';
import type { JudgingContext } from '../verify/dkim.js';
import { examineMessage } from '../verify/examine.js';
import type { KeyState } from '../verify/message-judgement.js';
import { compareCopies } from './copies.js';
import type { Answer, Examined, Job, Messages } from './job.js';
import { compareQuotations } from './quotations.js';

export interface JudgeSettings {
  readonly trove: Trove;
  /** Seconds since 1970, the same for all messages of a pass. */
  readonly now: number;
}

class Judge {
  readonly #keys: KeyReader;
  readonly #authorKeys: AuthorKeyReader;
  readonly #now: number;
  readonly #consulted = new Map<string, KeyState>();

  constructor({ trove, now }: JudgeSettings) {
    this.#keys = new KeyReader(trove);
    this.#authorKeys = new AuthorKeyReader(trove);
    this.#now = now;
  }

  answer(job: Job): Answer {
    if (job.kind === 'examine') return this.#examineAll(job);
    const raws = Array.from(each(job), ({ raw }) => raw);
    let at = 0;
    const pieces = job.pieces.map((piece) => {
      const own = raws.slice(at, at + piece.facts.length);
      at += piece.facts.length;
      return piece.scope === 'thread' ? compareQuotations(piece.facts, own) : compareCopies(piece.facts, own);
    });
    return { kind: 'compared', pieces };
  }

  #examineAll(job: Extract<Job, { kind: 'examine' }>): Answer {
    const examined: Examined[] = [];
    const damaged: number[] = [];
    const failed: { number: number; note: string }[] = [];
    for (const { number, raw, index } of each(job)) {
      if (hash('sha256', raw, 'hex') !== job.hashes[index]) {
        damaged.push(number);
        continue;
      }
      try {
        examined.push(this.#examine(number, raw));
      } catch (error) {
        // Only a bug of ours comes here.
        const note = error instanceof Error ? (error.stack ?? error.message) : String(error);
        failed.push({ number, note });
      }
    }
    return { kind: 'examined', examined, damaged, failed };
  }

  #examine(number: number, raw: Buffer): Examined {
    this.#consulted.clear();
    const consult = (domain: string, selector: string, state: string): void => {
      this.#consulted.set(`${selector} ${domain}`, { domain, selector, state });
    };
    const context: JudgingContext = {
      now: this.#now,
      findKeys: (domain, selector) => {
        const { keys, state } = this.#keys.consult(domain, selector);
        consult(domain, selector, state);
        return keys;
      },
    };
    const authorKeys: AuthorKeys = {
      findPgpKeys: (issuer) => {
        const { keys, state } = this.#authorKeys.consultPgp(issuer);
        consult(authorKeyNames.openpgp, issuer, state);
        return keys;
      },
      listCertificates: () => {
        const { all, state } = this.#authorKeys.consultCertificates();
        consult(authorKeyNames.certificates, '', state);
        return all;
      },
    };
    const { signatures, arc, author, findings, dated } = examineMessage(raw, context, authorKeys);
    const dkim = signatures.map(({ domain, selector, result, body }) => ({
      kind: 'dkim' as const,
      domain,
      selector,
      result,
      body,
    }));
    const seals = arc.sets.map(({ domain, selector, seal, signature }) => ({
      kind: 'arc' as const,
      domain,
      selector,
      result: { intact: 'verified', differs: 'failed', unchecked: 'no-key' }[seal],
      body: signature.body,
    }));
    return {
      number,
      record: JSON.stringify({ signatures, arc, author }),
      dated,
      findings,
      consulted: [...this.#consulted.values()],
      signatures: [...dkim, ...seals],
    };
  }
}

function* each({
  numbers,
  ends,
  bytes,
}: Messages): Generator<{ number: number; raw: Buffer; index: number }> {
  let start = 0;
  for (const [index, number] of numbers.entries()) {
    const end = ends[index] ?? start;
    yield { number, raw: Buffer.from(bytes, start, end - start), index };
    start = end;
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const judge = new Judge(workerData as JudgeSettings);
  port.on('message', (job: Job) => port.postMessage(judge.answer(job)));
}
