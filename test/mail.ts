/** Mail made for tests: deterministic, with the shapes that real mail has. */

export interface Letter {
  readonly id: string;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly date?: string;
  readonly inReplyTo?: string;
  readonly references?: string;
  readonly body?: string;
  readonly extra?: readonly string[];
}

export function letter(of: Letter): string {
  const fields = [
    `Message-ID: <${of.id}>`,
    `Date: ${of.date ?? 'Mon, 7 Mar 2016 10:00:00 +0000'}`,
    `From: ${of.from ?? 'Anna Berg <anna@harbour.example>'}`,
    `To: ${of.to ?? 'Bob Lund <bob@calder.example>'}`,
    `Subject: ${of.subject ?? 'Dredging'}`,
    ...(of.inReplyTo === undefined ? [] : [`In-Reply-To: <${of.inReplyTo}>`]),
    ...(of.references === undefined ? [] : [`References: ${of.references}`]),
    ...(of.extra ?? []),
  ];
  return `${fields.join('\n')}\n\n${of.body ?? 'The dredger is late again.\n'}`;
}

/** An mboxrd file of these messages. */
export function mboxrd(messages: readonly string[]): string {
  return messages
    .map(
      (message) =>
        `From anna@harbour.example Mon Mar  7 10:00:00 2016\n${message.replace(/^(>*From )/gm, '>$1')}${message.endsWith('\n') ? '' : '\n'}\n`,
    )
    .join('');
}

const words =
  'harbour dredge silt invoice tender berth crane pilot tide quay customs ledger audit storm bollard channel sounding barge'.split(
    ' ',
  );

/** `count` different messages in threads of ten, every seventh one received before. */
export function manyLetters(count: number): string[] {
  const letters: string[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 7 === 6) {
      letters.push(letters[i - 5] ?? '');
      continue;
    }
    const pick = (n: number): string => words[(i * 31 + n * 17 + ((i * n) % 13)) % words.length] ?? '';
    const root = i - (i % 10);
    letters.push(
      letter({
        id: `m${i}@harbour.example`,
        from: `Clerk ${i % 23} <clerk${i % 23}@harbour.example>`,
        subject: `${i === root ? '' : 'Re: '}${words[root % words.length]} ${root}`,
        date: new Date(Date.UTC(2015, 0, 1) + i * 3_600_000).toUTCString().replace('GMT', '+0000'),
        ...(i === root ? {} : { references: `<m${root}@harbour.example>` }),
        body: `${Array.from({ length: 40 }, (_, n) => pick(n)).join(' ')}\nnumber${i}\n`,
      }),
    );
  }
  return letters;
}
