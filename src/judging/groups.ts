/** Groups of messages to the judging threads, many small ones or a piece of a large one at a time, and what comes back into the store. */
import type { Archive } from '../read/archive.js';
import type { MessageRow } from '../store/catalog-reader.js';
import { Batch } from './batch.js';
import type { Answer, Found, Group, Piece } from './job.js';
import type { Judges } from './judges.js';
import { OriginalsInOrder } from './originals-in-order.js';
import type { JudgementStore } from './store.js';

/** Messages of one group that are held at once. */
const pieceMembers = 300;
const pieceBytes = 24 * 1024 * 1024;
/** Small groups go together until they are as large as this. */
const jobBytes = 1024 * 1024;
/** A larger message is a file in an envelope: what is quoted of it is not looked for. */
const maxComparedBytes = 8 * 1024 * 1024;

/** A group on its way: what was found in its pieces so far. */
interface Pending {
  readonly group: Group;
  readonly found: Found[];
  left: number;
}

/** What goes to a thread next. */
interface Load {
  readonly batch: Batch;
  readonly pieces: { readonly piece: Piece; readonly pending: Pending }[];
}

const newLoad = (): Load => ({ batch: new Batch(), pieces: [] });

export class GroupComparer {
  readonly #archive: Archive;
  readonly #store: JudgementStore;
  readonly #judges: Judges;
  readonly #originals: OriginalsInOrder;
  #load = newLoad();

  constructor(archive: Archive, store: JudgementStore, judges: Judges) {
    this.#archive = archive;
    this.#store = store;
    this.#judges = judges;
    this.#originals = new OriginalsInOrder(archive);
  }

  close(): void {
    this.#originals.close();
  }

  async compare(group: Group): Promise<void> {
    if (this.#store.wasCompared(group.name, group.members)) return;
    const pieces = this.#piecesOf(group.facts.map(({ number }) => number));
    const pending: Pending = { group, found: [], left: pieces.length };
    for (const piece of pieces) await this.#add(pending, piece);
  }

  /** Waits for what is on its way. */
  async finish(): Promise<void> {
    await this.#send();
    await this.#judges.settle();
  }

  /** Members in a row, as many as may be held. */
  #piecesOf(numbers: readonly number[]): ReadonlySet<number>[] {
    const pieces: Set<number>[] = [];
    let bytes = 0;
    for (const number of numbers) {
      const size = this.#archive.index.catalog.findMessage(number)?.size ?? 0;
      const piece = pieces.at(-1);
      bytes += size;
      if (piece === undefined || piece.size >= pieceMembers || bytes > pieceBytes) {
        pieces.push(new Set([number]));
        bytes = size;
      } else piece.add(number);
    }
    return pieces;
  }

  async #add(pending: Pending, members: ReadonlySet<number>): Promise<void> {
    const { group } = pending;
    const held = new Set<number>();
    const all = [...group.shared, ...group.facts.filter(({ number }) => members.has(number))];
    for (const { number } of all) {
      const row = this.#archive.index.catalog.findMessage(number);
      const raw = row === undefined ? undefined : await this.#read(row);
      if (raw === undefined) continue;
      this.#load.batch.add(number, raw);
      held.add(number);
    }
    const isHeld = ({ number }: { readonly number: number }): boolean => held.has(number);
    const piece: Piece =
      group.scope === 'thread'
        ? { scope: 'thread', facts: group.facts.filter(isHeld) }
        : { scope: 'copies', facts: [...group.shared, ...group.facts].filter(isHeld) };
    this.#load.pieces.push({ piece, pending });
    if (this.#load.batch.size >= jobBytes) await this.#send();
  }

  /** Bytes that are not those that were received cost the comparison, not the run: the examination has told of them. */
  async #read(row: MessageRow): Promise<Buffer | undefined> {
    if (row.size > maxComparedBytes) return undefined;
    return this.#originals.peek(row) ?? (await this.#originals.find(row).catch(() => undefined));
  }

  async #send(): Promise<void> {
    const { batch, pieces } = this.#load;
    if (pieces.length === 0) return;
    this.#load = newLoad();
    const job = { kind: 'compare', pieces: pieces.map(({ piece }) => piece), ...batch.messages() } as const;
    await this.#judges.give(job, (answer) => this.#take(answer, pieces));
  }

  #take(answer: Answer, pieces: Load['pieces']): void {
    if (answer.kind !== 'compared') throw new Error('the answer is not to this job');
    for (const [at, { pending }] of pieces.entries()) {
      pending.found.push(...(answer.pieces[at] ?? []));
      pending.left -= 1;
      if (pending.left === 0) this.#store.saveGroup(pending.group, pending.found);
    }
  }
}
