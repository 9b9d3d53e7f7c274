/** Files that travel with the story's letters, each a real file of its kind. */
import { docx, xlsx } from '../files/office.ts';
import { pdf } from '../files/pdf.ts';
import { depthChart, logo } from '../files/png.ts';
import { zip } from '../files/zip.ts';
import type { File } from '../letter.ts';

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Soundings of the Inner Bar after the January gale: bar lost 0.4 m. */
export const soundings: File = {
  name: 'inner-bar-2015-01-14.csv',
  mediaType: 'text/csv; charset=us-ascii',
  encoding: '7bit',
  bytes: Buffer.from(
    `station,grid_x,grid_y,depth_oct_2014_m_cd,depth_jan_2015_m_cd,change_m
IB1,1200,860,6.5,6.1,-0.4
IB2,1240,885,6.4,6.0,-0.4
IB3,1280,910,6.4,6.0,-0.4
IB4,1320,935,6.6,6.3,-0.3
IB5,1360,960,6.3,5.8,-0.5
IB6,1400,985,6.4,6.0,-0.4
`,
  ),
};

/** The waiver paper. Its properties name the contractor's project manager as author. */
export const boardPaper: File = {
  name: 'Board paper 15-08 Inner Bar urgent works DRAFT 3.docx',
  mediaType: docxType,
  bytes: docx(
    [
      '# PORT OF EASTMARCH HARBOUR AUTHORITY',
      '# Board paper 15/08: Inner Bar, urgent restoration dredging',
      'Purpose: to approve award of contract EH/2015/07 under Standing Order 14.3 (extreme urgency) without tender.',
      'Soundings taken after the gale of 9-10 January 2015 show a loss of depth on the Inner Bar of 1.4 m. Vessels drawing more than 5.2 m cannot be received at all states of the tide.',
      'A tender under the Utilities procedure would take 17 weeks. The spring trade would be lost.',
      'Calder Marine Ltd is the only operator with a suitable trailing suction hopper dredger (TSHD Isolde) available within six weeks.',
      'Price: GBP 2,840,000 fixed for 210,000 cubic metres, including disposal at sea at Skerrow Deep.',
      'Recommendation: that the Board approve, and delegate variations up to 15 per cent to the Director.',
    ],
    {
      title: 'Board paper 15/08',
      creator: 'S Reilly (Calder Marine)',
      lastModifiedBy: 'Corin Haldane',
      created: '2015-02-18T16:40:00Z',
      modified: '2015-02-19T21:12:00Z',
    },
  ),
};

function sedimentLines(revision: string, tbtAtS7: string, tbtAtS8: string): string[] {
  const row = (station: string, copper: string, mercury: string, tbt: string) =>
    `${station.padEnd(6)}${copper.padStart(10)}${mercury.padStart(12)}${tbt.padStart(14)}`;
  return [
    '# Northfen Laboratories',
    `Certificate of analysis NF-15-0412, revision ${revision}`,
    'Client: Port of Eastmarch Harbour Authority',
    'Sampled 19 May 2015, Inner Basin and Inner Bar, nine grabs (S1 to S9)',
    '',
    'mg/kg dry weight',
    row('', 'copper', 'mercury', 'tributyltin'),
    row('S1', '38', '0.21', '0.03'),
    row('S2', '41', '0.24', '0.04'),
    row('S3', '44', '0.22', '0.06'),
    row('S4', '52', '0.29', '0.09'),
    row('S5', '61', '0.31', '0.17'),
    row('S6', '88', '0.36', '0.38'),
    row('S7', '131', '0.41', tbtAtS7),
    row('S8', '119', '0.39', tbtAtS8),
    row('S9', '47', '0.25', '0.05'),
    '',
    'Action Level 1 for tributyltin: 0.1   Action Level 2: 1.0',
    'Material above Action Level 2 is in general not suitable for disposal at sea.',
    '',
    'Analyst: L. Wrona',
  ];
}

export const certificateA: File = {
  name: 'NF-15-0412 rev A.pdf',
  mediaType: 'application/pdf',
  bytes: pdf(sedimentLines('A', '1.42', '1.18'), {
    title: 'NF-15-0412 revision A',
    author: 'Northfen Laboratories',
    producer: 'LabReport 6.2',
    created: "D:20150602141500+01'00'",
  }),
};

/** S7 reads 0.42; the properties say that it was edited on another program a day later. S8 was forgotten. */
export const certificateB: File = {
  name: 'NF-15-0412 rev B.pdf',
  mediaType: 'application/pdf',
  bytes: pdf(sedimentLines('B', '0.42', '1.18'), {
    title: 'NF-15-0412 revision A',
    author: 'Northfen Laboratories',
    producer: 'DeskEdit PDF 3.1 (mgedge)',
    created: "D:20150602141500+01'00'",
    modified: "D:20150603191204+01'00'",
  }),
};

