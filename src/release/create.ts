/**
 * Makes a release. In this order, so that nothing is ever half-published and the log never has two histories:
 *
 *   1. decisions, records and files into `data/`          payload.ts
 *   2. pages, lists, search                               site/
 *   3. every written file is read again for leaks         leaks.ts
 *   4. entries and signed checkpoint into the log         one transaction: from here on it happened
 *   5. checkpoint, proofs, manifests, signatures
 *   6. the folder gets its name
 *
 * What dies before 4 leaves no trace in the log. What dies after it leaves entries whose folder was never published;
 * the next release goes on from them.
 */
import { createHmac } from 'node:crypto';
import { OperatorError } from '../errors.js';
import { type CompletenessStatement, formatEntry } from '../proof/entry.js';
import { bagDeclaration, formatManifest, isPayload } from '../proof/manifest.js';
import { leafHash } from '../proof/merkle.js';
import { formatVerifierKey } from '../proof/signed-note.js';
import { entryBundles, formatBundle, hashTiles, tileBytes, tilePath } from '../proof/tiles.js';
import { formatTlogProof } from '../proof/tlog-proof.js';
import type { Secret } from '../redact/leak-check.js';
import { programVersion } from '../store/package-root.js';
import type { NumberedMessage, ReleaseLog, RenderedJob } from '../store/release-log.js';
import { FolderWriter, type WrittenFile } from './folder-writer.js';
import { LogHistory } from './history.js';
import type { ReleaseKey } from './key.js';
import { refuseLeaks } from './leaks.js';
import { writePayload } from './payload.js';
import { PreviousRelease } from './previous.js';
import { type Facts, parseFacts } from './published.js';
import { signCheckpoint, writeKeys, writeSigned } from './signing.js';
import type { SiteFacts } from './site/frame.js';
import { places } from './site/places.js';
import { Rendering } from './site/rendering.js';
import { writeSite, writeTables } from './site/site-writer.js';
import type { ReleaseSource } from './source.js';
import { timestampRequest } from './timestamp.js';

export interface CreateOptions {
  readonly log: ReleaseLog;
  readonly source: ReleaseSource;
  readonly key: ReleaseKey;
  readonly out: string;
  readonly title: string;
  /** Where it will be served, with a slash at its end. */
  readonly url: string;
  /** Markdown; '' for none. */
  readonly notes: string;
  /** What no file may say; asked once everything was decided on, since deciding finds more of it. */
  readonly secrets: () => readonly Secret[];
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** Called before anything is signed; throws where what was planned is no longer so. */
  readonly beforeSigning?: (() => void) | undefined;
  readonly onProgress?: ((step: ReleaseStep, done: number, total: number) => void) | undefined;
}

export type ReleaseStep = 'messages' | 'pages' | 'leaks' | 'proofs';

export interface Created {
  readonly release: number;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly statement: CompletenessStatement;
  readonly files: number;
  readonly folder: string;
}

/** Throws OperatorError `key-of-another-log`, `release-folder-not-empty`, `redacted-text-left`, `log-changed`, and what disks say. */
export async function createRelease(options: CreateOptions): Promise<Created> {
  refuseOtherKey(options);
  const folder = new FolderWriter(options.out);
  try {
    return await new ReleaseRun(options, folder).all();
  } catch (error) {
    folder.discard();
    throw error;
  }
}

/** A log has one key: signed with two, it would be two. */
function refuseOtherKey({ log, key }: CreateOptions): void {
  const { owner } = log;
  if (owner === undefined || (owner.origin === key.name && owner.publicKey.equals(key.publicKey))) return;
  throw new OperatorError(
    'key-of-another-log',
    `the releases of this trove are signed with ${formatVerifierKey({ name: owner.origin, publicKey: owner.publicKey })}, not with ${formatVerifierKey(key)}`,
    'Give the key of the first release with --key. If it is lost, restore it from your copy: another key cannot go on with this history.',
  );
}

interface PublishedMessage {
  readonly number: number;
  readonly sha256: string;
  readonly facts: Facts;
  readonly threadKey: number;
}

class ReleaseRun {
  readonly #options: CreateOptions;
  readonly #folder: FolderWriter;
  readonly #numbered = new Map<string, NumberedMessage>();
  readonly #release: number;
  readonly #from: number;
  readonly #previous: PreviousRelease | undefined;

  constructor(options: CreateOptions, folder: FolderWriter) {
    const { log } = options;
    this.#options = options;
    this.#folder = folder;
    for (const message of log.numbered()) this.#numbered.set(message.sha256, message);
    this.#release = log.releases().length + 1;
    this.#from = log.size;
    this.#previous = PreviousRelease.find(log);
  }

