/**
 * A page of HTML → the article in it, as text in paragraphs, with what the page says of itself. Runs in the reader's
 * process: linkedom reads the page without running anything of it, Readability finds the article.
 */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { limits } from '../limits.js';
import { htmlToText } from '../message/text/html-text.js';
import { tidy } from './plain.js';
import { type CaptureFinding, type CaptureReading, emptyReading } from './reading.js';

export const extractorName = 'readability 0.6 on linkedom';

export function readArticlePage(html: string, url: string): CaptureReading {
  const { document } = parseHTML(html);
  const said = pageFacts(document, url);
  const findings: CaptureFinding[] = [];
  const corrections = correctionsIn(document);
  // Readability takes scripts, and what it finds no article in, out of the document.
  const isForSubscribers = isPaywall(document);
  const article = findArticle(document, findings);
  let text = article === undefined ? '' : textInParagraphs(article.content);
  let extractor = extractorName;
  if (text.length < minArticleCharacters) {
    const whole = tidy(htmlToText(html));
    if (text === '' || whole.length > text.length * 20) {
      findings.push({
        code: 'no-article',
        note: 'no article was found in the page: this is the text of all of it',
      });
      text = whole;
      extractor = 'text of the whole page';
    }
  }
  // Readability drops captions, and what an editor put below: a correction is part of the record.
  const missing = corrections.filter((correction) => !text.includes(correction));
  if (missing.length > 0) {
    findings.push({
      code: 'correction',
      note: 'a correction stood outside of the article, and was added at its end',
    });
    text = [text, ...missing].join('\n\n');
  }
  if (isForSubscribers === 'said' || (isForSubscribers === 'perhaps' && text.length <= 2_500))
    findings.push({
      code: 'paywall',
      note: 'the page says that it is for subscribers: it may hold a part of the article only',
    });
  return {
    ...emptyReading,
    ...said,
    format: 'html',
    text,
    extractor,
    title: said.title || (article?.title ?? ''),
    byline: said.byline || (article?.byline ?? '').trim(),
    findings,
  };
}

const minArticleCharacters = 140;

interface Found {
  readonly title: string;
  readonly byline: string;
  readonly content: DomNode;
}

