/**
 * What becomes of one element of a message: its safe attributes, its addresses checked, and a note of what it would
 * have loaded.
 */

import { safeDeclarations } from './css.js';
import { safeAttributes, safeElements, silentElements } from './policy.js';
import { addressesOf, type RemoteKind, type RemoteNotes } from './remote.js';

export type Attributes = ReadonlyMap<string, string>;

/** Raster formats only: SVG holds scripts and references. */
const safeData = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]*$/i;
const ignoredInUrls = /[\u0000-\u0020\u007f]/g;

/** Attributes with an address, and what a browser would do with it. */
const loadingAttributes = new Map<string, RemoteKind>([
  ...kinds('image', 'src srcset imagesrcset background lowsrc icon xlink:href'),
  ...kinds('media', 'poster dynsrc'),
  ...kinds('frame', 'data code codebase archive classid'),
  ...kinds('link', 'manifest profile longdesc ping attributionsrc'),
  ...kinds('form', 'action formaction'),
]);

const kindsByElement = new Map<string, RemoteKind>([
  ...kinds('media', 'audio video source track'),
  ...kinds('frame', 'iframe frame embed object'),
  ...kinds('link', 'script'),
]);

function kinds(kind: RemoteKind, names: string): [string, RemoteKind][] {
  return names.split(' ').map((name) => [name, kind]);
}

/** Notes what the element would have loaded, and itself and its handlers where they are left out. */
export function noteBlocked(name: string, attributes: Attributes, notes: RemoteNotes): void {
  if (!safeElements.has(name) && !silentElements.has(name)) notes.removed(`element ${name}`);
  for (const [attribute, value] of attributes) {
    if (attribute.startsWith('on')) notes.removed(`attribute ${attribute}`);
    const kind = loadingAttributes.get(attribute);
    if (kind === undefined) continue;
    const itsKind = attribute === 'src' ? (kindsByElement.get(name) ?? kind) : kind;
    for (const url of attribute.endsWith('srcset') ? addressesOf(value) : [value])
      notes.blocked(itsKind, url);
  }
  const href = attributes.get('href') ?? '';
  if (name === 'link')
    notes.blocked(/stylesheet/i.test(attributes.get('rel') ?? '') ? 'style' : 'link', href);
  else if (name === 'image' || name === 'use' || name === 'base') notes.blocked('link', href);
  else if (name === 'meta' && /refresh/i.test(attributes.get('http-equiv') ?? '')) {
    const content = attributes.get('content') ?? '';
    notes.blocked('redirect', content.slice(content.indexOf('=') + 1).replace(/^[\s'"]+/, ''));
  }
}

/** The attributes to write, safe as they are; the values still need escaping. */
export function safeAttributesOf(
  name: string,
  given: Attributes,
  cidUrl: (contentId: string) => string | undefined,
  notes: RemoteNotes,
): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [attribute, value] of given) {
    if (attribute === 'style') {
      const style = safeDeclarations(value, notes);
      if (style !== '') kept.set('style', style);
    } else if (safeAttributes.has(attribute)) kept.set(attribute, value);
  }
  if (name === 'a') addLink(kept, given.get('href'));
  else if (name === 'img') addSource(kept, given.get('src') ?? '', cidUrl);
  else if (name === 'body') addBodyColours(kept, given);
  return kept;
}

/** A link says where it leads, whatever its text says. */
function addLink(kept: Map<string, string>, href: string | undefined): void {
  const plain = href?.replace(ignoredInUrls, '') ?? '';
  if (!/^(?:https?:|mailto:)/i.test(plain) || !URL.canParse(plain)) return;
  const url = new URL(plain);
  kept.set('href', url.href);
  kept.set('rel', 'noreferrer noopener nofollow');
  kept.set('target', '_blank');
  kept.set('title', url.protocol === 'mailto:' ? `mailto:${url.pathname}` : url.host);
}

function addSource(
  kept: Map<string, string>,
  src: string,
  cidUrl: (contentId: string) => string | undefined,
): void {
  const source = /^\s*cid:/i.test(src) ? cidUrl(contentIdOf(src)) : safeData.test(src) ? src : undefined;
  if (source !== undefined) kept.set('src', source);
}

/** RFC 2392 2: the Content-ID, percent-encoded where it had to be. */
function contentIdOf(url: string): string {
  const written = url.trim().slice(4).replace(/^<|>$/g, '');
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** The body becomes a div, on which `bgcolor` and `text` would mean nothing. */
function addBodyColours(kept: Map<string, string>, given: Attributes): void {
  const colour = /^#?\w{3,20}$/;
  const background = given.get('bgcolor') ?? '';
  const text = given.get('text') ?? '';
  const declarations: string[] = [];
  if (colour.test(background)) declarations.push(`background-color:${background}`);
  if (colour.test(text)) declarations.push(`color:${text}`);
  const style = kept.get('style');
  if (style !== undefined) declarations.push(style);
  if (declarations.length > 0) kept.set('style', declarations.join(';'));
}
