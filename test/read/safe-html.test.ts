/** What a message's HTML keeps and loses before it is shown; examples of the rules, and inputs built to take long. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { safeHtml } from '../../src/read/safe-html.js';

const options = { cidUrl: (contentId: string) => (contentId === 'logo@example.net' ? '/blob/1' : undefined) };
const safe = (html: string) => safeHtml(html, options).html;

describe('layout survives', () => {
  test('tables, widths, colours, fonts and margins stay', () => {
    const html =
      '<table width="600" cellpadding="4" bgcolor="#eeeeee" style="margin:0 auto;border-collapse:collapse"><tr>' +
      '<td align="center" style="font-family:Arial, sans-serif;color:#333;padding:4px">Hi</td></tr></table>';
    assert.equal(safe(html), html);
  });

  test('a style sheet keeps its safe rules, also those for narrow screens', () => {
    const html =
      '<style>p{color:red;position:fixed}@media (max-width:600px){.wide{width:100%}}</style><p>x</p>';
    assert.equal(
      safe(html),
      '<style>p{color:red}@media (max-width:600px){.wide{width:100%}}</style><p>x</p>',
    );
  });

  test("the body's colours move to the element that stands for it", () => {
    assert.equal(
      safe('<body bgcolor="#123456" text=white style="margin:0">x</body>'),
      '<div bgcolor="#123456" style="background-color:#123456;color:white;margin:0">x</div>',
    );
  });

  test('character references and text around forbidden elements stay', () => {
    assert.equal(safe('a &lt;b&gt; <form>c <button>d</button></form> 1 < 2'), 'a &lt;b&gt; c d 1 &lt; 2');
  });

  test('what is left open is closed, and what was not opened is not closed', () => {
    assert.equal(safe('</div><div><b>x'), '<div><b>x</b></div>');
  });
});

describe('nothing loads', () => {
  test('remote pictures lose their address and are counted by host and kind', () => {
    const result = safeHtml(
      '<img src="https://t.example/a.gif"><img src="//t.example/b.gif" alt="Logo"><td background=http://u.example/c>' +
        '<p style="background:#fff url(\'https://v.example/d.png\') no-repeat">',
      options,
    );
    assert.equal(result.html, '<img><img alt="Logo"><td><p style="background:#fff none no-repeat">');
    assert.deepEqual(result.remote, [
      { host: 't.example', kind: 'image', count: 2 },
      { host: 'u.example', kind: 'image', count: 1 },
      { host: 'v.example', kind: 'image', count: 1 },
    ]);
  });

  test('imports, fonts, refreshes, frames, media and links are named by kind', () => {
    const { html, remote } = safeHtml(
      '<meta http-equiv=refresh content="0; url=https://a.example/"><link rel=stylesheet href=https://b.example/x.css>' +
        "<link rel=dns-prefetch href=//c.example><style>@import 'https://d.example/i.css';" +
        '@font-face{font-family:f;src:url(https://e.example/f.woff)}</style><iframe src=https://f.example/></iframe>' +
        '<video poster=https://g.example/p.jpg></video><form action=https://h.example/></form>',
      options,
    );
    assert.equal(html, '');
    assert.deepEqual(
      remote.map(({ host, kind }) => `${host} ${kind}`),
      [
        'a.example redirect',
        'b.example style',
        'c.example link',
        'd.example style',
        'e.example font',
        'f.example frame',
        'g.example media',
        'h.example form',
      ],
    );
  });

  test('pictures of the message itself are shown, by Content-ID or as raster data', () => {
    assert.equal(safe('<img src="cid:logo@example.net">'), '<img src="/blob/1">');
    assert.equal(safe('<img src="cid:logo%40example.net">'), '<img src="/blob/1">');
    assert.equal(safe('<img src="cid:other@example.net">'), '<img>');
    assert.equal(
      safe('<img src="data:image/png;base64,iVBORw0=">'),
      '<img src="data:image/png;base64,iVBORw0=">',
    );
    assert.equal(safe('<img src="data:image/svg+xml;base64,PHN2Zz4=">'), '<img>');
    assert.equal(safe('<img src="data:text/html,x">'), '<img>');
  });
});

describe('links say where they lead', () => {
  test('a web link gets its real host as title and gives nothing away', () => {
    assert.equal(
      safe('<a href="https://evil.example/login?a=1&amp;b=2" title="bank.example">bank.example</a>'),
      '<a title="evil.example" href="https://evil.example/login?a=1&amp;b=2" rel="noreferrer noopener nofollow" ' +
        'target="_blank">bank.example</a>',
    );
  });

  test('a host in other letters is shown as it is resolved', () => {
    assert.match(safe('<a href="https://аpple.com/">x</a>'), /title="xn--pple-43d.com"/);
  });

  test('other schemes and relative addresses are no links', () => {
    for (const href of [
      'javascript:alert(1)',
      'java\tscript:alert(1)',
      '&#106;avascript:x',
      'data:text/html,x',
      '/x',
      '#x',
    ]) {
      assert.equal(safe(`<a href="${href}">x</a>`), '<a>x</a>', href);
    }
  });
});

describe('styles cannot cover, load or escape', () => {
  for (const style of [
    'position:fixed;top:0',
    'background:\\75rl(https://t.example/)',
    'width:expression(alert(1))',
    'behavior:url(x)',
    '-moz-binding:url(x)',
    "background-image:image-set('https://t.example/x.png' 1x)",
    "color:red'}</style><script>",
    "font-family:'</style><img src=x onerror=alert(1)>'",
    'content:attr(x)',
    'margin-top:-5000px',
    'transform:scale(100)',
    'color:var(--x)',
    'background:url(https://t.example/',
  ]) {
    test(`"${style}" leaves nothing`, () => {
      assert.equal(safe(`<p style="${style}">x</p>`), '<p>x</p>');
    });
  }

  test("comments cannot hide a function's name", () => {
    assert.equal(safe('<p style="background:ur/**/l(https://t.example/)">x</p>'), '<p>x</p>');
  });

  test('a rule cannot end the style element', () => {
    assert.equal(
      safe("<style>a[b='</style><img src=x onerror=alert(1)>']{color:red}</style>"),
      "<img>']{color:red}",
    );
  });
});

