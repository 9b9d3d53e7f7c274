/**
 * Where the trove's mail lies, whose it is, and which domain signs with which key when.
 *
 *   penhallow/Dredging.Sediment/RS   → Maildir++ folder `.Dredging.Sediment`, flags replied and seen
 */
import type { SigningPlan } from './dkim.ts';
import type { Letter } from './letter.ts';
import { domainOf, stampMoment } from './trace.ts';

export type SourceName = 'procurement' | 'penhallow' | 'office' | 'list' | 'courier';

export interface Place {
  readonly source: SourceName;
  /** '' where the source has no folders. */
  readonly folder: string;
  /** Maildir flags. */
  readonly flags: string;
  /** addr-specs whose own mail lies here without trace fields when it is in a sent folder. */
  readonly owners: readonly string[];
  readonly domain: string;
  /** Its gateway writes Authentication-Results. */
  readonly checksMail: boolean;
  /** The copy came straight from the author, not through the list. */
  readonly isDirect: boolean;
}

export const listDomain = 'lists.eastmarch-moorings.example';
export const listAddress = `harbour-users@${listDomain}`;

const authority = 'eastmarch-harbour.example';

/** The one organisation whose inner mail never passes a gateway. */
export const exchangeDomain = authority;

interface Source {
  readonly owners: readonly string[];
  readonly domain: string;
  readonly checksMail: boolean;
}

const sources: Readonly<Record<SourceName, Source>> = {
  procurement: { owners: [`m.gedge@${authority}`], domain: authority, checksMail: true },
  penhallow: {
    owners: [`z.penhallow@${authority}`, 'tidewrack@postbox.example'],
    domain: authority,
    checksMail: true,
  },
  office: { owners: [`c.haldane@${authority}`], domain: authority, checksMail: true },
  list: { owners: [], domain: listDomain, checksMail: false },
  courier: {
    owners: ['n.farrow@eastmarchcourier.example'],
    domain: 'eastmarchcourier.example',
    checksMail: false,
  },
};

/** Reads `source/folder/FLAGS`; `source/folder/FLAGS/direct` marks a copy that did not pass the list. */
export function parsePlace(text: string): Place {
  const [name = '', folder = '', flags = '', direct = ''] = text.split('/');
  const source = Object.entries(sources).find(([known]) => known === name);
  if (!source) throw new Error(`no source: ${text}`);
  const isPrivate = folder.startsWith('Private');
  const domain = isPrivate ? 'postbox.example' : source[1].domain;
  return {
    source: source[0] as SourceName,
    folder,
    flags,
    ...source[1],
    domain,
    isDirect: direct === 'direct',
  };
}

type Policy = Pick<SigningPlan, 'domain' | 'selector' | 'key' | 'header' | 'body'>;

/** Key and form with which the author's domain signs at the letter's time; undefined where it does not sign. */
export function signingPolicy(letter: Letter): Policy | undefined {
  const domain = domainOf(letter.from.address);
  const at = stampMoment(letter).time;
  const before = (day: string) => at < Date.parse(`${day}T00:00:00Z`);
  switch (domain) {
    case authority:
      return before('2016-01-04')
        ? { domain, selector: 'gw2014', key: 'eastmarch-gw2014', header: 'relaxed', body: 'relaxed' }
        : { domain, selector: 'gw2016', key: 'eastmarch-gw2016', header: 'relaxed', body: 'relaxed' };
    case 'caldermarine.example': {
      const key = before('2015-10-01') ? 'calder-mail-2013' : 'calder-mail-2015';
      return { domain, selector: 'mail', key, header: 'simple', body: 'simple' };
    }
    case 'northfen-labs.example':
      return { domain, selector: 's1', key: 'northfen-s1', header: 'relaxed', body: 'relaxed' };
    case 'postbox.example':
      return { domain, selector: 'pb2014', key: 'postbox-pb2014', header: 'relaxed', body: 'relaxed' };
    case 'eastmarchcourier.example':
      return { domain, selector: 'k1', key: 'courier-k1', header: 'relaxed', body: 'simple' };
    case 'dredging-weekly.example':
      return { domain, selector: 'nl', key: 'dredging-weekly-nl', header: 'relaxed', body: 'relaxed' };
    default:
      return undefined;
  }
}
