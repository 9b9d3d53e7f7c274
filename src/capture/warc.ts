/**
 * WARC (ISO 28500:2017): records of what a crawler asked and got, each with a header section and a block, plain or as
 * one gzip member after the other.
 *
 *   WARC/1.1 CR LF
 *   WARC-Type: response CR LF WARC-Target-URI: https://… CR LF Content-Length: 1234 CR LF CR LF
 *   HTTP/1.1 200 OK CR LF Content-Type: text/html CR LF CR LF <html>… CR LF CR LF
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { limits } from '../limits.js';

export interface WarcPage {
  readonly url: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export const isWarc = (bytes: Buffer): boolean => bytes.subarray(0, 5).toString('latin1') === 'WARC/';
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The first page that a server answered with: 2xx, and text or a PDF. undefined where there is none. Throws on gzip that is none. */
export function firstPage(bytes: Buffer): WarcPage | undefined {
  const file = isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: limits.maxCaptureUnpackedBytes }) : bytes;
  for (let at = 0, records = 0; at < file.length && records < limits.maxWarcRecords; records += 1) {
    const head = headAt(file, at);
    if (head === undefined) return undefined;
    const length = Number(head.fields.get('content-length') ?? Number.NaN);
    if (!Number.isSafeInteger(length) || length < 0) return undefined;
    const block = file.subarray(head.end, head.end + length);
    if (head.fields.get('warc-type') === 'response') {
      const page = pageOf(block, head.fields.get('warc-target-uri') ?? '');
      if (page !== undefined) return page;
    }
    if (head.fields.get('warc-type') === 'resource')
      return {
        url: unbracketed(head.fields.get('warc-target-uri') ?? ''),
        contentType: head.fields.get('content-type') ?? '',
        body: block,
      };
    at = head.end + length + 4;
  }
  return undefined;
}

interface Head {
  readonly first: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Where the block begins. */
  readonly end: number;
}

function headAt(file: Buffer, at: number): Head | undefined {
  const end = file.indexOf('\r\n\r\n', at, 'latin1');
  if (end < 0 || end - at > limits.maxHttpHeadBytes) return undefined;
  const [first = '', ...lines] = file.toString('utf8', at, end).split('\r\n');
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { first, fields, end: end + 4 };
}

function pageOf(block: Buffer, uri: string): WarcPage | undefined {
  const head = headAt(block, 0);
  if (head === undefined || !/^HTTP\/[\d.]+ 2\d\d\b/.test(head.first)) return undefined;
  const contentType = head.fields.get('content-type') ?? '';
  if (!/^(?:text\/(?:html|plain)|application\/(?:xhtml\+xml|pdf))\b/i.test(contentType)) return undefined;
  let body = block.subarray(head.end);
  if (/\bchunked\b/i.test(head.fields.get('transfer-encoding') ?? '')) body = unchunked(body);
  return {
    url: unbracketed(uri),
    contentType,
    body: decoded(body, head.fields.get('content-encoding') ?? ''),
  };
}

/** WARC/1.0 writes `<https://…>`. */
const unbracketed = (uri: string): string => uri.replace(/^<|>$/g, '');

function unchunked(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at, 'latin1');
    if (end < 0 || end - at > 100) break;
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16);
    // A crawler may store the body already put together.
    if (!Number.isSafeInteger(size)) return chunks.length === 0 ? bytes : Buffer.concat(chunks);
    if (size === 0) break;
    chunks.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

function decoded(body: Buffer, encoding: string): Buffer {
  const options = { maxOutputLength: limits.maxCaptureUnpackedBytes };
  if (/^(?:x-)?gzip$/i.test(encoding) && isGzip(body)) return gunzipSync(body, options);
  if (/^br$/i.test(encoding)) return brotliDecompressSync(body, options);
  return /^deflate$/i.test(encoding) ? inflateSync(body, options) : body;
}