  async all(): Promise<Created> {
    const { log, source, key, now, title, onProgress } = this.#options;
    const payload = await writePayload({
      source,
      folder: this.#folder,
      saltKey: log.saltKey,
      size: this.#from,
      release: this.#release,
      numbered: this.#numbered,
      previous: this.#previous,
      onProgress: (done, total) => onProgress?.('messages', done, total),
    });
    const statement = this.#statement();
    const messages = this.#messages();
    const before = log.rendered();
    const rendering = this.#rendering(before, messages);
    await writeTables({ site: this.#site, folder: this.#folder, rendering }, messages);
    const manifest = this.#writeManifest();
    const time = new Date(now).toISOString();
    const entries = [
      ...payload.entries,
      formatEntry({ type: 'release', release: this.#release, time, title, manifest, statement }),
    ];
    for (const entry of entries) log.tree.append(leafHash(entry));
    const history = new LogHistory(concat(log.entries(), entries), log.tree);
    await this.#writeSite(statement, messages, history, rendering);
    writeKeys(this.#folder, key);
    this.#writeBag(now);
    this.#writeTiles(entries);
    const checked = await this.#refuseLeaks();
    this.#options.beforeSigning?.();
    const checkpoint = signCheckpoint(key, log.tree.size, log.tree.root());
    log.add(this.#from, {
      owner: { origin: key.name, publicKey: key.publicKey },
      entries,
      checkpoint,
      title,
      releasedAt: now,
      numbered: payload.changed,
    });
    this.#writeProofs(messages, history);
    this.#seal(checkpoint);
    log.published(this.#release, this.#folder.target, rendering.jobs, before, checked);
    const files = this.#folder.files.size;
    const root = log.tree.root().toString('base64');
    return {
      release: this.#release,
      size: log.tree.size,
      root,
      statement,
      files,
      folder: this.#folder.target,
    };
  }

  get #site(): SiteFacts {
    const { title, url, key } = this.#options;
    return { title, url, origin: key.name };
  }

  /** What is published, in the order of its numbers. */
  #messages(): PublishedMessage[] {
    const { source } = this.#options;
    return Array.from(this.#numbered.values())
      .filter(({ state }) => state === 'published')
      .map(({ sha256, number, facts }) => ({
        number,
        facts: parseFacts(facts),
        threadKey: source.thread(sha256).key,
        sha256,
      }))
      .sort((a, b) => a.number - b.number);
  }

  #rendering(before: ReadonlyMap<string, RenderedJob>, messages: readonly PublishedMessage[]): Rendering {
    const records = new Map(
      messages.map(({ number, sha256 }) => [number, this.#numbered.get(sha256)?.record ?? '']),
    );
    return new Rendering(before, this.#previous, (number) => records.get(number) ?? '');
  }

  #writeSite(
    statement: CompletenessStatement,
    messages: readonly PublishedMessage[],
    history: LogHistory,
    rendering: Rendering,
  ): Promise<void> {
    const { source, key, notes, onProgress } = this.#options;
    const byKey = new Map(messages.map(({ threadKey, sha256 }) => [threadKey, sha256]));
    const orderOf = (threadKey: number): { number: number; depth: number }[] =>
      source
        .thread(byKey.get(threadKey) ?? '')
        .members()
        .flatMap(({ sha256, depth }) => {
          const member = this.#numbered.get(sha256);
          return member?.state === 'published' ? [{ number: member.number, depth }] : [];
        });
    return writeSite({
      site: this.#site,
      folder: this.#folder,
      statement,
      releases: history.releases.map(({ cited }) => cited),
      messages: messages.map((message) => ({ ...message, history: history.of(message.number) })),
      withdrawn: Array.from(this.#numbered.values())
        .filter(({ state }) => state === 'withdrawn')
        .map(({ number, reason }) => ({ number, reason, history: history.of(number) }))
        .sort((a, b) => a.number - b.number),
      orderOf,
      rendering,
      verifier: formatVerifierKey(key),
      notes,
      onProgress: (done, total) => onProgress?.('pages', done, total),
    });
  }

  #statement(): CompletenessStatement {
    const { totals } = this.#options.source;
    const withheld: Record<string, number> = {};
    const counts = { published: 0, redacted: 0, withheld: 0, withdrawn: 0 };
    for (const { state, reason, facts } of this.#numbered.values()) {
      counts[state] += 1;
      if (state === 'withheld') withheld[reason] = (withheld[reason] ?? 0) + 1;
      if (state === 'published' && parseFacts(facts).redacted) counts.redacted += 1;
    }
    const { received, parsed, duplicate, failed, messages } = totals;
    const unselected = messages - counts.published - counts.withheld - counts.withdrawn;
    const { published, redacted, withdrawn } = counts;
    return {
      received,
      parsed,
      duplicate,
      failed,
      messages,
      published,
      redacted,
      withheld,
      withdrawn,
      unselected,
    };
  }

  /** Of `data/`, which is complete by now. Returns its SHA-256. */
  #writeManifest(): string {
    const payload = this.#lines().filter(({ path }) => isPayload(path));
    return this.#folder.write('manifest-sha256.txt', formatManifest(payload));
  }

  #lines(): (WrittenFile & { readonly path: string })[] {
    return Array.from(this.#folder.files, ([path, file]) => ({ path, ...file }));
  }

  #writeBag(now: number): void {
    const { title, key } = this.#options;
    const payload = this.#lines().filter(({ path }) => isPayload(path));
    const bytes = payload.reduce((sum, file) => sum + file.bytes, 0);
    this.#folder.write('bagit.txt', bagDeclaration);
    const facts = [
      ['Source-Organization', key.name],
      ['External-Description', title],
      ['External-Identifier', `${key.name} release ${this.#release}`],
      ['Bagging-Date', new Date(now).toISOString().slice(0, 10)],
      ['Bag-Software-Agent', `Impart ${programVersion}`],
      ['Payload-Oxum', `${bytes}.${payload.length}`],
    ];
    // A line break in a value would begin another field (RFC 8493, 2.2.2).
    const lines = facts.map(([name = '', value = '']) => `${name}: ${value.replace(/\s+/g, ' ')}\n`);
    this.#folder.write('bag-info.txt', lines.join(''));
  }

  #writeTiles(added: readonly Buffer[]): void {
    const { tree } = this.#options.log;
    for (const tile of hashTiles(tree.size)) this.#folder.write(tilePath(tile), tileBytes(tree, tile));
    for (const bundle of entryBundles(tree.size)) {
      const first = bundle.index * 256;
      const old = this.#options.log.entries(first, Math.min(first + bundle.width, this.#from));
      const fresh = added.slice(
        Math.max(0, first - this.#from),
        Math.max(0, first + bundle.width - this.#from),
      );
      this.#folder.write(tilePath(bundle), formatBundle([...old, ...fresh]));
    }
  }

  /** What is linked was read for most of it when it was written: it is read again for what was redacted since. */
  async #refuseLeaks(): Promise<Buffer[]> {
    const { log, secrets: ask, onProgress } = this.#options;
    const secrets = ask();
    const digests = secrets.map(({ text, form }) =>
      createHmac('sha256', log.saltKey).update(`${form} ${text}`).digest(),
    );
    const fresh = secrets.filter((_, at) => !log.wasChecked(digests[at] ?? Buffer.of()));
    const { linked, files, dir } = this.#folder;
    const written = [...files.keys()].filter((path) => !linked.has(path));
    const report = (done: number, total: number) => onProgress?.('leaks', done, total);
    await refuseLeaks(dir, written, secrets, report);
    await refuseLeaks(dir, [...linked], fresh, report);
    return digests;
  }

  /** Each against the checkpoint of the release that its entry came with: a proof does not change with later releases. */
  #writeProofs(messages: readonly PublishedMessage[], history: LogHistory): void {
    const { tree } = this.#options.log;
    const notes = new Map(this.#options.log.releases().map(({ number, checkpoint }) => [number, checkpoint]));
    for (const { number } of messages) {
      const index = history.of(number).at(-1)?.index ?? 0;
      const isOld = index < this.#from;
      if (isOld && this.#previous?.link(this.#folder, [places.proof(number)]) === true) continue;
      const { cited, size } = history.releaseOf(index);
      const path = tree.inclusionProof(index, size);
      const checkpoint = notes.get(cited.number) ?? '';
      this.#folder.write(places.proof(number), formatTlogProof({ index, path, checkpoint }));
    }
  }

  #seal(checkpoint: string): void {
    const { log, key } = this.#options;
    for (const { number, checkpoint: note } of log.releases())
      this.#folder.write(`checkpoints/${number}`, note);
    writeSigned(this.#folder, 'checkpoint', checkpoint, key);
    this.#folder.write('checkpoint.tsq', timestampRequest(Buffer.from(checkpoint)));
    const tags = this.#lines().filter(({ path }) => !isPayload(path));
    writeSigned(this.#folder, 'tagmanifest-sha256.txt', formatManifest(tags), key);
    this.#folder.publish();
  }
}

function* concat(one: Iterable<Buffer>, other: Iterable<Buffer>): Generator<Buffer> {
  yield* one;
  yield* other;
}
