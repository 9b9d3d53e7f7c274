/**
 * HTML as mail programs of 2015 wrote it: Outlook's Word markup, a webmail's divs.
 *
 *   <p class=MsoNormal><span style='font-size:11.0pt'>Text<o:p></o:p></span></p>
 */

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

const outlookStyle = `<style><!--
/* Font Definitions */
@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
/* Style Definitions */
p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; margin-bottom:.0001pt; font-size:11.0pt; font-family:"Calibri","sans-serif";}
a:link, span.MsoHyperlink {mso-style-priority:99; color:#0563C1; text-decoration:underline;}
@page WordSection1 {size:612.0pt 792.0pt; margin:72.0pt 72.0pt 72.0pt 72.0pt;}
div.WordSection1 {page:WordSection1;}
--></style>`;

function outlookParagraph(line: string): string {
  if (line === '-----Original Message-----') {
    return "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'></div>";
  }
  const head = /^(From|Sent|To|Cc|Subject): (.*)$/.exec(line);
  const text = head ? `<b>${head[1]}:</b> ${escapeHtml(head[2] ?? '')}` : escapeHtml(line);
  const content = line === '' ? '&nbsp;' : text;
  return `<p class=MsoNormal><span lang=EN-GB style='color:#1F497D'>${content}<o:p></o:p></span></p>`;
}

export function outlookHtml(text: string, charset: string, picture?: string): string {
  const image = picture
    ? `<p class=MsoNormal><img width=72 height=32 src="cid:${picture}" alt="Eastmarch Harbour"></p>\n`
    : '';
  return `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=${charset}">
<meta name=Generator content="Microsoft Word 14 (filtered medium)">
${outlookStyle}
</head>
<body lang=EN-GB link="#0563C1" vlink="#954F72">
<div class=WordSection1>
${text.split('\n').map(outlookParagraph).join('\n')}
${image}</div>
</body>
</html>
`;
}

/** A quoted block becomes a blockquote, as a webmail does it. */
export function webmailHtml(text: string): string {
  const out: string[] = [];
  let depth = 0;
  for (const line of text.split('\n')) {
    const marks = /^(>+) ?/.exec(line);
    const wanted = marks?.[1]?.length ?? 0;
    for (; depth < wanted; depth++)
      out.push('<blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">');
    for (; depth > wanted; depth--) out.push('</blockquote>');
    const shown = escapeHtml(line.slice(marks?.[0].length ?? 0));
    out.push(`<div>${shown === '' ? '<br>' : shown}</div>`);
  }
  for (; depth > 0; depth--) out.push('</blockquote>');
  return `<div dir="ltr">\n${out.join('\n')}\n</div>\n`;
}
