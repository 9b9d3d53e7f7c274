/** In which forms the messages of a result leave the trove. */
export type ExportFormat = 'csv' | 'jsonl' | 'mbox' | 'eml-zip';

export interface FormatFacts {
  readonly name: ExportFormat;
  readonly label: string;
  /** In a sentence, what one gets. */
  readonly holds: string;
  /** Ending of the file's name. */
  readonly ending: string;
  readonly mediaType: string;
}

export const exportFormats: readonly FormatFacts[] = [
  {
    name: 'csv',
    label: 'CSV',
    holds: 'One line a message: date, names, addresses, subject, SHA-256. For spreadsheets.',
    ending: 'csv',
    mediaType: 'text/csv; charset=utf-8',
  },
  {
    name: 'jsonl',
    label: 'JSON Lines',
    holds: 'One JSON object a line: what CSV has, and the text, attachments, tags and notes.',
    ending: 'jsonl',
    mediaType: 'application/x-ndjson',
  },
  {
    name: 'mbox',
    label: 'mbox',
    holds: 'The messages byte for byte in one file (mboxrd), for other mail programs.',
    ending: 'mbox',
    mediaType: 'application/mbox',
  },
  {
    name: 'eml-zip',
    label: 'zip of .eml',
    holds: 'The messages byte for byte, a file each, with the SHA-256 of every one.',
    ending: 'zip',
    mediaType: 'application/zip',
  },
];

export const findFormat = (name: string): FormatFacts | undefined =>
  exportFormats.find((format) => format.name === name);
