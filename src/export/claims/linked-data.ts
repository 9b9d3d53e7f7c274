/**
 * Settled claims as linked data: schema.org (Claim, Quotation, and ClaimReview where an editor published one), W3C Web
 * Annotation, W3C PROV-O. Standards are what is exported, not how it is stored.
 */
import type { Anchor } from '../../claims/anchor.js';
import type {
  Ledger,
  LedgerAppearance,
  LedgerProposition,
  LedgerUtterance,
} from '../../store/desk/claims/ledger.js';
import { assessmentWords, fidelityWords } from './badges.js';

const written = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
const urn = (what: string, id: string): string => `urn:impart:${what}:${id}`;
const settled = ({ utterances }: Ledger): LedgerUtterance[] =>
  utterances.filter(({ state }) => state === 'settled');

/** https://schema.org/Claim, https://schema.org/Quotation, https://schema.org/ClaimReview */
export function claimsAsSchema(ledger: Ledger): string {
  const shown = settled(ledger);
  const ids = new Set(shown.map(({ row }) => row.id));
  return written({
    '@context': 'https://schema.org',
    '@graph': [
      ...shown.flatMap((utterance) =>
        utterance.appearances
          .filter(({ verbatim }) => verbatim.length > 0)
          .map((appearance) => quotation(utterance, appearance)),
      ),
      ...ledger.propositions.map((proposition) => claim(proposition, ids)),
      ...ledger.propositions.flatMap(publishedReviews),
    ],
  });
}

function quotation({ row, speaker }: LedgerUtterance, appearance: LedgerAppearance): object {
  return {
    '@type': 'Quotation',
    '@id': urn('appearance', appearance.row.id),
    text: appearance.verbatim.map(({ exact }) => exact).join(' … '),
    creator: {
      '@type': speaker?.sort === 'organisation' ? 'Organization' : 'Person',
      '@id': urn('agent', row.speaker),
      name: speaker?.name ?? '',
    },
    isPartOf: work(appearance),
  };
}

function work({ row, capture }: LedgerAppearance): object {
  return {
    '@type': 'NewsArticle',
    '@id': urn('capture', row.capture),
    headline: capture?.title ?? '',
    url: capture?.canonical_url || capture?.url || '',
    publisher: { '@type': 'Organization', name: capture?.outlet ?? '' },
    ...(capture === undefined || capture.published_at === '' ? {} : { datePublished: capture.published_at }),
  };
}

function claim({ row, utterances }: LedgerProposition, shown: ReadonlySet<string>): object {
  const appearances = utterances
    .filter(({ utterance }) => shown.has(utterance.row.id))
    .flatMap(({ utterance }) => utterance.appearances);
  const [first] = appearances.toSorted((a, b) =>
    (a.capture?.published_at ?? '') < (b.capture?.published_at ?? '') ? -1 : 1,
  );
  return {
    '@type': 'Claim',
    '@id': urn('proposition', row.id),
    text: row.text,
    appearance: appearances.map(work),
    ...(first === undefined ? {} : { firstAppearance: work(first) }),
    claimInterpreter: { '@type': 'Person', name: row.madeBy },
  };
}

/** Only what an editor published as a review. A rating is words: the archive supports, contradicts, is silent. */
function publishedReviews({ row, assessments }: LedgerProposition): object[] {
  return assessments.flatMap((assessment) => {
    const published = assessment.reviews.find(({ decision }) => decision === 'published');
    if (published === undefined || assessment.state !== 'settled') return [];
    return [
      {
        '@type': 'ClaimReview',
        claimReviewed: row.text,
        itemReviewed: { '@id': urn('proposition', row.id) },
        author: { '@type': 'Person', name: published.madeBy },
        datePublished: new Date(published.madeAt).toISOString(),
        reviewRating: { '@type': 'Rating', alternateName: assessmentWords(assessment) },
        reviewBody: assessment.row.why,
      },
    ];
  });
}

/** https://www.w3.org/TR/annotation-model/: each appearance is an annotation on the captured text. */
export function claimsAsAnnotations(ledger: Ledger): string {
  const items = settled(ledger).flatMap((utterance) =>
    utterance.appearances.map((appearance) => ({
      type: 'Annotation',
      id: urn('appearance', appearance.row.id),
      motivation: 'identifying',
      created: new Date(appearance.row.madeAt).toISOString(),
      creator: { type: 'Person', name: appearance.row.madeBy },
      body: {
        type: 'TextualBody',
        format: 'text/plain',
        value: `${utterance.speaker?.name ?? ''}: ${utterance.statements.map(({ does }) => does).join(', ')} (${fidelityWords(appearance).join(', ')})`,
      },
      target: appearance.anchors.map((anchor) => ({
        source:
          appearance.capture?.canonical_url ||
          appearance.capture?.url ||
          urn('capture', appearance.row.capture),
        // The positions count in the captured text, which its digest names.
        state: { type: 'HttpRequestState', value: `text SHA-256 ${appearance.row.digest}` },
        selector: selectors(anchor),
      })),
    })),
  );
  return written({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: urn('annotations', 'claims'),
    type: 'AnnotationCollection',
    total: items.length,
    first: { id: urn('annotations', 'claims:1'), type: 'AnnotationPage', startIndex: 0, items },
  });
}

const selectors = ({ exact, prefix, suffix, start, end }: Anchor): object[] => [
  { type: 'TextQuoteSelector', exact, prefix, suffix },
  { type: 'TextPositionSelector', start, end },
];

/** https://www.w3.org/TR/prov-o/ */
export function claimsAsProvenance(ledger: Ledger): string {
  const graph = settled(ledger).flatMap(({ row, speaker, appearances, reviews }) => [
    { '@id': urn('agent', row.speaker), '@type': 'prov:Agent', 'rdfs:label': speaker?.name ?? '' },
    {
      '@id': urn('utterance', row.id),
      '@type': 'prov:Entity',
      'prov:wasAttributedTo': { '@id': urn('agent', row.speaker) },
    },
    ...appearances.flatMap((appearance) => [
      {
        '@id': urn('appearance', appearance.row.id),
        '@type': 'prov:Entity',
        'prov:wasQuotedFrom': { '@id': urn('capture', appearance.row.capture) },
        'prov:specializationOf': { '@id': urn('utterance', row.id) },
        ...(appearance.hops.length === 0
          ? {}
          : {
              'prov:hadPrimarySource': appearance.hops.map((hop) => ({
                '@id': hop.resolved === undefined ? urn('hop', hop.id) : urn('capture', hop.resolved),
                'rdfs:label': hop.name,
              })),
            }),
      },
      {
        '@id': urn('capture', appearance.row.capture),
        '@type': 'prov:Entity',
        'prov:value': appearance.capture?.bytes ?? '',
        'rdfs:label': appearance.capture?.title ?? '',
      },
    ]),
    ...reviews.map((review) => ({
      '@id': urn('review', review.id),
      '@type': 'prov:Activity',
      'prov:used': { '@id': urn('utterance', row.id) },
      'prov:endedAtTime': { '@type': 'xsd:dateTime', '@value': new Date(review.madeAt).toISOString() },
      'prov:wasAssociatedWith': { '@type': 'prov:Person', 'rdfs:label': review.madeBy },
      'rdfs:label': review.decision,
    })),
  ]);
  return written({
    '@context': {
      prov: 'http://www.w3.org/ns/prov#',
      rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@graph': graph,
  });
}
