/** Summer 2015: the works, and ships that touched bottom where they should not. Korean, Japanese, Russian, Big5. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { photo, rota } from './exhibits.ts';

const { aoyama, ferrie, gedge, haldane, kim, linMei, penhallow, reilly, sorokin, vandeput, wrona, tulloch } =
  who;

export const works: readonly Letter[] = [
  {
    key: 'works-01',
    from: ferrie,
    to: [penhallow, gedge],
    at: '2015-05-12T08:15+01:00',
    subject: 'Local notice to mariners 11/15',
    plainOnly: true,
    text: `TSHD ISOLDE working Inner Bar and Berth 4, 24 hours. Keep 150 m clear. Two black balls on the foul side.

She has been on Berth 4 since Sunday. Berth 4 is not in the contract I was shown.`,
    kept: ['procurement', 'penhallow/Dredging/S'],
  },
  {
    key: 'works-02',
    from: haldane,
    to: [ferrie],
    cc: [gedge],
    at: '2015-05-12T09:40+01:00',
    subject: 'RE: Local notice to mariners 11/15',
    answers: 'works-01',
    text: `Duncan, berth 4 is a variation. Notices to mariners are for mariners; please keep comment out of them.`,
    kept: ['procurement', 'office/Sent Items'],
  },
  {
    key: 'works-03',
    from: kim,
    to: [ferrie],
    cc: [gedge],
    at: '2015-08-21T18:07+09:00',
    subject: '한빛 퍼시픽호 4번 선석 좌초 관련 항의',
    charset: 'utf-8',
    encoding: 'base64',
    wordForm: 'B',
    text: `항만장님께,

당사 선박 한빛 퍼시픽호가 8월 19일 03시 20분경 4번 선석에서 바닥에 닿았습니다. 귀 항만에서 통보한 준설 수심은 7.5미터였으나 당사 측심 결과는 6.4미터입니다.

준설 공사가 정말 끝난 것인지, 최신 수심 측량 결과를 보내 주시기 바랍니다. 선체 검사 비용은 별도로 청구하겠습니다.

한빛해운 김서연 드림`,
    kept: ['procurement'],
    marks: [
      { feature: 'charset', kind: 'utf-8' },
      { feature: 'search', kind: 'korean', text: '준설' },
      {
        feature: 'clue',
        kind: 'depth-not-delivered',
        text: '6.4미터',
        note: 'berth 4 was paid for as 7.5 m',
      },
    ],
  },
  {
    key: 'works-04',
    from: ferrie,
    to: [kim],
    cc: [gedge],
    at: '2015-08-21T12:20+01:00',
    subject: 'Re: 한빛 퍼시픽호 4번 선석 좌초 관련 항의',
    answers: 'works-03',
    quote: 'none',
    text: `Dear Ms Kim,

With help from the purser of the Hanbit Dawn I have read your letter. Your soundings are right: I had the boat over berth 4 this morning and found 6.4. The 7.5 was the contractor's figure, which I published because I was told to. I regret it.

Please send the hull survey to the Director and a copy to me.`,
    kept: ['procurement'],
  },
  {
    key: 'works-05',
    from: aoyama,
    to: [ferrie],
    cc: [gedge],
    at: '2015-09-02T09:12+09:00',
    subject: '第三青山丸 入港喫水についての照会',
    charset: 'iso-2022-jp',
    encoding: '7bit',
    wordForm: 'B',
    text: `港長 ご担当者様

いつもお世話になっております。青山汽船の青山です。

九月二十日入港予定の第三青山丸は喫水七メートルです。浚渫工事完了のご案内をいただきましたが、
四番岸壁の最新の水深をお知らせください。韓国の同業者より、水深不足の話を聞いております。

ご確認をお願いいたします。`,
    kept: ['procurement'],
    marks: [
      { feature: 'charset', kind: 'iso-2022-jp' },
      { feature: 'search', kind: 'japanese', text: '浚渫' },
      { feature: 'encoding', kind: '7bit' },
    ],
  },
  {
    key: 'works-06',
    from: gedge,
    to: [ferrie],
    at: '2015-09-02T08:45+01:00',
    subject: 'FW: 第三青山丸 入港喫水についての照会',
    answers: 'works-05',
    charset: 'utf-8',
    wordForm: 'B',
    text: `Duncan, can you answer? I can't read it, but I can read "7" and I think I know what it is about. Please say berth 4 is "under review".`,
    kept: ['procurement'],
  },
  {
    key: 'works-07',
    from: sorokin,
    to: [gedge],
    at: '2015-09-14T15:33+03:00',
    subject: 'Траулер "Беломор-7", стоянка у причала 4',
    charset: 'koi8-r',
    encoding: '8bit',
    wordForm: 'Q',
    text: `Уважаемый господин Гедж!

Капитан сообщает, что у четвертого причала при малой воде траулер сидит на грунте. Просим перевести судно к другому причалу и вернуть портовый сбор за три дня.

Снимок причала прилагаю.`,
    files: [photo],
    kept: ['procurement'],
    marks: [
      { feature: 'charset', kind: 'koi8-r' },
      { feature: 'search', kind: 'russian', text: 'причала' },
      {
        feature: 'attachment',
        kind: 'png',
        text: photo.name,
        note: 'file name as RFC 2047 words inside a parameter',
      },
    ],
  },
  {
    key: 'works-08',
    from: linMei,
    to: [ferrie],
    cc: [gedge],
    at: '2015-07-03T16:20+08:00',
    subject: '請問遊艇泊位',
    charset: 'big5',
    encoding: 'base64',
    wordForm: 'B',
    text: `港務長您好：

我們的帆船「福爾摩沙」預計八月初抵達東港，船長十二公尺，吃水兩公尺。請問航道疏浚期間遊艇可以進港嗎？需要預約泊位嗎？

謝謝您。`,
    kept: ['procurement'],
    marks: [
      { feature: 'charset', kind: 'big5' },
      { feature: 'search', kind: 'chinese', text: '航道' },
    ],
  },
  {
    key: 'works-09',
    from: vandeput,
    to: [reilly],
    cc: [gedge],
    at: '2015-06-08T20:30+01:00',
    subject: 'Tarrant',
    text: `Siobhan,

We go to Tarrant tonight for the coal quay, five days as you said, back on the 13th. I have written in the log "Tarrant". You asked me to write "standby, weather". The weather is a sheet of glass. I am too old to write that a sheet of glass is weather.

Martin is on copy because you told me to write to you only and I do not like to be told that.`,
    kept: ['procurement'],
    marks: [
      {
        feature: 'clue',
        kind: 'false-standby',
        text: 'a sheet of glass is weather',
        note: 'VO4 claims five days of standby for these days',
      },
    ],
  },
  {
    key: 'works-10',
    from: gedge,
    to: [vandeput],
    cc: [reilly],
    at: '2015-06-09T08:02+01:00',
    subject: 'RE: Tarrant',
    answers: 'works-09',
    quote: 'none',
    text: `Captain, I have not read this and would be grateful not to be sent it.`,
    kept: ['procurement'],
  },
  {
    key: 'works-11',
    from: tulloch,
    to: [gedge, penhallow],
    at: '2015-05-15T16:10+01:00',
    subject: 'Gate rota wk 21',
    plainOnly: true,
    text: `Attached. Spence cannot do Tuesday, he is at the hospital with his knee (not for circulation).`,
    files: [rota],
    kept: ['procurement', 'penhallow//S'],
    marks: [
      { feature: 'private', kind: 'medical', text: 'he is at the hospital with his knee' },
      { feature: 'attachment', kind: 'csv', text: 'rota wk 21.csv' },
    ],
  },
  {
    key: 'works-12',
    from: wrona,
    to: [penhallow],
    at: '2015-05-20T18:22+01:00',
    subject: 'Samples arrived, and a thank you',
    text: `Dear Zoë,

Nine jars, nine labels, and they agree: this never happens. Thank you for the flask of coffee on the boat also. I owe you cake.

Łukasz`,
    kept: ['penhallow/Dredging.Sediment/S'],
    marks: [
      { feature: 'search', kind: 'accents', text: 'Łukasz' },
      { feature: 'search', kind: 'accents', text: 'Zoë' },
    ],
  },
];
