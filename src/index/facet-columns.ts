/** What facets are counted from: the correspondence by address, months, and types of attachments. Made for the first facet. */
import type { DatabaseSync } from 'node:sqlite';
import { GrowingIntegers } from '../thread/growing.js';
import { type Columns, Dictionary, Lists, monthIndex, none } from './columns.js';
import type { Correspondence } from './correspondence.js';

export class FacetColumns {
  readonly addresses: readonly string[];
  /** A display name for each address: the first one seen. */
  readonly displayNames: readonly string[];
  readonly mediaTypes = new Dictionary();
  /** By message, as are the following. */
  readonly month: Uint32Array;
  readonly sender: Uint32Array;
  readonly recipients: Lists;
  readonly types: Lists;

  constructor(
    columns: Columns,
    correspondence: Correspondence,
    shards: readonly { readonly db: DatabaseSync }[],
  ) {
    const { addresses, addressOf, sender } = correspondence;
    this.addresses = addresses.names;
    this.displayNames = firstNames(correspondence);
    this.sender = sender.map((pair) => (pair === none ? none : (addressOf[pair] ?? none)));
    this.recipients = addressLists(correspondence, columns.capacity);
    this.month = Uint32Array.from({ length: columns.capacity }, (_, number) => {
      const sentAt = columns.sentAt[number] ?? Number.NaN;
      return Number.isNaN(sentAt) ? none : monthIndex(sentAt);
    });
    this.types = this.#loadTypes(shards, columns.capacity);
  }

  #loadTypes(shards: readonly { readonly db: DatabaseSync }[], capacity: number): Lists {
    const pairs = new GrowingIntegers();
    for (const { db } of shards) {
      const rows = db.prepare('SELECT number, media_type FROM attachment WHERE number < ?');
      for (const row of rows.iterate(capacity)) {
        pairs.push(Number(row.number));
        pairs.push(this.mediaTypes.id(String(row.media_type)));
      }
    }
    return Lists.from(pairs, capacity, this.mediaTypes.names.length);
  }
}

function firstNames({ names, addressOf }: Correspondence): string[] {
  const first: string[] = [];
  for (const [pair, name] of names.entries()) if (name !== '') first[addressOf[pair] ?? 0] ??= name;
  return first;
}

/** Recipients by address: one who is named twice counts once. */
function addressLists({ recipients, addressOf, addresses }: Correspondence, capacity: number): Lists {
  const pairs = new GrowingIntegers();
  for (let number = 0; number < capacity; number++)
    recipients.visit(number, (pair) => {
      pairs.push(number);
      pairs.push(addressOf[pair] ?? 0);
    });
  return Lists.from(pairs, capacity, addresses.names.length);
}
