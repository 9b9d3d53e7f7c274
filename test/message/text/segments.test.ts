/** Own and quoted text told apart, on the customs of many mail programs and languages. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../../src/limits.js';
import { htmlToText } from '../../../src/message/text/html-text.js';
import { ownText, quotedText, segmentText } from '../../../src/message/text/segments.js';

/** One line for each segment: first letter of its kind, depth, text with ⏎ for line ends. */
function outline(text: string): string[] {
  return segmentText(text).map(
    ({ kind, depth, text: its }) => `${kind} ${depth} ${its.trimEnd().replaceAll('\n', '⏎').slice(0, 80)}`,
  );
}

/** Asserts that exactly `own` is taken for the author's, blank lines apart. */
function owns(text: string, own: string): void {
  assert.equal(
    ownText(segmentText(text))
      .trim()
      .replace(/\n{2,}/g, '\n'),
    own,
    outline(text).join('\n'),
  );
}

describe('quote marks', () => {
  test('an interleaved reply is own text between quotations', () => {
    assert.deepEqual(
      outline(
        'On Wed, Aug 21, 2019 at 5:14 AM Bob <b@example.net> wrote:\n> One?\n>> Zero.\nYes.\n> Two?\n\nNo.\n-- \nAnn\n',
      ),
      [
        'attribution 0 On Wed, Aug 21, 2019 at 5:14 AM Bob <b@example.net> wrote:',
        'quoted 1 One?',
        'quoted 2 Zero.',
        'own 0 Yes.',
        'quoted 1 Two?',
        'own 0 No.',
        'signature 0 -- ⏎Ann',
      ],
    );
  });

  test('marks may be spaced, and blank lines between quoted ones do not end the quotation', () => {
    assert.deepEqual(outline('> > a\n\n>> b\n> c\n'), ['quoted 2 a⏎⏎b', 'quoted 1 c']);
  });

  test("a mail program's broken line stays with the quotation it was broken from", () => {
    const long = '> When did your little girl leave and was it today and if it was then I';
    owns(`Hi\n${long}\nmet\n> somebody there.\nOK\n`, 'Hi\nOK');
  });

  test('other marks count below an attribution', () => {
    owns('On 2 May 2019 Bob wrote:\n| One?\nYes.\n| Two?\n', 'Yes.');
    owns('On 2 May 2019 Jo Smith wrote:\nJS> One?\nYes.\n', 'Yes.');
    owns('| a table |\n| is none |\n', '| a table |\n| is none |');
  });

  test('Outlook for Mac indents what it quotes', () => {
    owns(
      '\ufeffOn 4/30/19, 11:31 AM, "Pat" <pat@example.net> wrote:\n\n    One?\n    > Zero\n\nYes.\n    Two?\n',
      'Yes.',
    );
  });
});

