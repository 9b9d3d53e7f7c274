/**
 * Links that tell who opens them: addresses of web pages with a value in them which was made for one reader.
 *
 *   https://news.example/?utm_source=mail&mc_eid=3f9a0b1c2d     the link, whole
 */
import type { Place, Rule } from './rule.js';

export const trackingLinkRule: Rule = {
  name: 'tracking-link',
  version: 1,
  kind: 'tracking link',
  title: 'Links that tell who opens them',
  precision:
    'Links with the parameters and the hosts of mass mailers, and links with long random values. Links to documents with a random name are found too. Links without any of that are not.',
  find: findTrackingLinks,
};

const link = /(?<![A-Za-z0-9])https?:\/\/[^\s<>"'()[\]{}\\^`|]{8,2000}/gi;
const parameter =
  /[?&;](?:utm_\w+|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|vero_id|oly_(?:enc|anon)_id|fbclid|gclid|msclkid|igshid|e?mail_?id|subscriber(?:_?id)?|recipient(?:_?id)?|uid|user_?id|contact_?id|trk\w*|track(?:ing)?(?:_?id)?|email|cid|sid|token|unsub\w*|confirm\w*)=[^&\s]{2,}/i;
const mailer =
  /^https?:\/\/(?:[^/]*\.)?(?:list-manage\.com|mailchi\.mp|sendgrid\.net|mandrillapp\.com|mailgun\.org|sparkpostmail\.com|exacttarget\.com|rs6\.net|constantcontact\.com|hubspotemail\.net|createsend\.com|cmail\d+\.com|mlsend\.com|sendinblue\.com|pardot\.com|marketo\.com|eloqua\.com|click\.[^/]+|links?\.[^/]+|track(?:ing)?\.[^/]+|email\.[^/]+|go\.[^/]+|trk\.[^/]+|url\d+\.[^/]+)\/.{12}/i;
/** 32 letters and digits in a row, both kinds: an identity rather than a name. */
const random = /[/=](?=[\w-]{0,30}\d)(?=[\w-]{0,30}[A-Za-z])[A-Za-z0-9_-]{32,}/;

function* findTrackingLinks(text: string): Generator<Place> {
  for (const { 0: written, index } of text.matchAll(link)) {
    const url = written.replace(/[.,;:!?]+$/, '');
    if (parameter.test(url) || mailer.test(url) || random.test(url))
      yield { start: index, end: index + url.length, value: url };
  }
}
