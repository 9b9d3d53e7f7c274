/**
 * How somebody else checks the same signatures, with programs that share no code with this one and ask no DNS: the
 * commands are exact, and a test runs them.
 */
import type { MessageJudgement } from './message-judgement.js';

/** Names of the files that the commands work on, as they are downloaded. */
export interface CheckFiles {
  readonly message: string;
  readonly keys: string;
  readonly content: string;
  readonly signature: string;
}

export const checkFiles = (number: number): CheckFiles => ({
  message: `message-${number}.eml`,
  keys: `keys-${number}.json`,
  content: `content-${number}.txt`,
  signature: `signature-${number}.asc`,
});

export interface OtherTool {
  readonly tool: string;
  /** What it is and what it checks, as a sentence. */
  readonly about: string;
  readonly command: string;
}

/** The tools that can check something of this message. */
export function otherTools({ number, signatures, arc, author }: MessageJudgement): OtherTool[] {
  const files = checkFiles(number);
  const tools: OtherTool[] = [];
  if (signatures.length > 0 || arc.result !== 'none') tools.push(mailauth(files));
  if (signatures.length > 0) tools.push(dkimpy(files));
  if (author.some(({ kind, result }) => kind === 'S/MIME' && result !== 'malformed'))
    tools.push(openssl(files));
  if (author.some(({ kind, result }) => kind === 'PGP/MIME' && result !== 'malformed'))
    tools.push(gnupg(files));
  return tools;
}

const mailauth = ({ message, keys }: CheckFiles): OtherTool => ({
  tool: 'mailauth',
  about:
    'For Node (MIT). Checks DKIM and ARC with the keys in the file alone; a signature past its x= is called expired.',
  command: `npx mailauth report -n ${keys} ${message}`,
});

const dkimpy = ({ message, keys }: CheckFiles): OtherTool => ({
  tool: 'dkimpy',
  about:
    'For Python (pip install dkimpy pynacl). Prints True or False for each DKIM signature, top to bottom.',
  command: `python3 -c "
import dkim, json
keys = json.load(open('${keys}'))
def txt(name, timeout=5):
    return ''.join(keys[name.decode().rstrip('.')]['TXT'][0]).encode()
message = dkim.DKIM(open('${message}', 'rb').read(), minkey=0)
for i in range(sum(name.lower() == b'dkim-signature' for name, value in message.headers)):
    try:
        print(message.verify(idx=i, dnsfunc=txt))
    except Exception as error:
        print(False, error)
"`,
});

const openssl = ({ message }: CheckFiles): OtherTool => ({
  tool: 'OpenSSL',
  about:
    'Checks the S/MIME signature under the certificate that it carries; with -CAfile instead of -noverify also its chain.',
  command: `openssl cms -verify -noverify -in ${message}`,
});

const gnupg = ({ content, signature }: CheckFiles): OtherTool => ({
  tool: 'GnuPG',
  about: 'Checks the OpenPGP signature, once the key is imported (impart keys export --format openpgp).',
  command: `gpg --verify ${signature} ${content}`,
});
