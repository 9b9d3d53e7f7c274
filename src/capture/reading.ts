/** What a capture says: made in the reader's process, checked and kept by its parent. */

export type CaptureFormat = 'html' | 'text' | 'pdf' | 'warc';

export type CaptureFindingCode =
  | 'charset'
  | 'paywall'
  | 'no-article'
  | 'too-large'
  | 'truncated'
  | 'timeout'
  | 'out-of-memory'
  | 'damaged'
  | 'correction'
  | 'no-text';

export interface CaptureFinding {
  readonly code: CaptureFindingCode;
  readonly note: string;
}

export interface CaptureReading {
  readonly format: CaptureFormat;
  readonly text: string;
  readonly title: string;
  readonly outlet: string;
  readonly byline: string;
  /** As the page writes it: a date, or a date and a time. '' where it says none. */
  readonly publishedAt: string;
  readonly modifiedAt: string;
  /** '' where unknown. */
  readonly url: string;
  readonly canonicalUrl: string;
  readonly language: string;
  readonly extractor: string;
  readonly findings: readonly CaptureFinding[];
}

export const emptyReading: CaptureReading = {
  format: 'text',
  text: '',
  title: '',
  outlet: '',
  byline: '',
  publishedAt: '',
  modifiedAt: '',
  url: '',
  canonicalUrl: '',
  language: '',
  extractor: '',
  findings: [],
};

/** What the parent tells the reader beside the bytes. */
export interface CaptureHint {
  readonly url: string;
  /** Content-Type of the answer; '' for a file. */
  readonly contentType: string;
}
