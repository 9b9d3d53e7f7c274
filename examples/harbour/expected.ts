/**
 * expected.json: where each feature of the sample is, for tests and for the later stages.
 *
 *   features.private[0] = { kind: 'iban', letter: 'var-11', messageId: …, sha256: […], text: 'GB…' }
 */
import type { Built, Occurrence } from './boxes.ts';
import { chainOf } from './compose.ts';
import type { Letter } from './letter.ts';
import { type Find, fullText } from './quote.ts';
import { messageIdOf } from './trace.ts';

type Group<T> = Map<string, T[]>;

function groupBy<T>(items: readonly T[], key: (item: T) => string): Group<T> {
  const groups: Group<T> = new Map();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list) list.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function brief(occurrence: Occurrence): object {
  const { letter, place } = occurrence.copy;
  return {
    letter: letter.key,
    messageId: messageIdOf(letter),
    sha256: occurrence.sha256,
    source: place.source,
    folder: place.folder,
    flags: place.source === 'penhallow' ? place.flags : '',
    path: occurrence.path,
  };
}

/** Other stored letters in which a text recurs, as typed, quoted or as an address: what a redaction must also find. */
function lettersWith(text: string, except: Letter, letters: readonly Letter[], find: Find): string[] {
  const wanted = text.replace(/\s+/g, ' ');
  return letters
    .filter((letter) => letter !== except && letter.kept.length > 0)
    .filter((letter) => {
      const addresses = [letter.from, ...letter.to, ...(letter.cc ?? [])].map((person) => person.address);
      const shown = fullText(letter, find).replace(/^>+ ?/gm, '').replace(/\s+/g, ' ');
      return addresses.includes(wanted) || shown.includes(wanted);
    })
    .map((letter) => letter.key);
}

function featureList(letters: readonly Letter[], byLetter: Group<Occurrence>, find: Find): object {
  const features: Record<string, object[]> = {};
  for (const letter of letters) {
    for (const { feature, ...mark } of letter.marks ?? []) {
      const hashes = new Set((byLetter.get(letter.key) ?? []).map((occurrence) => occurrence.sha256));
      const recurs =
        feature === 'private' && mark.text ? { alsoIn: lettersWith(mark.text, letter, letters, find) } : {};
      const entry = {
        ...mark,
        letter: letter.key,
        messageId: messageIdOf(letter),
        sha256: [...hashes],
        ...recurs,
      };
      features[feature] = [...(features[feature] ?? []), entry];
    }
  }
  return features;
}

function threadList(letters: readonly Letter[], byLetter: Group<Occurrence>, find: Find): object[] {
  const groups = groupBy(letters, (letter) => chainOf(letter, find)[0]?.key ?? '');
  const isStored = (letter: Letter) => byLetter.has(letter.key);
  return [...groups.entries()]
    .filter(([, members]) => members.length > 2)
    .map(([root, members]) => ({
      root: messageIdOf(find(root)),
      subject: find(root).subject,
      messages: members.filter(isStored).map(messageIdOf),
      missing: members.filter((letter) => !isStored(letter)).map(messageIdOf),
      withoutReferences: members.filter((letter) => letter.forgetsParent).map(messageIdOf),
      depth: Math.max(...members.map((letter) => chainOf(letter, find).length)),
      branches: [
        ...groupBy(
          members.filter((letter) => letter.answers),
          (letter) => letter.answers ?? '',
        ).values(),
      ].filter((answers) => answers.length > 1).length,
    }));
}

function duplicates(built: Built): object {
  const sameBytes = [...groupBy(built.occurrences, (occurrence) => occurrence.sha256).entries()]
    .filter(([, list]) => list.length > 1)
    .map(([sha256, list]) => ({ sha256, paths: list.map((occurrence) => occurrence.path) }));
  const named = built.occurrences.filter((occurrence) => messageIdOf(occurrence.copy.letter) !== '');
  const sameMessageId = [...groupBy(named, (occurrence) => messageIdOf(occurrence.copy.letter)).entries()]
    .map(([messageId, list]) => ({
      messageId,
      sha256: [...new Set(list.map((occurrence) => occurrence.sha256))],
    }))
    .filter((entry) => entry.sha256.length > 1);
  return { sameBytes, sameMessageId };
}

export function expectedJson(built: Built, letters: readonly Letter[], find: Find): Buffer {
  const byLetter = groupBy(built.occurrences, (occurrence) => occurrence.copy.letter.key);
  const sources = groupBy(built.occurrences, (occurrence) => occurrence.path.replace(/[#/].*/, ''));
  const content = {
    format: 1,
    convention:
      'sha256 is over the bytes of a message: without From_ line and separating empty line, mboxrd unquoted, line ends as stored',
    counts: {
      occurrences: built.occurrences.length,
      distinctBytes: new Set(built.occurrences.map((occurrence) => occurrence.sha256)).size,
      letters: byLetter.size,
    },
    sources: [...sources.entries()].map(([path, list]) => ({ path: `mail/${path}`, messages: list.length })),
    dkim: built.occurrences
      .filter((occurrence) => occurrence.copy.stored.signatures.length > 0)
      .map((occurrence) => ({ ...brief(occurrence), signatures: occurrence.copy.stored.signatures })),
    features: featureList(letters, byLetter, find),
    threads: threadList(letters, byLetter, find),
    duplicates: duplicates(built),
    occurrences: built.occurrences.map(brief),
  };
  return Buffer.from(`${JSON.stringify(content, null, 1)}\n`, 'utf8');
}