describe('attributions', () => {
  for (const line of [
    'On Mon, 3 Jun 2019 at 10:11, Bob <bob@example.net> wrote:',
    'On 4/30/19 1:32 PM, Vijay Khemka wrote:',
    'On Tue, Feb 04, 2020 at 09:55:34AM -0800, Bob\nSmith wrote:',
    'On Thursday, 5 March 2020, at 11:02, Robert Alexander Smith-Jones\n<robert.smith-jones@subdomain.example.net>\nwrote:',
    'At 03:47 PM 10/5/2001 -0500, you wrote:',
    'Around 08/10/2019 04:55AM in some time zone, John Wang wrote:',
    '--- Judy <judy@example.net> wrote:',
    'Le mer. 21 août 2019 à 05:14, Bob <bob@example.net> a écrit :',
    'Am 21.08.19 um 05:14 schrieb Bob:',
    'Am Mi., 21. Aug. 2019 um 05:14 Uhr schrieb Bob\n<bob@example.net>:',
    'El mié., 21 ago. 2019 a las 5:14, Bob (<bob@example.net>) escribió:',
    'Em qua., 21 de ago. de 2019 às 05:14, Bob <bob@example.net> escreveu:',
    'Il giorno mer 21 ago 2019 alle ore 05:14 Bob <bob@example.net> ha scritto:',
    'Op wo 21 aug. 2019 om 05:14 schreef Bob <bob@example.net>:',
    'Den ons 21 aug. 2019 kl 05:14 skrev Bob <bob@example.net>:',
    'Dňa st 21. 8. 2019 o 5:14 Bob <bob@example.net> napísal(a):',
    'W dniu 21.08.2019 o 05:14, Bob pisze:',
    'ср, 21 авг. 2019 г. в 05:14, Bob <bob@example.net>:',
    '21.08.2019 5:14, Боб пишет:',
    '2019年8月21日(水) 5:14 Bob <bob@example.net>:',
    'Bob <bob@example.net> 于2019年8月21日周三 上午5:14写道：',
    'Bob <bob@example.net> 於 2019年8月21日 週三 上午5:14寫道：',
    '2019년 8월 21일 (수) 오전 5:14, Bob <bob@example.net>님이 작성:',
    '2019/08/21 5:14、Bobさんは書きました:',
  ]) {
    test(line.replaceAll('\n', ' '), () => {
      const [first, second] = segmentText(`${line}\n> quoted\nown\n`);
      assert.deepEqual([first?.kind, first?.text], ['attribution', `${line}\n`]);
      assert.deepEqual(second, { kind: 'quoted', depth: 1, text: 'quoted\n' });
      owns(`Hello\n\n${line}\n\n> quoted\n\nown\n`, 'Hello\nown');
    });
  }

  test('with a date or an address, what follows is quoted even without marks', () => {
    owns('Fine.\n\nOn Feb 4, 2002 at 10:11, Jen Faught wrote:\nThose are great pics.\n', 'Fine.');
  });

  test('a sentence that ends in wrote: introduces nothing', () => {
    owns('This is what he wrote:\nRoses are red.\n', 'This is what he wrote:\nRoses are red.');
    owns(
      'On the whole I like what you\nsaid:\nit is fine.\n',
      'On the whole I like what you\nsaid:\nit is fine.',
    );
  });

  test('an attribution at the end quotes nothing and stays with the author', () => {
    owns(
      'Hello\nOn Mon, 3 Jun 2019 at 10:11, Bob wrote:\n',
      'Hello\nOn Mon, 3 Jun 2019 at 10:11, Bob wrote:',
    );
  });
});