export const variations: File = {
  name: 'EH-2015-07 variations to date.xlsx',
  mediaType: xlsxType,
  bytes: xlsx(
    'Variations',
    [
      ['VO', 'Reason given', 'Claimed GBP', 'Approved by', 'Evidence on file'],
      ['VO1', 'Additional volume, Inner Bar', 186000, 'C Haldane', 'none'],
      ['VO2', 'Weather standby 4-5 May', 97500, 'C Haldane', 'contractor log'],
      ['VO3', 'Berth 4 pocket', 412000, 'C Haldane', 'none'],
      [
        'VO4',
        'Standby 9-13 June, five days at 45,600',
        228000,
        'C Haldane',
        'contractor log; contradicted by port log',
      ],
      ['VO5', 'Remobilisation', 341500, 'C Haldane', 'none'],
      ['VO6', 'Acceleration', 265000, 'C Haldane', 'none'],
      ['Total', '', 1530000, '', ''],
      ['Contract sum', '', 2840000, '', ''],
      ['Outturn', '', 4370000, '', ''],
    ],
    {
      title: 'Variations',
      creator: 'Ruth Abara',
      lastModifiedBy: 'Ruth Abara',
      created: '2015-10-12T08:30:00Z',
      modified: '2016-02-01T17:55:00Z',
    },
  ),
};

export const harbourLog: File = {
  name: 'port-log-june-2015.csv',
  mediaType: 'text/csv; charset=utf-8',
  encoding: 'quoted-printable',
  bytes: Buffer.from(
    `date,time,vessel,event,note
2015-06-08,21:40,Isolde,departed,"outward, for Port Tarrant"
2015-06-09,,Isolde,absent,
2015-06-10,,Isolde,absent,"Lotsin Ågot aboard Støtt says she saw her at Tarrant coal quay"
2015-06-11,,Isolde,absent,
2015-06-12,,Isolde,absent,
2015-06-13,19:05,Isolde,arrived,"inward, from Port Tarrant"
`,
    'utf8',
  ),
};

export const depthPicture: File = {
  name: 'inner-bar.png',
  mediaType: 'image/png',
  contentId: 'chart.innerbar@eastmarch-harbour.example',
  bytes: depthChart([6.1, 6, 6, 6.3, 5.8, 6], 6),
};

export const logoPicture: File = {
  name: 'image001.png',
  mediaType: 'image/png',
  contentId: 'image001.png@01D06543.7A3C1E90',
  bytes: logo(),
};

/** What Penhallow handed over: a zip inside a mail. */
export const dossier: File = {
  name: 'tidewrack-1.zip',
  mediaType: 'application/zip',
  bytes: zip([
    { name: 'tidewrack/NF-15-0412 rev A.pdf', bytes: certificateA.bytes },
    { name: 'tidewrack/NF-15-0412 rev B.pdf', bytes: certificateB.bytes },
    { name: 'tidewrack/port-log-june-2015.csv', bytes: harbourLog.bytes },
    { name: 'tidewrack/read first.txt', bytes: Buffer.from('Look at S7. Then look at S8.\r\n') },
  ]),
};

/** A file name that needs RFC 2231. */
export const pumpReport: File = {
  name: 'Prüfbericht Baggerpumpe Größe 800 – Eastmarch.pdf',
  nameForm: 'rfc2231',
  mediaType: 'application/pdf',
  bytes: pdf(
    [
      '# Weser Baggertechnik GmbH',
      'Prüfbericht Baggerpumpe, Größe 800, Seriennummer WB-800-1177',
      'Auftraggeber: Calder Marine Ltd',
      'Projekt: Eastmarch, Inner Bar',
      'Bestellt am 11. Februar 2015',
      'Ergebnis: ohne Beanstandung',
    ],
    {
      title: 'Pruefbericht WB-800-1177',
      author: 'J. Mueller',
      producer: 'Pruefstand 2',
      created: "D:20150316101500+01'00'",
    },
  ),
};

export const rota: File = {
  name: 'rota wk 21.csv',
  mediaType: 'text/csv; charset=us-ascii',
  bytes: Buffer.from(
    'day,early,late\r\nMon,Hodge,Liddle\r\nTue,Liddle,Hodge\r\nWed,Hodge,Spence\r\nThu,Spence,Hodge\r\nFri,Liddle,Spence\r\n',
  ),
};

/** The name of an attachment as RFC 2047 words, which no standard allows and many programs send. */
export const photo: File = {
  name: 'снимок причала.png',
  nameForm: 'rfc2047',
  mediaType: 'image/png',
  bytes: depthChart([7.4, 7.2, 6.6, 6.4, 6.9], 7),
};
