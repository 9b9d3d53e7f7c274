/** Groups of messages to the judging threads, in pieces that fit into memory, and what comes back into the store. */
import type { Archive } from '../read/archive.js';
import type { MessageRow } from '../store/catalog-reader.js';
import { Batch } from './batch.js';
import type { Answer, Found, Group } from './job.js';
import type { Judges } from './judges.js';
import { OriginalsInOrder } from './originals-in-order.js';
import type { JudgementStore } from './store.js';

/** Messages that are held at once for one piece of a group. */
const pieceMembers = 300;
const pieceBytes = 24 * 1024 * 1024;
/** A larger message is a file in an envelope: what is quoted of it is not looked for. */
const maxComparedBytes = 8 * 1024 * 1024;

export class GroupComparer {
  readonly #archive: Archive;
  readonly #store: JudgementStore;
  readonly #judges: Judges;
  readonly #originals: OriginalsInOrder;

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
    const found: Found[] = [];
    let left = pieces.length;
    const take = (answer: Answer): void => {
      if (answer.kind !== 'found') throw new Error('the answer is not to this job');
      found.push(...answer.found);
      left -= 1;
      if (left === 0) this.#store.saveGroup(group, found);
    };
    for (const piece of pieces) await this.#give(group, piece, take);
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

  async #give(group: Group, piece: ReadonlySet<number>, take: (answer: Answer) => void): Promise<void> {
    const batch = new Batch();
    const held = new Set<number>();
    for (const { number } of [...group.shared, ...group.facts.filter((fact) => piece.has(fact.number))]) {
      const row = this.#archive.index.catalog.findMessage(number);
      const raw = row === undefined ? undefined : await this.#read(row);
      if (raw === undefined) continue;
      batch.add(number, raw);
      held.add(number);
    }
    const isHeld = ({ number }: { readonly number: number }): boolean => held.has(number);
    if (group.scope === 'thread')
      return this.#judges.give(
        { kind: 'thread', facts: group.facts.filter(isHeld), ...batch.messages() },
        take,
      );
    const facts = [...group.shared, ...group.facts].filter(isHeld);
    return this.#judges.give({ kind: 'copies', facts, ...batch.messages() }, take);
  }

  /** Bytes that are not those that were received cost the comparison, not the run: the examination has told of them. */
  async #read(row: MessageRow): Promise<Buffer | undefined> {
    if (row.size > maxComparedBytes) return undefined;
    return this.#originals.peek(row) ?? (await this.#originals.find(row).catch(() => undefined));
  }
}
