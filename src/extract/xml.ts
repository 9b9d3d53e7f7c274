/**
 * XML as a stream of elements and text (XML 1.0), by saxes. Entities that a document type defines are never expanded,
 * so that `<!ENTITY lol "&lol2;&lol2;…">` stays a few characters; nothing is ever fetched. Damage ends nothing: what
 * can be read after it is read.
 *
 *   <w:p><w:t>Hi</w:t></w:p> → open p, open t, text 'Hi', close t, close p
 */
import { SaxesParser } from 'saxes';
import { decodeText } from '../message/charset.js';

/** Local names, without prefix; values by local name. */
export type Attributes = Readonly<Record<string, string | undefined>>;

export interface XmlHandler {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Characters given to the parser at a time. */
const chunkCharacters = 256 * 1024;

/** Returns what the first damage was, '' where there is none. Throws only what the handler throws. */
export function readXml(bytes: Buffer, handler: XmlHandler): string {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let damage = '';
  parser.on('error', (error) => {
    damage ||= error.message;
  });
  parser.on('opentag', (tag) => handler.open?.(localName(tag.name), localAttributes(tag.attributes)));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', (tag) => handler.close?.(localName(tag.name)));
  const text = decodeXml(bytes);
  for (let at = 0; at < text.length; at += chunkCharacters)
    parser.write(text.slice(at, at + chunkCharacters));
  parser.close();
  return damage;
}

function decodeXml(bytes: Buffer): string {
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    bytes.toString('latin1', 0, 400),
  );
  return decodeText(bytes, declared?.[1] ?? '').text.replace(/^\ufeff/, '');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Readonly<Record<string, unknown>>): Attributes {
  const local: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(attributes)) local[localName(name)] = String(value);
  return local;
}
