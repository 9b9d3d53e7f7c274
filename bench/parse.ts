/**
 * How fast the message parser is, on an mbox with LF line ends:
 *
 *   node dist/bench/parse.js mail.mbox
 *
 * Three passes, each timed as MB (10^6 bytes of messages) per second of wall and of this thread's CPU time: reading
 * header values and structure; with every body decoded, text made of texts; with attachments hashed as well.
 */
import { readFileSync } from 'node:fs';
import { listAttachments } from '../src/message/attachment.js';
import { decodeBody, decodeEntityText } from '../src/message/body.js';
import { parseMessage } from '../src/message/parse.js';

function splitMbox(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = bytes.indexOf(10, at) + 1;
    const next = bytes.indexOf('\nFrom ', start - 1);
    const end = next === -1 ? bytes.length : next + 1;
    if (start === 0) break;
    messages.push(bytes.subarray(start, end));
    at = end;
  }
  return messages;
}

function measure(name: string, messages: readonly Buffer[], pass: (raw: Buffer) => number): void {
  const total = messages.reduce((sum, raw) => sum + raw.length, 0);
  for (let round = 1; round <= 3; round++) {
    const started = performance.now();
    const cpu = process.threadCpuUsage();
    let result = 0;
    for (const raw of messages) result += pass(raw);
    const wall = performance.now() - started;
    const used = process.threadCpuUsage(cpu);
    const cpuMs = (used.user + used.system) / 1_000;
    const rates = `${(total / wall / 1_000).toFixed(0)} MB/s wall, ${(total / cpuMs / 1_000).toFixed(0)} MB/s CPU`;
    console.log(`${name.padEnd(24)} round ${String(round)}: ${rates} (${String(result)})`);
  }
}

const path = process.argv[2];
if (path === undefined) {
  console.error('usage: node dist/bench/parse.js <mbox>');
  process.exitCode = 2;
} else {
  const messages = splitMbox(path);
  console.log(`${String(messages.length)} messages`);
  measure('parse (entities)', messages, (raw) => parseMessage(raw).entities.length);
  measure('+ decode (bytes)', messages, (raw) =>
    // Multiparts and messages are made of the bodies that are counted already.
    parseMessage(raw).entities.reduce(
      (sum, entity) =>
        /^(?:multipart|message)\//.test(entity.mediaType) ? sum : sum + decodeBody(entity).bytes.length,
      0,
    ),
  );
  measure('+ text + hash', messages, (raw) => {
    const message = parseMessage(raw);
    let sum = listAttachments(message).length;
    for (const entity of message.entities) {
      if (entity.mediaType.startsWith('text/')) sum += decodeEntityText(entity).text.length;
    }
    return sum;
  });
}
