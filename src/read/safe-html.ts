/**
 * A message's HTML as its sender laid it out, with nothing that runs, loads or covers: the first of three walls, before
 * the sandboxed frame and its content security policy. Each must hold alone.
 *
 *   <p onclick=x style="color:red;position:fixed">Hi <img src="https://t.example/p.gif"><a href=//e.org>see</a>
 *   → <p style="color:red">Hi <img><a>see</a>
 *
 * Written anew from lists rather than cleaned: every name in the result is one of ours, every value is escaped, all
 * text has its `<` escaped. A misreading of hostile markup can therefore show odd text, never an element. Not
 * sanitize-html, because the parser below it takes time in the square of the nesting: 33 s for 300,000 `<table>`.
 */

import { limits } from '../limits.js';
import { afterDeclaration, afterNext, findEndTag, nameEnd } from '../message/text/html-scan.js';
import { readStartTag } from './safe-html/attributes.js';
import { safeStyleSheet } from './safe-html/css.js';
import { type Attributes, noteBlocked, safeAttributesOf } from './safe-html/elements.js';
import { impliedEnds, safeElements, unreadableElements, voidElements } from './safe-html/policy.js';
import { type RemoteItem, RemoteNotes } from './safe-html/remote.js';

export interface SafeHtmlOptions {
  /** Address under which the page can show the entity with that Content-ID; undefined where the message has none. */
  readonly cidUrl: (contentId: string) => string | undefined;
}

export interface SafeHtml {
  /** A fragment: one `style` element where needed, then the content. Closes what it opens. */
  readonly html: string;
  /** What would have been loaded from elsewhere, by host and kind. */
  readonly remote: RemoteItem[];
  /** Names of what was left out: `element form`, `attribute onclick`, `style position`. */
  readonly removed: string[];
}

/** The same HTML for showing in a sandboxed frame. Never throws; takes time in proportion to its length. */
export function safeHtml(html: string, options: SafeHtmlOptions): SafeHtml {
  return new SafeHtmlPass(html.slice(0, limits.maxShownHtmlCharacters), options).run();
}

const question = 0x3f;
const exclamation = 0x21;
const slash = 0x2f;

class SafeHtmlPass {
  private readonly html: string;
  private readonly options: SafeHtmlOptions;
  private readonly notes = new RemoteNotes();
  private out = '';
  private sheets = '';
  /** Open elements whose end tags must be written, outermost first. */
  private readonly open: string[] = [];
  private readonly openOf = new Map<string, number>();
  /** Elements beyond the deepest, by name: their end tags must not close an outer element. */
  private readonly dropped = new Map<string, number>();

  constructor(html: string, options: SafeHtmlOptions) {
    this.html = html;
    this.options = options;
  }

  run(): SafeHtml {
    const { html, notes } = this;
    for (let i = 0; i < html.length; ) {
      const tag = html.indexOf('<', i);
      if (tag !== i) this.out += escapeText(html.slice(i, tag < 0 ? html.length : tag));
      if (tag < 0) break;
      i = this.markup(tag);
    }
    for (let name = this.open.pop(); name !== undefined; name = this.open.pop()) this.out += `</${name}>`;
    const style = this.sheets === '' ? '' : `<style>${this.sheets}</style>`;
    return { html: style + this.out, remote: notes.remote, removed: notes.removedNames };
  }

  /** Reads what starts with the `<` at `at` and returns where the next text starts. */
  private markup(at: number): number {
    const { html } = this;
    const code = html.charCodeAt(at + 1);
    if (isLetter(code)) return this.startTag(at + 1);
    if (code === slash && isLetter(html.charCodeAt(at + 2))) return this.endTag(at + 2);
    if (code === exclamation) return afterDeclaration(html, at);
    if (code === question || code === slash) return afterNext(html, '>', at + 2);
    this.out += '&lt;';
    return at + 1;
  }

  private startTag(nameFrom: number): number {
    const { html, notes } = this;
    const nameTo = nameEnd(html, nameFrom);
    const name = html.slice(nameFrom, Math.min(nameTo, nameFrom + 40)).toLowerCase();
    const tag = readStartTag(html, nameTo);
    if (!tag.closed) return html.length;
    noteBlocked(name, tag.attributes, notes);
    if (unreadableElements.has(name)) return this.skipContent(name, tag.end);
    if (name === 'body') this.begin('div', this.attributes(name, tag.attributes));
    else if (safeElements.has(name)) this.begin(name, this.attributes(name, tag.attributes));
    return tag.end;
  }

  private attributes(name: string, given: Attributes): string {
    if (given.size === 0) return '';
    let written = '';
    for (const [attribute, value] of safeAttributesOf(name, given, this.options.cidUrl, this.notes)) {
      written += ` ${attribute}="${escapeValue(value)}"`;
    }
    return written;
  }

  private begin(name: string, attributes: string): void {
    if (!voidElements.has(name) && !impliedEnds.has(name)) {
      if (this.open.length >= limits.maxHtmlDepth) {
        add(this.dropped, name, 1);
        return;
      }
      this.open.push(name);
      add(this.openOf, name, 1);
    }
    this.out += `<${name}${attributes}>`;
  }

  private endTag(nameFrom: number): number {
    const { html } = this;
    const nameTo = nameEnd(html, nameFrom);
    const name = html.slice(nameFrom, Math.min(nameTo, nameFrom + 40)).toLowerCase();
    if (safeElements.has(name)) this.end(name);
    return readStartTag(html, nameTo).end;
  }

  /** The body's end closes nothing, as in a browser: content after it belongs to it. */
  private end(name: string): void {
    if (impliedEnds.has(name)) this.out += `</${name}>`;
    else if ((this.dropped.get(name) ?? 0) > 0) add(this.dropped, name, -1);
    else if ((this.openOf.get(name) ?? 0) > 0) {
      add(this.openOf, name, -1);
      this.open.splice(this.open.lastIndexOf(name), 1);
      this.out += `</${name}>`;
    }
  }

  private skipContent(name: string, from: number): number {
    const { html } = this;
    const end = findEndTag(html, name, from);
    if (name === 'style') this.sheets += safeStyleSheet(html.slice(from, end), this.notes);
    return afterNext(html, '>', end);
  }
}

function add(counts: Map<string, number>, name: string, change: number): void {
  counts.set(name, (counts.get(name) ?? 0) + change);
}

function isLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

/** Text keeps its character references: they never become markup. */
function escapeText(text: string): string {
  return text.includes('>') ? text.replaceAll('>', '&gt;') : text;
}

function escapeValue(value: string): string {
  if (!/[&"<>\u0000]/.test(value)) return value;
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u0000', '');
}
