/**
 * Thirty questions as reporters ask them, over every part of the query language.
 *
 * The program keeps its last 8 sets of hits and its last 8 orders by relevance. Of both kinds there are more here, so
 * that queries asked in turn are answered from neither; those that share a set are far apart. library.ts checks it for sets.
 */
import type { SortOrder } from '../src/index/search.js';

export interface BenchQuery {
  readonly text: string;
  readonly sort: SortOrder;
  readonly what: string;
}

const newest = (text: string, what: string): BenchQuery => ({ text, sort: 'date', what });
const best = (text: string, what: string): BenchQuery => ({ text, sort: 'relevance', what });

export const queries: readonly BenchQuery[] = [
  newest('', 'everything'),
  newest('the', 'a word in most messages'),
  newest('please', 'a common word'),
  best('meeting', 'a common word, best first'),
  newest('agreement', 'a word of some messages'),
  best('pipeline', 'a word of some messages, best first'),
  best('bankruptcy', 'a rarer word, best first'),
  newest('watchdog', 'a rarer word'),
  newest('angularjs', 'a rare word'),
  newest('qxzvwkjh', 'a word that is nowhere'),
  newest('"natural gas"', 'a phrase'),
  best('"let me know if you"', 'a phrase of common words, best first'),
  best('"memory leak"', 'a phrase, best first'),
  best('regulat*', 'a prefix, best first'),
  newest('co*', 'a short prefix'),
  best('california OR kernel OR invoice', 'any of three words, best first'),
  newest('power -california', 'one word and not another'),
  newest('message -enron -openbmc', 'a common word and not two others'),
  best('NEAR(price gas, 5)', 'two words near each other, best first'),
  best('the', 'a word in most messages, best first'),
  newest('from:john', 'a sender'),
  newest('to:openbmc subject:patch', 'a recipient and a subject'),
  best('subject:contract body:credit', 'two fields, best first'),
  newest('own:thanks -quoted:thanks', 'own words against quoted ones'),
  newest('date:2001-05..2001-08', 'a range of dates'),
  newest('has:attachment', 'with an attachment'),
  newest('type:patch OR type:pdf', 'types of attachments'),
  newest('发送', 'Chinese'),
  best('(gas OR oil) (contract OR deal) date:2000..2002 -from:phillip', 'a combination, best first'),
  best(
    '"conference call" (california OR ferc) size:<100K has:attachment',
    'a combination with conditions, best first',
  ),
];
