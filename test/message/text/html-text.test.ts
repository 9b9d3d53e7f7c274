/** HTML to text: what a reader sees stays, what he does not see goes; and hostile markup costs its length. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../../src/limits.js';
import { htmlToText } from '../../../src/message/text/html-text.js';

function becomes(html: string, text: string): void {
  assert.equal(htmlToText(html), text);
}

describe('lines and paragraphs', () => {
  test('paragraphs are parted by a blank line, divs and breaks by a line end', () => {
    becomes('<p>one</p><p>two<br>three</p><div>four</div><div>five</div>', 'one\n\ntwo\nthree\n\nfour\nfive');
  });

  test('white space collapses, also across elements, and no-break spaces stay', () => {
    becomes('a\n  <b> b</b> c&nbsp;&nbsp;d', 'a b c  d');
  });

  test('an empty line is one where the sender made one', () => {
    becomes('<div>a<br></div><div><br></div><div>b</div>', 'a\n\nb');
  });

  test("Word's paragraphs have no margins", () => {
    becomes(
      '<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>',
      'a\n\nb',
    );
  });

  test('pre keeps lines and blanks', () => {
    becomes('x<pre>\n a  b\n\tc</pre>y', 'x\n a  b\n\tc\ny');
  });

  test('a rule is a line of underscores, a picture its alternative text', () => {
    becomes('a<hr>b <img src=x alt="Our &amp; logo"><img src=y>', `a\n${'_'.repeat(32)}\nb [Our & logo]`);
  });

  test('display makes lines of inline elements and parts of lines of blocks', () => {
    becomes('a<span style="display:block">b</span>c<div style="display: inline">d</div>', 'a\nb\ncd');
  });

  test("a signature's mark keeps its blank", () => {
    becomes('<div>x</div><div>-- </div><div>Ann</div>', 'x\n-- \nAnn');
  });
});

describe('lists and tables', () => {
  test('lists have bullets and numbers, also nested and with a start', () => {
    becomes('<ul><li>a<li>b<ol start=3><li>x</li><li>y</ol></ul>', '• a\n• b\n  3. x\n  4. y');
  });

  test('rows are lines, cells are parted by tabs', () => {
    becomes('<table><tr><td>1<td>2<tr><td><p>3</p></td><td><p>4</p></td></tr></table>z', '1\t2\n\n3\t4\n\nz');
  });

  test('a cell of several lines does not run into the next', () => {
    becomes('<table><tr><td>1<br>2</td><td>3</td></tr></table>', '1\n2\n3');
  });
});

describe('what nobody sees', () => {
  for (const [name, html] of Object.entries({
    'scripts, styles and titles': "<title>t</title><style>p{}</style><script>if (a</b) '</p>'</script>",
    comments: '<!-- a --><!--><!---><!-- <p> -- --!>',
    'conditional comments': '<!--[if mso]><p>Outlook</p><![endif]-->',
    'display: none': '<div style="color:red; DISPLAY : none !important">a<div>b</div>c</div>',
    'visibility: hidden': '<p style="visibility:hidden">a</p>',
    'the attribute hidden': '<p hidden>a</p>',
    'font size 0': '<p style="font-size:0px">a</p>',
    'no height and overflow hidden': '<div style="max-height:0;overflow:hidden">preheader</div>',
    'opacity 0': '<div style="opacity:0">a</div>',
    "a class that the message's style sheet hides":
      "<style>@media x{} span.pre{display:none}</style><span class='a pre'>b</span>",
    templates: '<template><p>a</p></template>',
    'what pads a preheader': '&zwnj;&#847;&shy;&#8203;\ufeff',
  })) {
    test(name, () => becomes(`x${html}`, 'x'));
  }

  test('what shows again inside is seen', () => {
    becomes('<table style="font-size:0"><tr><td style="font-size:14px">a</td></tr></table>', 'a');
    becomes('<div style="visibility:hidden">a<b style="visibility:visible">b</b></div>', 'b');
  });

  test('mso-hide hides from Outlook alone, so other readers see it', () => {
    becomes('<a style="mso-hide:all">Button</a>', 'Button');
  });

  test('the end of an inner element does not end the hiding', () => {
    becomes('<span style="display:none">a<span>b</span>c</span>d', 'd');
  });

  test('joiners that shape a script stay', () => {
    becomes('می\u200cخواهم', 'می\u200cخواهم');
  });
});

describe('character references', () => {
  test('named, numeric, without semicolon, and windows-1252 in disguise', () => {
    becomes('&lt;&eacute;&notit;&CounterClockwiseContourIntegral;&#8217;&#146;&#x41;&copy2', '<é¬it;∳’’A©2');
  });

  test('what is no reference stays as it is', () => {
    becomes('a & b &nope; &# &#x; &', 'a & b &nope; &# &#x; &');
  });

  test('impossible numbers become the replacement character', () => {
    becomes(`&#0;&#xD800;&#${'9'.repeat(1000)};`, '\ufffd\ufffd\ufffd');
  });

  test('a reference for a line feed or blank is white space', () => {
    becomes('a&#10;&#32;b', 'a b');
  });
});

describe('quotations', () => {
  test('each level puts a mark before every line', () => {
    becomes(
      'a<blockquote type=cite>b<br>c<blockquote>d</blockquote></blockquote>e',
      'a\n\n> b\n> c\n>\n> > d\n\ne',
    );
  });

  test("Gmail's, Yahoo's and Outlook's containers count", () => {
    becomes(
      'a<div class="gmail_quote">On … wrote:<blockquote class="gmail_quote">b</blockquote></div>',
      'a\nOn … wrote:\n\n> b',
    );
    becomes('a<div class="yahoo_quoted"><div>b</div></div>', 'a\n> b');
    becomes(
      'a<div style="border:none;border-left:solid blue 1.5pt;padding:0in"><p class=MsoNormal>b</p></div>',
      'a\n> b',
    );
  });

  test("Gmail's indent button only indents", () => {
    becomes('<blockquote style="margin:0 0 0 40px;border:none;padding:0px">a</blockquote>', 'a');
  });

  test('quoted preformatted text has marks on every line', () => {
    becomes('<blockquote type="cite"><pre class="moz-quote-pre">a\n\n b</pre></blockquote>', '> a\n>\n>  b');
  });
});

describe('broken markup reads as in a browser', () => {
  test('a lone < is text, an unfinished tag is not', () => {
    becomes('1 < 2 <3 </ 4> <b', '1 < 2 <3');
  });

  test("end tags of a cell's outside do not leave it", () => {
    becomes('<div><table><tr><td>a</div>b</td><td>c</td></tr></table>', 'ab\tc');
  });

  test('content after the end of the body belongs to it', () => {
    becomes('<body><p>a</p></body></html>b', 'a\n\nb');
  });
});

describe('hostile markup', () => {
  const many = 300_000;
  for (const [name, html] of Object.entries({
    'only <': '<'.repeat(many),
    'unclosed comments': '<!--'.repeat(many),
    'comments that almost end': `<!--${'--'.repeat(many)}`,
    tables: '<table>'.repeat(many),
    'table cells': '<table><tr><td>'.repeat(many / 3),
    'attributes without end': `<a ${'x="'.repeat(many)}`,
    'attributes without number': `<a ${'x '.repeat(many)}>`,
    'styles without semicolon': '<p style=a>'.repeat(many / 3),
    'hidden spans': '<span hidden>'.repeat(many),
    'end tags that match nothing': `${'<b hidden>'.repeat(600)}${'</i></td>'.repeat(many)}`,
    'end tags with closed ones between': `<i hidden>${'<table><td>'.repeat(250)}${'</i>'.repeat(many)}`,
    ampersands: '&'.repeat(many),
    'long references': `&${'a'.repeat(many)}`,
    'unclosed raw text': '<style></styl'.repeat(many),
    lists: '<ol><li>'.repeat(many / 2),
  })) {
    test(`${name} cost no more than their length`, () => {
      assert.ok(htmlToText(html).length <= html.length * 2);
    });
  }

  test('nested quotations cannot multiply the text beyond the limit', () => {
    const text = htmlToText(`${'<blockquote>'.repeat(limits.maxHtmlDepth)}${'a<br>'.repeat(100_000)}`);
    assert.equal(text.length, limits.maxTextCharacters);
  });

  test('text is cut at the limit and not inside a character', () => {
    const most = limits.maxTextCharacters;
    assert.equal(htmlToText('a'.repeat(most)).length, most);
    assert.equal(htmlToText('a'.repeat(most + 1)).length, most);
    assert.equal(htmlToText(`${'a'.repeat(most - 1)}😀`).length, most - 1);
  });

  test('elements are tracked to the limit and their text is read beyond it', () => {
    const outer = '<div>'.repeat(limits.maxHtmlDepth - 1);
    becomes(`${outer}<blockquote>a</blockquote>b`, '> a\n\nb');
    becomes(`${outer}<div><blockquote>a</blockquote>b`, 'a\nb');
  });
});
