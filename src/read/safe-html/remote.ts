/**
 * Notes what a message would have loaded from elsewhere: the tracking that the reader is spared, by host and kind.
 *
 *   <img src="https://t.example/p.gif"> twice   → { host: 't.example', kind: 'image', count: 2 }
 */

export type RemoteKind = 'image' | 'style' | 'font' | 'media' | 'frame' | 'link' | 'redirect' | 'form';

export interface RemoteItem {
  /** Host name as a browser would resolve it (punycode), with port where one is given. */
  readonly host: string;
  readonly kind: RemoteKind;
  readonly count: number;
}

/** Different hosts and kinds kept for one message, and different names of what was removed. */
const maxDistinct = 500;
/** Characters of an address worth parsing for its host. */
const maxUrlCharacters = 4_000;

/** Blanks and control characters that a browser drops from an address (URL Standard 4.4). */
const ignoredInUrls = /[\u0000-\u0020\u007f]/g;

export class RemoteNotes {
  private readonly items = new Map<string, { host: string; kind: RemoteKind; count: number }>();
  private readonly names = new Set<string>();

  /** Notes an address where it would be loaded over the network. */
  blocked(kind: RemoteKind, url: string): void {
    const host = remoteHost(url);
    if (host === undefined) return;
    const key = `${kind} ${host}`;
    const item = this.items.get(key);
    if (item !== undefined) item.count++;
    else if (this.items.size < maxDistinct) this.items.set(key, { host, kind, count: 1 });
  }

  /** Notes the name of something left out: `element form`, `attribute onclick`, `style position`. */
  removed(what: string): void {
    if (this.names.size < maxDistinct) this.names.add(what.slice(0, 60));
  }

  get remote(): RemoteItem[] {
    return [...this.items.values()].sort((a, b) => compare(a.host, b.host) || compare(a.kind, b.kind));
  }

  get removedNames(): string[] {
    return [...this.names].sort(compare);
  }
}

/** Host of an address that leads to the network; undefined for cid:, data:, relative and unusable ones. */
function remoteHost(url: string): string | undefined {
  const plain = url.slice(0, maxUrlCharacters).replace(ignoredInUrls, '');
  const absolute = plain.startsWith('//') || plain.startsWith('\\\\') ? `https:${plain}` : plain;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(absolute) || !URL.canParse(absolute)) return undefined;
  const { host } = new URL(absolute);
  return host === '' ? undefined : host;
}

/** The addresses in a `srcset`, split at blanks: good enough to name hosts, never used to load anything. */
export function addressesOf(srcset: string): string[] {
  return srcset.split(/[\s,]+/, 200).filter((part) => part.includes('//'));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