describe('hostile markup takes time in proportion to its length', () => {
  const many = 200_000;
  for (const [name, html] of Object.entries({
    'only <': '<'.repeat(many),
    'unclosed comments': '<!--'.repeat(many),
    'unclosed style tags': '<style '.repeat(many),
    'nested tables': '<table>'.repeat(many),
    'nested divs, closed': '<div>'.repeat(many) + '</div>'.repeat(many),
    'attributes without end': `<a ${'x="'.repeat(many)}`,
    'open parentheses in a style': `<p style="${'url('.repeat(many)}">`,
    'braces in a style sheet': `<style>${'a{'.repeat(many)}`,
    'quotation marks in a style sheet': `<style>${"@x'".repeat(many)}</style>`,
  })) {
    test(name, () => {
      assert.ok(safe(html).length <= html.length * 4);
    });
  }

  test('what is longer than the limit is cut there', () => {
    assert.equal(safe('a'.repeat(limits.maxShownHtmlCharacters)).length, limits.maxShownHtmlCharacters);
    assert.equal(safe('a'.repeat(limits.maxShownHtmlCharacters + 1)).length, limits.maxShownHtmlCharacters);
  });

  test('elements nest up to the limit and no deeper', () => {
    const deepest = '<div>'.repeat(limits.maxHtmlDepth);
    assert.equal(safe(`${deepest}x`).split('<div>').length - 1, limits.maxHtmlDepth);
    assert.equal(safe(`${deepest}<div>x`).split('<div>').length - 1, limits.maxHtmlDepth);
  });
});
