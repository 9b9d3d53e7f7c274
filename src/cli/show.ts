import { once } from 'node:events';
import { Command } from 'commander';
import { messageFacts } from '../export/facts.js';
import type { Mailbox } from '../message/message.js';
import { Archive, type ArchivedMessage } from '../read/archive.js';
import { openTrove } from '../store/trove.js';
import { formatBytes } from '../web/figures.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly raw?: boolean;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return new Command('show')
    .description('show one message')
    .argument('<id>', 'its number, or the first digits of its SHA-256')
    .addOption(troveOption())
    .option('--raw', 'exactly the bytes received')
    .addOption(jsonOption().conflicts('raw'))
    .addHelpText(
      'after',
      '\nExamples:\n  $ impart show 1234 --trove hudson.trove\n  $ impart show 9f86d081 --raw --trove hudson.trove | sha256sum',
    )
    .action(async (id: string, options: Options) => {
      const archive = new Archive(openTrove(options.trove));
      try {
        const message = await archive.read(archive.resolve(id));
        if (options.raw === true) await writeBytes(message.raw);
        else if (options.json === true) process.stdout.write(`${JSON.stringify(messageFacts(message))}\n`);
        else await printMessage(message);
      } finally {
        archive.close();
      }
    });
}

async function writeBytes(bytes: Buffer): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

const list = (mailboxes: readonly Mailbox[]): string =>
  mailboxes
    .map(({ displayName, addrSpec }) => (displayName === '' ? addrSpec : `${displayName} <${addrSpec}>`))
    .join(', ');

async function printMessage({
  number,
  sha256,
  message,
  text,
  attachments,
  thread,
}: ArchivedMessage): Promise<void> {
  const out = new Output();
  const lines: [string, string][] = [
    ['Message', `${number} (thread ${thread})`],
    ['SHA-256', sha256],
    ['Date', message.date === undefined ? 'undated' : new Date(message.date.time).toISOString()],
    ['From', list(message.from)],
    ['To', list(message.to)],
    ['Cc', list(message.cc)],
    ['Subject', message.subject],
  ];
  for (const [name, value] of lines)
    if (value !== '') await out.line(`${`${name}:`.padEnd(9)}${printable(value)}`);
  for (const { name, mediaType, size, sha256: hash } of attachments) {
    await out.line(
      `Attached: ${printable(name || '(no name)')}  ${mediaType}  ${formatBytes(size)}  ${hash}`,
    );
  }
  await out.line('');
  for (const segment of text.segments) {
    const prefix = segment.kind === 'quoted' ? '> '.repeat(Math.max(1, segment.depth)) : '';
    for (const line of segment.text.split('\n')) await out.line(printable(prefix + line));
  }
  await out.flush();
}
