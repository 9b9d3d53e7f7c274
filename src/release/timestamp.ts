/**
 * Time stamps of others, RFC 3161: a request for one, and whether an answer is about these bytes. Nothing here asks
 * anybody: the operator sends the request where they like, as with
 * `curl -H 'Content-Type: application/timestamp-query' --data-binary @checkpoint.tsq URL -o checkpoint.tsr`.
 *
 *     30 39                       TimeStampReq
 *        02 01 01                 version 1
 *        30 31                    MessageImprint: SHA-256, 32 bytes
 *        01 01 ff                 certReq: the answer carries the certificates that it is checked with
 */
import { hash } from 'node:crypto';

const sha256Algorithm = Buffer.from('300d06096086480165030402010500', 'hex');

/** RFC 3161, 2.4.1, in DER. */
export function timestampRequest(bytes: Uint8Array): Buffer {
  const imprint = der(0x30, sha256Algorithm, der(0x04, hash('sha256', bytes, 'buffer')));
  return der(0x30, Buffer.of(0x02, 0x01, 0x01), imprint, Buffer.of(0x01, 0x01, 0xff));
}

/** Whether an answer names the hash of these bytes. Its signature is for `openssl ts -verify`, which knows whom to trust. */
export function answersFor(answer: Buffer, bytes: Uint8Array): boolean {
  return answer[0] === 0x30 && answer.includes(der(0x04, hash('sha256', bytes, 'buffer')));
}

/** Shorter than 128 bytes, as everything in a request is. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}
