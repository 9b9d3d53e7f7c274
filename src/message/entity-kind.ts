/**
 * What the body of an entity holds, and how the entity is numbered.
 *
 *   multipart/mixed; boundary=b      parts (RFC 2046 5.1)
 *   message/rfc822, not encoded      a message that starts at once (RFC 2046 5.2.1)
 *   anything else                    bytes of its own
 */
import { limits } from '../limits.js';
import { addDefect } from './defect.js';
import { boundaryBytes } from './delimiter.js';
import type { Defect, Entity } from './message.js';
import { getParameter } from './parameters.js';

export type EntityKind = 'leaf' | 'multipart' | 'message';

/**
 * RFC 3501 6.4.5: parts count from 1; a nested message (`part` 0) is part 1 of its parent, or its parent's TEXT where
 * it is a multipart, whose parts then count on from the parent.
 */
export function sectionOf(parent: Entity | undefined, part: number, kind: EntityKind): string {
  if (parent === undefined) return '';
  const prefix = parent.section === '' ? '' : `${parent.section.replace(/\.?TEXT$/, '')}.`;
  const base = prefix === '.' ? '' : prefix;
  if (part === 0) return kind === 'multipart' ? `${base}TEXT` : `${base}1`;
  return `${base}${String(part)}`;
}

/**
 * What to do with the body. `offset` is for defects, `entities` counts those already there.
 * The boundary, as one-byte characters, is '' where none was declared.
 */
export function decideKind(
  entity: Entity,
  offset: number,
  entities: number,
  defects: Defect[],
): { kind: EntityKind; boundary: string } {
  const leaf = { kind: 'leaf', boundary: '' } as const;
  const isMultipart = entity.mediaType.startsWith('multipart/');
  if (!isMultipart && !isNestedMessage(entity.mediaType)) return leaf;
  if (entity.depth >= limits.maxEntityDepth) {
    addDefect(defects, 'entity-depth-exceeded', offset, `deeper than ${String(limits.maxEntityDepth)}`);
    return leaf;
  }
  const encoded =
    entity.transferEncoding === 'base64' ||
    entity.transferEncoding === 'quoted-printable' ||
    entity.transferEncoding === 'x-uuencode';
  if (encoded)
    addDefect(
      defects,
      'transfer-encoding-on-composite',
      offset,
      `${entity.mediaType}: ${entity.transferEncoding}`,
    );
  if (!isMultipart)
    return encoded || !hasRoom(entities, offset, defects) ? leaf : { kind: 'message', boundary: '' };
  const boundary = boundaryBytes(getParameter(entity.parameters, 'boundary'));
  if (boundary === '') addDefect(defects, 'boundary-missing', offset, entity.mediaType);
  return { kind: 'multipart', boundary };
}

/** Types whose body is a message (RFC 2046 5.2.1, RFC 6532 3.7). */
export function isNestedMessage(mediaType: string): boolean {
  return mediaType === 'message/rfc822' || mediaType === 'message/global' || mediaType === 'message/news';
}

/** A nested message opens an entity without any delimiter line, so its limit is looked at here. */
function hasRoom(entities: number, offset: number, defects: Defect[]): boolean {
  if (entities + 1 < limits.maxEntities) return true;
  addDefect(defects, 'entities-too-many', offset, `more than ${String(limits.maxEntities)}`);
  return false;
}
