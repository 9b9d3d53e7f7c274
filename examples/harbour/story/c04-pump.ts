/** Suppliers, who were told of the project before there was one. In Chinese and with German names. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { pumpReport } from './exhibits.ts';

const { chen, gedge, muller, reilly, vandeput } = who;

export const pump: readonly Letter[] = [
  {
    key: 'pump-01',
    from: chen,
    to: [reilly],
    at: '2015-02-12T10:31+08:00',
    subject: '关于东港疏浚项目泥泵配件的订单确认',
    charset: 'gb18030',
    encoding: 'base64',
    wordForm: 'B',
    text: `Reilly 女士：

您好！贵司二月十一日的订单已收到，现确认如下：

项目：Eastmarch 内航道疏浚工程
货物：800 型泥泵叶轮两套，耐磨衬板四块
金额：美元 61,400
交货期：三月十日前，宁波港离岸

您在电话中说合同已经确定，只差签字，所以我们今天就安排生产。预付款请汇至原账户。

祝新春快乐！`,
    kept: ['procurement'],
    marks: [
      { feature: 'charset', kind: 'gb18030' },
      { feature: 'search', kind: 'chinese', text: '疏浚' },
      {
        feature: 'clue',
        kind: 'order-before-award',
        text: '合同已经确定',
        note: 'on 12 February the supplier was told that the contract was settled; the Board met on 18 March',
      },
    ],
  },
  {
    key: 'pump-02',
    from: reilly,
    to: [chen],
    cc: [vandeput],
    at: '2015-02-12T09:02+00:00',
    subject: 'Re: 关于东港疏浚项目泥泵配件的订单确认',
    answers: 'pump-01',
    quote: 'none',
    charset: 'utf-8',
    wordForm: 'B',
    text: `Dear Ms Chen,

Thank you, and a happy new year of the goat. Confirmed. Please put "Inner Bar" and not "Eastmarch" on the crates until I say otherwise.`,
    kept: ['procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'new year of the goat' }],
  },
  {
    key: 'pump-03',
    from: muller,
    to: [reilly],
    cc: [gedge],
    at: '2015-03-16T10:40+01:00',
    subject: 'Prüfbericht Baggerpumpe Größe 800',
    charset: 'iso-8859-1',
    encoding: 'quoted-printable',
    text: `Sehr geehrte Frau Reilly,

anbei der Prüfbericht für die am 11. Februar bestellte Pumpe. Das Gerät läuft ruhig und ist versandfertig; wir liefern frei Kai Eastmarch, sobald das Löschgeschirr frei ist.

Herrn Gedge setze ich wie gewünscht in Kopie, weil die Hafenverwaltung die Zollanmeldung übernimmt.

Mit freundlichen Grüßen`,
    files: [pumpReport],
    kept: ['procurement'],
    marks: [
      { feature: 'charset', kind: 'iso-8859-1' },
      {
        feature: 'attachment',
        kind: 'pdf',
        text: pumpReport.name,
        note: 'file name by RFC 2231, in continuations',
      },
      { feature: 'search', kind: 'accents', text: 'Müller' },
    ],
  },
  {
    key: 'pump-04',
    from: gedge,
    to: [muller],
    at: '2015-03-16T11:30+00:00',
    subject: 'RE: Prüfbericht Baggerpumpe Größe 800',
    answers: 'pump-03',
    charset: 'windows-1252',
    text: `Dear Mr Müller,

I think there is a mistake: the Authority has no contract yet and cannot clear your pump. Kindly take me off copy. (And “wie gewünscht” by whom?)`,
    kept: ['procurement'],
    marks: [{ feature: 'charset', kind: 'windows-1252' }],
  },
  {
    key: 'pump-05',
    from: vandeput,
    to: [reilly],
    cc: [gedge],
    at: '2015-04-13T21:50+01:00',
    subject: 'Isolde, arrived',
    text: `Siobhan, Martin,

We are alongside. Here is the first thing: the bar has water. I came over it at half ebb with 5.9 under nothing and the echo never complained. If somebody lost one meter forty here they should look in their other trousers.

I dredge where the paper says. But I write in my log what I see, this is the law on my ship.`,
    kept: ['procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'look in their other trousers' }],
  },
  {
    key: 'pump-06',
    from: reilly,
    to: [vandeput],
    cc: [gedge],
    at: '2015-04-14T06:58+01:00',
    subject: 'Re: Isolde, arrived',
    answers: 'pump-05',
    text: `Pieter, thank you. Please send log remarks to me only from now on. Martin, ignore, he is Flemish.`,
    kept: ['procurement'],
  },
];
