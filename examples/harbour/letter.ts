/**
 * What an author of the story writes down about one message. Everything else (Message-ID, quoting, MIME,
 * trace fields, signatures, where it is stored) follows from it.
 *
 *   { key: 'award-03', from: strand, to: [haldane], at: '2015-02-27T16:52+00:00', subject: …, text: … }
 */

/** Program that wrote the mail: decides Message-ID form, quoting, MIME shape and which fields it adds. */
export type Client = 'outlook' | 'thunderbird' | 'webmail' | 'mutt' | 'apple' | 'device';

export interface Person {
  readonly name: string;
  readonly address: string;
  readonly client: Client;
  /** Appended to what the person types. */
  readonly signature?: string;
}

export interface File {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Shown inside the HTML by this Content-ID. */
  readonly contentId?: string;
  /** How the name is written where it is not ASCII; `plain` otherwise. */
  readonly nameForm?: 'rfc2231' | 'rfc2047';
  /** A nested message is not transfer-encoded. */
  readonly encoding?: '7bit' | 'base64' | 'quoted-printable';
}

/** A fact for expected.json: what a search, a redaction or a test must find in this message. */
export interface Mark {
  /** `charset`, `private`, `broken`, `search`, `clue`, … */
  readonly feature: string;
  /** Which of its kind: `iban`, `iso-2022-jp`, `boundary-unclosed`. */
  readonly kind: string;
  /** The exact text, where there is one. */
  readonly text?: string;
  readonly note?: string;
}

export interface Letter {
  readonly key: string;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  /** Local time with zone: `2015-03-23T09:14+00:00`. */
  readonly at: string;
  readonly subject: string;
  /** What the author typed, one line per paragraph. */
  readonly text: string;
  /** Key of the letter it answers; brings References, `Re:` is the author's business. */
  readonly answers?: string;
  /** Lines of the answered letter that are quoted, `full` (default), or `none`. Checked against that letter. */
  readonly quote?: 'full' | 'none' | readonly string[];
  /** Quoted lines that differ from the original, as [original, quoted]. */
  readonly misquote?: readonly [original: string, quoted: string];
  /** Answers without In-Reply-To and References. */
  readonly forgetsParent?: boolean;
  readonly client?: Client;
  /** HTML body of its own (newsletters, inline pictures); Outlook and webmail make one from the text otherwise. */
  readonly html?: string;
  readonly plainOnly?: boolean;
  readonly htmlOnly?: boolean;
  readonly charset?: string;
  readonly encoding?: '7bit' | '8bit' | 'quoted-printable' | 'base64';
  readonly wordForm?: 'B' | 'Q';
  readonly flowed?: boolean;
  readonly files?: readonly File[];
  /** text/calendar alternative. */
  readonly calendar?: string;
  /** More fields, in order, before the body's. */
  readonly fields?: readonly (readonly [name: string, value: string])[];
  readonly messageId?: string;
  readonly signature?: 'none';
  /** Trace fields and Message-ID are stamped at this moment instead of `at`: a forged Date. */
  readonly truly?: string;
  /** Extra signing options; the domain's policy does the rest. */
  readonly signing?: {
    readonly withLength?: boolean;
    readonly days?: number;
    readonly alsoEd25519?: boolean;
  };
  /** Name in keys/ of the key and certificate with which the author's program signs (S/MIME). */
  readonly smime?: string;
  /** The receiving domain seals what it saw (ARC). */
  readonly isSealed?: boolean;
  /** Appended to the body after signing, by a gateway. */
  readonly appended?: string;
  /** Damage done to the composed message (byte string, LF line ends), before signing. */
  readonly damage?: (message: string) => string;
  /** Damage done to what is stored (byte string, LF line ends), trace fields included. */
  readonly damageStored?: (message: string) => string;
  /** Places that hold it: `source`, `source/folder`, `source/folder/FLAGS`. */
  readonly kept: readonly string[];
  /** Changes to the letter in one source's copy, made after signing. */
  readonly altered?: Readonly<Record<string, Partial<Letter>>>;
  readonly marks?: readonly Mark[];
}
