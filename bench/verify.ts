/**
 * How fast signatures are verified: DKIM signatures a second on all cores with the keys at hand, beside mailauth and
 * beside the limit, round by round; what a pass of `impart verify` over troves of two sizes costs.
 *
 * The limit is the least that any verifier must do: SHA-256 of the bytes of the message, and one raw verification with
 * RSA-2048 of an input that lies ready. It reads no header, canonicalises nothing, and looks for no key.
 */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { walkSource } from '../src/receive/walk.js';
import { packageRoot } from '../src/store/package-root.js';
import { impartCommand } from './contestants.js';
import { type Corpus, readyScaled } from './mail.js';
import { type Cost, measure } from './process-cost.js';
import { settle } from './receive.js';
import { type VerifyKind, type VerifyReply, type VerifyThreadData, verifyKinds } from './verify-job.js';

export interface PassResult {
  readonly messages: number;
  readonly bytes: number;
  readonly cost: Cost | undefined;
  readonly failure: string;
}

export interface VerifyResult {
  readonly corpus: string;
  readonly threads: number;
  readonly signatures: number;
  /** Of the signed messages. */
  readonly bytes: number;
  /** Signatures a second, a round each. */
  readonly rates: Readonly<Record<VerifyKind, readonly number[]>>;
  /** Messages of the corpus as it came that carry a signature, and those whose body is what one of them says. */
  readonly bodies: { readonly signed: number; readonly intact: number };
  readonly passes: readonly PassResult[];
}

/** Signing domains, each with a key of its own. */
const domains = 20;

export async function measureVerify(
  corpora: readonly Corpus[],
  sizes: readonly number[],
  runs: number,
  { work, keep }: { readonly work: string; readonly keep: boolean },
  say: (line: string) => void,
): Promise<VerifyResult> {
  const corpus = corpora.find(({ name }) => name.startsWith('openbmc')) ?? corpora[0];
  if (corpus === undefined) throw new Error('there is no mail to sign');
  const rates = await measureRates(corpus, runs, say);
  const passes: PassResult[] = [];
  for (const size of sizes) passes.push(await measurePass(corpora, size, work, keep, say));
  return { corpus: corpus.name, ...rates, passes };
}

async function measureRates(
  corpus: Corpus,
  runs: number,
  say: (line: string) => void,
): Promise<Omit<VerifyResult, 'corpus' | 'passes'>> {
  const threads = availableParallelism();
  say(`verify: signing ${corpus.name} for ${threads} threads`);
  const shares = await readShares(corpus, threads);
  const keys = Array.from({ length: domains }, () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  );
  const workers = shares.map(
    (messages) =>
      new Worker(new URL('./verify-thread.js', import.meta.url), {
        workerData: { messages, keys } satisfies VerifyThreadData,
      }),
  );
  try {
    const ready = (await replies(workers)).flatMap((reply) => ('ready' in reply ? [reply] : []));
    const total = (of: (reply: (typeof ready)[number]) => number): number =>
      ready.reduce((sum, one) => sum + of(one), 0);
    const signatures = total((one) => one.signatures);
    const rates: Record<VerifyKind, number[]> = { impart: [], mailauth: [], limit: [] };
    for (let round = 0; round <= runs; round++) {
      for (const kind of verifyKinds) {
        const rate = signatures / (await passOf(workers, kind, signatures));
        // The first round lets the compiler see the code.
        if (round > 0) rates[kind].push(rate);
        say(`verify, round ${round}: ${kind} ${rate.toFixed(0)} signatures/s`);
      }
    }
    const bodies = { signed: total((one) => one.signed), intact: total((one) => one.intact) };
    return { threads, signatures, bytes: total((one) => one.bytes), rates, bodies };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function readShares({ mbox }: Corpus, threads: number): Promise<Uint8Array[][]> {
  const shares = Array.from({ length: threads }, (): Uint8Array[] => []);
  let next = 0;
  for await (const events of walkSource(mbox, {
    keeper: { path: mbox, write() {} },
    tmpDir: `${mbox}.tmp`,
  })) {
    for (const event of events)
      if (event.type === 'message') shares[next++ % threads]?.push(Uint8Array.from(event.raw));
  }
  return shares;
}

const replies = (workers: readonly Worker[]): Promise<VerifyReply[]> =>
  Promise.all(
    workers.map(async (worker) => {
      const [reply] = (await once(worker, 'message')) as [VerifyReply];
      return reply;
    }),
  );

/** Seconds from the start of the first thread to the end of the last. Throws where not every signature verified. */
async function passOf(workers: readonly Worker[], kind: VerifyKind, signatures: number): Promise<number> {
  const started = performance.now();
  const done = replies(workers);
  for (const worker of workers) worker.postMessage(kind);
  const verified = (await done).reduce((sum, reply) => sum + ('verified' in reply ? reply.verified : 0), 0);
  const seconds = (performance.now() - started) / 1_000;
  if (verified !== signatures) throw new Error(`${kind} verified ${verified} of ${signatures} signatures`);
  return seconds;
}

async function measurePass(
  corpora: readonly Corpus[],
  size: number,
  work: string,
  keep: boolean,
  say: (line: string) => void,
): Promise<PassResult> {
  const mail = await readyScaled(corpora, size, work);
  const dir = join(work, `verify-${size}.trove`);
  const { messages, bytes } = mail;
  try {
    settle(dir);
    const received = await measure(impartCommand(mail.path, dir));
    if (received.status !== 0) return { messages, bytes, cost: undefined, failure: received.stderr.trim() };
    const { status, stderr, ...cost } = await measure([
      join(packageRoot, 'impart'),
      'verify',
      '--trove',
      dir,
    ]);
    say(`verify: ${messages} messages in ${cost.wallSeconds.toFixed(1)} s`);
    // 3: messages with conflicts.
    const isDone = status === 0 || status === 3;
    return { messages, bytes, cost: isDone ? cost : undefined, failure: isDone ? '' : stderr.trim() };
  } finally {
    if (!keep) rmSync(dir, { recursive: true, force: true });
  }
}
