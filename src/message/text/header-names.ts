/**
 * Names of header fields as mail programs write them, in the user's language, above what a reply or a forward
 * carries:
 *
 *   From: Bob      Von: Bob      *De :* Bob      发件人：Bob      보낸 사람: Bob      От: Bob
 */

/** Bits, so that a block of lines can be judged by what it holds. */
export const headerKind = { from: 1, date: 2, to: 4, copy: 8, subject: 16, other: 32 } as const;

const tables: readonly (readonly [number, string])[] = [
  [
    headerKind.from,
    'from|von|de|da|van|od|från|fra|lähettäjä|от|от кого|发件人|寄件者|寄件人|發件人|差出人|送信者|送信元' +
      '|보낸 사람|보낸사람|kimden|gönderen|nadawca|feladó|remitente|expéditeur|mittente|afzender|absender|від|από|מאת|من|od koho|发信人',
  ],
  [
    headerKind.date,
    "sent|date|date sent|sent at|sent on|gesendet|gesendet am|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviado em|enviada em|enviada" +
      '|fecha|data|inviato|data invio|verzonden|verzonden op|skickat|sendt|отправлено|дата|дата отправки|发送时间|发送日期|傳送時間|寄件日期|日期|时间|時間' +
      '|送信日時|日時|送信日|보낸 날짜|날짜|보낸날짜|odesláno|odoslané|wysłano|wysłane|lähetetty|päivämäärä|gönderildi|tarih|надіслано|dátum|küldve|dato|datetime',
  ],
  [
    headerKind.to,
    'to|an|à|a|para|aan|till|til|кому|收件人|收件者|收件人员|宛先|받는 사람|받는사람|komu|do|vastaanottaja|kime|címzett' +
      '|destinataire|destinatario|per|pour|empfänger|προς|אל|إلى',
  ],
  [
    headerKind.copy,
    'cc|bcc|kopie|copie|copia|копия|抄送|副本|密件抄送|참조|kopia|kopi|kópia|cópia|másolat|bilgi|kopio|cci',
  ],
  [
    headerKind.subject,
    'subject|re|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|тема|主题|主旨|主題|标题|件名|題名|제목|předmět|predmet' +
      '|temat|konu|aihe|tárgy|θέμα|נושא|الموضوع',
  ],
  [
    headerKind.other,
    'importance|sensitivity|attachments|attachment|reply-to|reply to|priority|x-priority|when|where|wichtigkeit|anlagen|message-id|mime-version' +
      '|content-type|content-transfer-encoding|received|return-path|references|in-reply-to|newsgroups|organization|user-agent|x-mailer|sender' +
      '|resent-from|resent-to|categories|required attendees|optional attendees|security level|pièces jointes|adjuntos|anexos|allegati|bijlagen' +
      '|importancia|importância|importance |重要性|附件|첨부파일|添付ファイル|вложения',
  ],
];

/** With the letter cases that programs use, so that the usual line needs no copy in lower case. */
const kinds = new Map<string, number>();
for (const [kind, list] of tables) {
  for (const name of list.split('|')) {
    for (const written of [name, name.charAt(0).toUpperCase() + name.slice(1), name.toUpperCase()])
      kinds.set(written, kind);
  }
}

/** Characters of the longest name, and of the marks around it (`*From :*`). */
export const longestHeaderName = 32;

const colon = 0x3a;
const wideColon = 0xff1a;

export interface HeaderLine {
  /** One of `headerKind`. */
  readonly kind: number;
  /** Index of the first character after the colon. */
  readonly valueFrom: number;
}

/** The header line at `from` up to `to` (a line without its end), or undefined where it is none. */
export function findHeaderLine(text: string, from: number, to: number): HeaderLine | undefined {
  const limit = Math.min(to, from + longestHeaderName);
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code !== colon && code !== wideColon) continue;
    const kind = kinds.get(text.slice(from, i)) ?? findDecorated(text, from, i);
    return kind === undefined ? undefined : { kind, valueFrom: i + 1 };
  }
  return undefined;
}

/** `*From`, `_From_`, `| From`, `De ` (French puts a no-break space before the colon), `BETREFF` in odd cases. */
function findDecorated(text: string, from: number, to: number): number | undefined {
  const first = text.charCodeAt(from);
  const last = text.charCodeAt(to - 1);
  const isMark = (code: number) => code === 0x2a || code === 0x5f || code === 0x7c || code <= 0x20;
  if (!isMark(first) && !isMark(last) && first < 0x80 && last !== 0xa0) return undefined;
  const name = text
    .slice(from, to)
    .replace(/^[\s*|_]+|[\s*_]+$/g, '')
    .replace(/[\s\u3000]+/g, ' ');
  return kinds.get(name.toLowerCase());
}