describe('header lines of a carried message', () => {
  for (const block of [
    ' -----Original Message-----\nFrom: \tMiller, Mary Kay  \nSent:\tMonday, October 22, 2001 4:31 PM\n\nTo:\tFossum, Drew\nSubject:\tFW: x',
    '-----Ursprüngliche Nachricht-----\nVon: Bob\nGesendet: Mittwoch, 21. August 2019 05:14\nAn: Ann\nBetreff: x',
    '________________________________\nFrom: Bob <bob@example.net>\nSent: Wednesday, August 21, 2019 5:14 AM\nTo: Ann\nSubject: x',
    'From: Bob\nSent: Wednesday, August 21, 2019 5:14 AM\nTo: Ann <ann@example.net>;\nCarl <carl@example.net>\nSubject: x',
    '*From:* Bob <bob@example.net>\n*Sent:* Wednesday, August 21, 2019 5:14 AM\n*To:* Ann\n*Subject:* x',
    'De : Bob\nEnvoyé : mercredi 21 août 2019 05:14\nÀ : Ann\nObjet : x',
    'De: Bob\nEnviado el: miércoles, 21 de agosto de 2019 5:14\nPara: Ann\nAsunto: x',
    'De: Bob\nEnviada em: quarta-feira, 21 de agosto de 2019 05:14\nPara: Ann\nAssunto: x',
    'Da: Bob\nInviato: mercoledì 21 agosto 2019 05:14\nA: Ann\nOggetto: x',
    'Van: Bob\nVerzonden: woensdag 21 augustus 2019 05:14\nAan: Ann\nOnderwerp: x',
    '发件人: Bob\n发送时间: 2019年8月21日 5:14\n收件人: Ann\n主题: x',
    '寄件者: Bob\n寄件日期: 2019年8月21日 上午 05:14\n收件者: Ann\n主旨: x',
    '差出人: Bob\n送信日時: 2019年8月21日 5:14\n宛先: Ann\n件名: x',
    '보낸 사람: Bob\n보낸 날짜: 2019년 8월 21일 수요일 오전 5:14\n받는 사람: Ann\n제목: x',
    'От: Bob\nОтправлено: 21 августа 2019 г. 5:14\nКому: Ann\nТема: x',
    '---------- Forwarded message ---------\nFrom: Bob <bob@example.net>\nDate: Wed, Aug 21, 2019 at 5:14 AM\nSubject: x\nTo: Ann',
    '-------- Forwarded Message --------\nSubject: \tx\nDate: \tWed, 21 Aug 2019 05:14:00 +0200\nFrom: \tBob\nTo: \tAnn',
    '---------------------- Forwarded by Karen A Cordova/HOU/EES on 02/16/2001\n09:45 AM ---------------------------\n\n\nBob\n08/21/2001 05:14 PM\nTo:\tAnn/HOU/EES@EES\ncc:\t \nSubject:\tx',
    'Bob on 11/14/2001 02:08:34 PM\n\nTo:   Ann@example.net\ncc:   Carl@example.net\n\nSubject:  x',
    "Paul Y'Barbo\n04/17/2001 12:05 PM\nTo:\tTushar Dhruv/Corp/Enron@Enron\ncc:\t \n\nSubject:\tx",
    '--------- Inline attachment follows ---------\n\nFrom: <BOB@example.net>\nTo: Ann\nDate: Wednesday, December 5, 2001 10:30:04 GMT\nSubject: x',
  ]) {
    test(block.replace(/\s+/g, ' ').slice(0, 70), () => {
      owns(`Hello\n\n${block}\n\nThe other text.\n\nMore of it.\n`, 'Hello');
      const quoted = segmentText(`Hello\n\n${block}\n\nThe other text.\n`).filter(
        ({ kind }) => kind === 'quoted',
      );
      assert.equal(quoted.length, 1);
      assert.equal(quoted[0]?.depth, 1);
      assert.match(quoted[0]?.text ?? '', /^\s*The other text\.\s*$/);
    });
  }

  test('each block inside is one level deeper', () => {
    const block =
      '-----Original Message-----\nFrom: B\nSent: Monday, October 22, 2001 4:31 PM\nTo: A\nSubject: x\n\n';
    assert.deepEqual(
      segmentText(`a\n${block}b\n${block}c\n`).map(({ kind, depth }) => `${kind} ${depth}`),
      ['own 0', 'attribution 0', 'quoted 1', 'attribution 1', 'quoted 2'],
    );
  });

  test('inside a quotation they last as long as its marks', () => {
    owns('> -----Original Message-----\n> From: B\n> To: A\n>\n> text\n\nMy reply.\n', 'My reply.');
  });

  test("where the carried message has marks of its own, text without marks is the author's", () => {
    owns(
      'Hi\n----- Original Message -----\nFrom: B\nTo: A\nSent: Friday, August 24, 2001 12:42 AM\nSubject: x\n\n> One?\nYes.\n> Two?\n',
      'Hi\nYes.',
    );
    owns('Begin forwarded message:\n\n> From: B\n> Subject: x\n>\n> text\n\nComment.\n', 'Comment.');
  });

  test("the lines of a memorandum are its author's", () => {
    const memo =
      'To: All Employees\nFrom: Steve Cooper\nDate: June 3, 2001\nSubject: Expenses\nWe reimburse.';
    owns(memo, memo);
  });

  test('a single line with a name and a colon is no block', () => {
    owns('From: what I saw\nTo: be continued\n', 'From: what I saw\nTo: be continued');
  });
});

describe('signatures', () => {
  test("the standard's mark starts one, and a quotation ends it", () => {
    assert.deepEqual(outline('text\n-- \nAnn\nTel.\n> quoted\nreply\n'), [
      'own 0 text',
      'signature 0 -- ⏎Ann⏎Tel.',
      'quoted 1 quoted',
      'own 0 reply',
    ]);
  });

  test('customs count where little follows', () => {
    assert.deepEqual(outline('text\n--\nAnn\n'), ['own 0 text', 'signature 0 --⏎Ann']);
    assert.deepEqual(outline('text\n\nSent from my iPhone\n'), [
      'own 0 text',
      'signature 0 Sent from my iPhone',
    ]);
    owns(`text\n${'_'.repeat(40)}\nGet your free mail\n`, 'text');
  });

  test('a line of dashes above much text is none', () => {
    const text = `intro\n--\n${'a line of the text\n'.repeat(20)}`;
    owns(text, text.trim());
  });
});

