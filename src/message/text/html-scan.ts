/**
 * Finding the ends of things in markup (HTML Standard 13.2.5), each by one search forward: a missing end leads to
 * the end of the markup, never back, so that a million unclosed comments cost one.
 *
 *   <!-- a -- b -->   <!--> (closed at once)   <![if !mso]>   <?xml …>   </STYLE >
 */

const hyphen = 0x2d;
const greaterThan = 0x3e;
const slash = 0x2f;

/** Place after the next `mark`, or the end of the markup. */
export function afterNext(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

/** Place after the comment or declaration whose `<!` stands at `at`. */
export function afterDeclaration(html: string, at: number): number {
  if (!html.startsWith('--', at + 2)) return afterNext(html, '>', at + 2);
  // `<!-->` and `<!--->` are whole comments.
  if (html.charCodeAt(at + 4) === greaterThan) return at + 5;
  if (html.startsWith('->', at + 4)) return at + 6;
  for (let i = at + 4; ; i++) {
    i = html.indexOf('--', i);
    if (i < 0) return html.length;
    let end = i + 2;
    while (html.charCodeAt(end) === hyphen) end++;
    if (html.charCodeAt(end) === greaterThan) return end + 1;
    if (html.startsWith('!>', end)) return end + 2;
    i = end - 1;
  }
}

/** Place of the `</name` that ends an element whose content is no markup, or the end of the markup. */
export function findEndTag(html: string, name: string, from: number): number {
  for (let i = html.indexOf('</', from); i >= 0; i = html.indexOf('</', i + 2)) {
    const end = i + 2 + name.length;
    const code = html.charCodeAt(end);
    const ends = code <= 0x20 || code === greaterThan || code === slash;
    if (ends && html.slice(i + 2, end).toLowerCase() === name) return i;
  }
  return html.length;
}

/** Where the name of a tag ends: at a blank, `/` or `>`. */
export function nameEnd(html: string, from: number): number {
  let i = from;
  for (let code = html.charCodeAt(i); code > 0x20 && code !== slash && code !== greaterThan; ) {
    code = html.charCodeAt(++i);
  }
  return i;
}