/** What of the DOM is used here: the program is compiled without the browser's types. */
interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly parentNode: DomNode | null;
}
interface DomElement extends DomNode {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
}
interface DomDocument {
  readonly documentElement: DomElement | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

function findArticle(document: DomDocument, findings: CaptureFinding[]): Found | undefined {
  if (document.documentElement === null) return undefined;
  try {
    const reader = new Readability<DomNode>(document as never, {
      maxElemsToParse: limits.maxPageElements,
      serializer: (element) => element as unknown as DomNode,
    });
    const found = reader.parse();
    if (found?.content === null || found?.content === undefined) return undefined;
    return { title: found.title ?? '', byline: found.byline ?? '', content: found.content };
  } catch (error) {
    findings.push({
      code: 'damaged',
      note: `the article could not be told from the page: ${String(error).slice(0, 160)}`,
    });
    return undefined;
  }
}

const blocks = new Set(
  'P DIV SECTION ARTICLE H1 H2 H3 H4 H5 H6 LI UL OL BLOCKQUOTE PRE TABLE TR FIGURE FIGCAPTION BR HR DL DT DD HEADER FOOTER MAIN ASIDE'.split(
    ' ',
  ),
);

/** With an explicit stack: a page of ten thousand nested elements must not cost the call stack. */
function textInParagraphs(root: DomNode): string {
  const paragraphs: string[] = [];
  let current = '';
  const end = (): void => {
    const text = current.replace(/\s+/g, ' ').trim();
    if (text !== '') paragraphs.push(text);
    current = '';
  };
  let node: DomNode | null = root;
  while (node !== null) {
    if (node.nodeType === 3) current += node.nodeValue ?? '';
    else if (blocks.has(node.nodeName.toUpperCase())) end();
    if (node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    while (node !== null && node !== root && node.nextSibling === null) {
      if (blocks.has(node.nodeName.toUpperCase())) end();
      node = node.parentNode;
    }
    if (node === null || node === root) break;
    if (blocks.has(node.nodeName.toUpperCase())) end();
    node = node.nextSibling;
  }
  end();
  return paragraphs.join('\n\n');
}

function correctionsIn(document: DomDocument): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('p, aside, li')) {
    const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (/^(?:correction|clarification|editor[’']s note|update)s?\s*[:(–—]/i.test(text) && text.length < 2_000)
      found.push(text);
    if (found.length >= 20) break;
  }
  return found;
}

/** The page says so to machines, or to people: those words stand on free pages too, where the article is whole. */
function isPaywall(document: DomDocument): 'said' | 'perhaps' | undefined {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]'))
    if (/"isAccessibleForFree"\s*:\s*"?false/i.test(script.textContent ?? '')) return 'said';
  const page = (document.querySelector('body')?.textContent ?? '').slice(0, 200_000);
  const asks =
    /\b(?:subscribe to (?:continue|read)|already a subscriber|subscribers? only|to continue reading|create (?:a free )?account to (?:read|continue))/i;
  return asks.test(page) ? 'perhaps' : undefined;
}

interface Facts {
  title: string;
  outlet: string;
  byline: string;
  publishedAt: string;
  modifiedAt: string;
  url: string;
  canonicalUrl: string;
  language: string;
}

function pageFacts(document: DomDocument, url: string): Facts {
  const meta = (...names: string[]): string => {
    for (const name of names) {
      const element = document.querySelector(
        `meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`,
      );
      const value = element?.getAttribute('content')?.trim() ?? '';
      if (value !== '') return value.slice(0, 1_000);
    }
    return '';
  };
  const linked = linkedData(document);
  const text = (selector: string): string =>
    (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 500);
  return {
    title: meta('og:title', 'twitter:title') || linked.headline || text('h1') || text('title'),
    outlet: meta('og:site_name', 'application-name', 'publisher') || linked.publisher,
    byline:
      meta('author', 'parsely-author', 'byl') ||
      linked.author ||
      text('[rel="author"], [itemprop="author"], .byline, [class*="byline"]'),
    publishedAt: dateOf(
      meta('article:published_time', 'datePublished', 'date', 'parsely-pub-date', 'DC.date.issued') ||
        linked.published ||
        (document.querySelector('time[datetime]')?.getAttribute('datetime') ?? ''),
    ),
    modifiedAt: dateOf(meta('article:modified_time', 'dateModified') || linked.modified),
    url,
    canonicalUrl: absolute(
      document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('og:url'),
      url,
    ),
    language: (document.documentElement?.getAttribute('lang') ?? meta('og:locale')).slice(0, 20),
  };
}

/** As it is written, where it begins as a date: nothing is guessed of "yesterday". */
const dateOf = (text: string): string =>
  (/^\d{4}-\d\d(?:-\d\d)?(?:[T ][\d:.,+Z-]{0,30})?/.exec(text.trim()) ?? [''])[0];

function absolute(address: string, base: string): string {
  if (address === '') return '';
  const url = URL.canParse(address)
    ? new URL(address)
    : URL.canParse(address, base)
      ? new URL(address, base)
      : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.href : '';
}

interface Linked {
  headline: string;
  author: string;
  publisher: string;
  published: string;
  modified: string;
}

/** schema.org NewsArticle in JSON-LD. */
function linkedData(document: DomDocument): Linked {
  const found: Linked = { headline: '', author: '', publisher: '', published: '', modified: '' };
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const article = articleIn(script.textContent ?? '');
    if (article === undefined) continue;
    found.headline ||= textIn(article.headline);
    found.author ||= nameIn(article.author);
    found.publisher ||= nameIn(article.publisher);
    found.published ||= textIn(article.datePublished);
    found.modified ||= textIn(article.dateModified);
  }
  return found;
}

function articleIn(json: string): Record<string, unknown> | undefined {
  if (json.length > limits.maxLinkedDataCharacters) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    const graph = isObject(value) && Array.isArray(value['@graph']) ? value['@graph'] : [];
    const all: unknown[] = [...(Array.isArray(value) ? value : [value]), ...graph];
    return all
      .filter(isObject)
      .find((object) => /Article|Posting|Report/.test(JSON.stringify(object['@type'] ?? '')));
  } catch {
    // Many pages hold JSON that is none; what they say elsewhere is taken.
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 1_000) : '');
function nameIn(value: unknown): string {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all
    .map((one) => (isObject(one) ? textIn(one.name) : textIn(one)))
    .filter((name) => name !== '')
    .join(', ')
    .slice(0, 500);
}
