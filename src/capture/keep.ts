/** A page's bytes → read in a limited process → kept on the desk. */
import type { CaptureFacts, KeptCapture } from '../store/desk/claims/captures.js';
import { addCapture } from '../store/desk/claims/captures.js';
import type { Desk } from '../store/desk.js';
import { readInProcess } from './reader.js';
import type { CaptureReading } from './reading.js';

/** What the person who captures knows better than the page; '' where they say nothing. */
export interface CaptureSaid {
  readonly url: string;
  readonly outlet: string;
  readonly published: string;
}

export interface Kept extends KeptCapture {
  readonly reading: CaptureReading;
}

export async function keepCapture(
  desk: Desk,
  bytes: Buffer,
  source: { readonly name: string; readonly contentType: string },
  said: CaptureSaid,
): Promise<Kept> {
  const url = said.url || (/^https?:/.test(source.name) ? source.name : '');
  const reading = await readInProcess(bytes, { url, contentType: source.contentType });
  const facts: CaptureFacts = {
    format: reading.format,
    url: reading.url || url || source.name,
    canonical_url: reading.canonicalUrl,
    outlet: said.outlet || reading.outlet || hostOf(reading.canonicalUrl || reading.url || url),
    title: reading.title,
    byline: reading.byline,
    published_at: said.published || reading.publishedAt,
    modified_at: reading.modifiedAt,
    language: reading.language,
    extractor: reading.extractor,
    findings: JSON.stringify(reading.findings),
  };
  const kept = desk.write((db, act) => addCapture(db, act, bytes, reading.text, facts));
  return { ...kept, reading };
}

const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
