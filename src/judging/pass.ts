/**
 * One pass of `impart verify`: every message by itself (signatures, its own context), then beside the others (answers,
 * copies, quotations), then its label.
 *
 * It may be stopped at any time and goes on where it was. Run again, it looks at what is new: messages that were
 * received, selectors of which other keys are known, threads that have grown.
 */
import { storedFeatures } from '../index/threads.js';
import { limits } from '../limits.js';
import { Archive } from '../read/archive.js';
import { AuthorKeyReader } from '../store/author-keys.js';
import { KeyReader } from '../store/keys.js';
import { indexDir, lockTrove, type Trove } from '../store/trove.js';
import { authorKeyNames } from '../verify/author/author-signature.js';
import type { ToolVersions } from '../verify/message-judgement.js';
import { compareAll } from './beside.js';
import { Examiner, type ExaminerEvents } from './examiner.js';
import { Judges } from './judges.js';
import { JudgementStore } from './store.js';

export interface PassOptions extends ExaminerEvents {
  readonly tools: ToolVersions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly threads?: number;
  /** Asks elsewhere for the keys of these selectors; returns whether any were found. Called once, when all that is known was tried. */
  readonly findKeys?: (selectors: readonly NeededSelector[]) => Promise<boolean>;
}

export interface NeededSelector {
  readonly domain: string;
  readonly selector: string;
  /** Messages that it would help. */
  readonly messages: number;
}

export interface PassOutcome {
  /** Judged by this pass, again or for the first time. */
  readonly judged: number;
  /** Of these, those that had been judged under other keys. */
  readonly stale: number;
  readonly failed: number;
}

/** Throws OperatorError `trove-locked` while another pass runs. */
export async function judgeTrove(trove: Trove, options: PassOptions): Promise<PassOutcome> {
  const unlock = lockTrove(trove, 'verify.lock');
  const archive = new Archive(trove);
  const store = new JudgementStore(trove);
  try {
    store.begin(options.tools, options.now());
    const first = await judgeWaiting(archive, store, options);
    let outcome = first;
    const found = await options.findKeys?.(store.selectorsInNeed(limits.maxDnsNames));
    if (found === true) {
      const again = await judgeWaiting(archive, store, options);
      outcome = {
        judged: first.judged + again.judged,
        stale: first.stale + again.stale,
        failed: again.failed,
      };
    }
    store.label();
    store.finish(options.now());
    return outcome;
  } finally {
    store.close();
    archive.close();
    unlock();
  }
}

/** Messages whose selectors, certificates or OpenPGP keys are known otherwise by now; returns how many. */
function forgetStale(trove: Trove, store: JudgementStore): number {
  const keys = new KeyReader(trove);
  const authorKeys = new AuthorKeyReader(trove);
  try {
    return store.forgetStale((domain, selector) => {
      if (domain === authorKeyNames.openpgp) return authorKeys.consultPgp(selector).state;
      if (domain === authorKeyNames.certificates) return authorKeys.consultCertificates().state;
      return keys.consult(domain, selector).state;
    });
  } finally {
    keys.close();
    authorKeys.close();
  }
}

/** Judges what has no judgement, or one under keys of which other things are known now, and compares. */
async function judgeWaiting(
  archive: Archive,
  store: JudgementStore,
  options: PassOptions,
): Promise<PassOutcome> {
  const { trove } = archive;
  const stale = forgetStale(trove, store);
  const judges = new Judges({ trove, now: Math.floor(options.now() / 1_000) }, options.threads);
  try {
    const { judged, failed } = await new Examiner(archive, store, judges, options).run();
    await compareAll(archive, store, judges, () => storedFeatures(indexDir(trove)));
    return { judged, stale, failed };
  } finally {
    await judges.close();
  }
}
