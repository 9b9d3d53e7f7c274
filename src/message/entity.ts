/**
 * From the fields of a header section to what MIME says of an entity (RFC 2045, RFC 2183).
 *
 *   Content-Type: text/plain; charset=utf-8        → mediaType, parameters, charset
 *   Content-Transfer-Encoding: base64              → transferEncoding
 *   Content-Disposition: attachment; filename=a.b  → disposition, filename
 */
import { addDefect } from './defect.js';
import { baseName } from './file-name.js';
import type { Defect, Entity, HeaderField } from './message.js';
import { parseMessageIds } from './msg-id.js';
import { getParameter, type Parameter, parseParameterized } from './parameters.js';

/** The fields that describe an entity; the first of each counts. */
export interface ContentFields {
  type: HeaderField | undefined;
  encoding: HeaderField | undefined;
  disposition: HeaderField | undefined;
  id: HeaderField | undefined;
}

type Described = Pick<
  Entity,
  'mediaType' | 'parameters' | 'charset' | 'transferEncoding' | 'disposition' | 'filename' | 'contentId'
>;

const noParameters: readonly Parameter[] = [];

/** Finds the Content-* fields that matter. */
export function pickContentFields(fields: readonly HeaderField[], defects: Defect[]): ContentFields {
  const picked: ContentFields = {
    type: undefined,
    encoding: undefined,
    disposition: undefined,
    id: undefined,
  };
  for (const field of fields) {
    const { name } = field;
    // Lengths first: lower-casing every name costs more than all the rest of this pass.
    switch (name.length) {
      case 10:
        if (isNamed(name, 'content-id')) picked.id ??= field;
        break;
      case 12:
        if (isNamed(name, 'content-type')) {
          if (picked.type === undefined) picked.type = field;
          else addDefect(defects, 'duplicate-field', field.offset, 'Content-Type');
        }
        break;
      case 19:
        if (isNamed(name, 'content-disposition')) picked.disposition ??= field;
        break;
      case 25:
        if (isNamed(name, 'content-transfer-encoding')) picked.encoding ??= field;
        break;
    }
  }
  return picked;
}

function isNamed(name: string, lower: string): boolean {
  return (name.charCodeAt(0) | 32) === 99 && name.toLowerCase() === lower;
}

/** `defaultType` is what RFC 2045 5.2 or RFC 2046 5.1.5 says of an entity without Content-Type. */
export function describeEntity(fields: ContentFields, defaultType: string, defects: Defect[]): Described {
  let mediaType = defaultType;
  let parameters = noParameters;
  if (fields.type !== undefined) {
    const parsed = parseParameterized(fields.type.body);
    parameters = parsed.parameters;
    mediaType = readMediaType(parsed.value, fields.type, defects) ?? 'text/plain';
    if (parsed.damage !== '')
      addDefect(defects, 'parameter-malformed', fields.type.offset, `Content-Type: ${parsed.damage}`);
  }
  const { disposition, filename } = readDisposition(fields.disposition, parameters, defects);
  const contentId = fields.id === undefined ? '' : (parseMessageIds(fields.id.body).ids[0] ?? '');
  const charset = parameters.length === 0 ? '' : getParameter(parameters, 'charset').trim().toLowerCase();
  const transferEncoding = readTransferEncoding(fields.encoding, defects);
  return { mediaType, parameters, charset, transferEncoding, disposition, filename, contentId };
}

/** Type and subtype as tokens (RFC 2045 5.1); undefined, with a defect, where there are no two. */
function readMediaType(value: string, field: HeaderField, defects: Defect[]): string | undefined {
  if (/^[!#$%&'*+\-.^_`|~0-9a-z]+\/[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(value)) return value;
  addDefect(defects, 'content-type-malformed', field.offset, field.body.slice(0, 80));
  if (/^multipart(?:\/|$)/.test(value)) return 'multipart/mixed';
  // "text" and "text/" were common before RFC 1521; other bare types say too little.
  return undefined;
}

const plainEncodings = new Map([
  ['7bit', '7bit'],
  ['8bit', '8bit'],
  ['binary', 'binary'],
  ['base64', 'base64'],
  ['quoted-printable', 'quoted-printable'],
  ['x-uuencode', 'x-uuencode'],
  ['7-bit', '7bit'],
  ['8-bit', '8bit'],
  ['uuencode', 'x-uuencode'],
  ['x-uue', 'x-uuencode'],
  ['uue', 'x-uuencode'],
  ['quoted_printable', 'quoted-printable'],
  ['quotedprintable', 'quoted-printable'],
  ['base-64', 'base64'],
]);

function readTransferEncoding(field: HeaderField | undefined, defects: Defect[]): string {
  if (field === undefined) return '7bit';
  const exact = plainEncodings.get(field.body);
  if (exact !== undefined) return exact;
  const token = parseParameterized(field.body).value.replace(/^["']+|["';,]+$/g, '');
  if (token === '') return '7bit';
  const known = plainEncodings.get(token);
  if (known !== undefined) return known;
  addDefect(defects, 'transfer-encoding-unknown', field.offset, token.slice(0, 60));
  return token.slice(0, 60);
}

function readDisposition(
  field: HeaderField | undefined,
  typeParameters: readonly Parameter[],
  defects: Defect[],
): Pick<Described, 'disposition' | 'filename'> {
  let disposition: Entity['disposition'] = '';
  let filename = '';
  if (field !== undefined) {
    const parsed = parseParameterized(field.body);
    // RFC 2183 2.8: an unknown disposition is an attachment.
    disposition = parsed.value === 'inline' || parsed.value === '' ? 'inline' : 'attachment';
    filename = getParameter(parsed.parameters, 'filename') || getParameter(parsed.parameters, 'name');
    if (parsed.value === '' && filename === '') disposition = '';
    if (parsed.damage !== '')
      addDefect(defects, 'parameter-malformed', field.offset, `Content-Disposition: ${parsed.damage}`);
  }
  if (filename === '' && typeParameters.length > 0)
    filename = getParameter(typeParameters, 'name') || getParameter(typeParameters, 'filename');
  return { disposition, filename: filename === '' ? '' : baseName(filename) };
}