describe('every line is kept', () => {
  test('own, attribution and signature texts are as written, quoted ones lack only their marks', () => {
    const text = 'a\r\n\r\nOn 5 May 2019 at 10:11 Bob wrote:\r\n> b\r\n>\r\n>> c\r\nd\r\n-- \r\ne';
    assert.equal(
      segmentText(text)
        .map((segment) => segment.text)
        .join(''),
      'a\r\n\r\nOn 5 May 2019 at 10:11 Bob wrote:\r\nb\r\n\r\nc\r\nd\r\n-- \r\ne',
    );
  });

  test('quotedText has what was quoted and who was quoted', () => {
    assert.equal(
      quotedText(segmentText('a\nOn 5 May 2019 Bob wrote:\n> b\nc\n')),
      'On 5 May 2019 Bob wrote:\nb\n',
    );
  });

  test('an empty text has no segments', () => {
    assert.deepEqual(segmentText(''), []);
  });
});

test("HTML replies of Outlook, Gmail and Thunderbird give their author's text", () => {
  const outlook =
    '<p class=MsoNormal>Yes.</p><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Bob &lt;bob@example.net&gt;<br>' +
    '<b>Sent:</b> Wednesday, August 21, 2019 5:14 AM<br><b>To:</b> Ann<br><b>Subject:</b> x</div><p class=MsoNormal>Well?</p>';
  owns(htmlToText(outlook), 'Yes.');
  const gmail =
    '<div>Yes.</div><div class="gmail_quote"><div class="gmail_attr">On Wed, Aug 21, 2019 at 5:14 AM Bob &lt;<a>bob@example.net</a>&gt;' +
    ' wrote:<br></div><blockquote class="gmail_quote">Well?</blockquote></div>';
  owns(htmlToText(gmail), 'Yes.');
  const thunderbird =
    '<div class="moz-cite-prefix">On 8/21/19 5:14 AM, Bob wrote:<br></div><blockquote type="cite"><p>Well?</p></blockquote><p>Yes.</p>';
  owns(htmlToText(thunderbird), 'Yes.');
});

test('quote marks are counted to the limit, and what is left of them is text', () => {
  const depthOf = (marks: number) => segmentText(`${'>'.repeat(marks)}a\n`)[0];
  assert.deepEqual(depthOf(limits.maxQuoteDepth), {
    kind: 'quoted',
    depth: limits.maxQuoteDepth,
    text: 'a\n',
  });
  assert.deepEqual(depthOf(limits.maxQuoteDepth + 1), {
    kind: 'quoted',
    depth: limits.maxQuoteDepth,
    text: '>a\n',
  });
});

describe('hostile text takes time in proportion to its length', () => {
  const many = 100_000;
  for (const [name, text] of Object.entries({
    'quote marks': '>'.repeat(many * 5),
    'quotation that deepens and rises': '> > > a\nb\n'.repeat(many),
    'lines that might start attributions': 'On 1\n'.repeat(many),
    'attributions without quotation': 'On 1 May 2019 10:11 Bob wrote:\n'.repeat(many),
    'header lines': 'From: a\nSent: 10:11\nTo: b\nSubject: c\n'.repeat(many / 4),
    'address lists without end': `From: a\nTo: ${'b@example.net;\n'.repeat(many)}`,
    separators: '-----Original Message-----\n'.repeat(many / 4),
    dashes: '-'.repeat(many * 5),
    'signature marks': '-- \n'.repeat(many),
    'one long line': 'On '.repeat(many * 2),
    blanks: ' \t'.repeat(many * 3),
    'blank lines': '\n'.repeat(many * 5),
  })) {
    test(name, () => {
      let length = 0;
      for (const segment of segmentText(text)) length += segment.text.length;
      assert.ok(length <= text.length);
    });
  }
});
