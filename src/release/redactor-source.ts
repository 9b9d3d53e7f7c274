/** Decisions of people, applied: the `decide` of a release's source. */
import { OperatorError } from '../errors.js';
import type { Archive } from '../read/archive.js';
import type { Redactor } from '../redact/redact-message.js';
import { attachmentPath } from './published.js';
import type { ReleaseSource } from './source.js';

/** What a message is withheld for that cannot be published as it is to be: the reader of the accounts must find it. */
export const unreadable = 'unreadable';

/**
 * A message whose bytes cannot be had, or that no parser could read, is withheld and counted, never dropped.
 * `basis` as in ReleaseSource.
 */
export function decideBy(
  archive: Archive,
  redactor: Redactor,
  basis: ReleaseSource['basis'],
): Pick<ReleaseSource, 'decide' | 'basis'> {
  const decide: ReleaseSource['decide'] = async (sha256) => {
    const reason = redactor.withheld(sha256);
    if (reason !== undefined) return { withheld: reason };
    try {
      const { raw, message, text } = await archive.read(archive.resolve(sha256));
      return { published: redactor.redact({ raw, sha256, message, text }) };
    } catch (error) {
      if (error instanceof OperatorError) return { withheld: unreadable };
      throw error;
    }
  };
  return { decide, basis };
}

/** Where `m/NUMBER/body.html` finds a cleared picture. */
export const pictureUrl = (sha256: string, mediaType: string): string =>
  `../../${attachmentPath(sha256, mediaType)}`;
