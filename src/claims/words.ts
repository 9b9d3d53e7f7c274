/** Words of closed classes, by which a clause is taken apart without a dictionary of the language. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

export const auxiliaries = set(`
  is are was were be been being am has have had having do does did will would can could may might must shall should
  'd 'll 've to not never n't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't isn't aren't
  wasn't weren't mightn't mustn't shouldn't cannot ain't`);
export const negations = set(
  `not never n't no nor neither without hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't isn't
  aren't wasn't weren't cannot`,
);
export const modals = set(
  `will would can could may might must shall should won't wouldn't can't couldn't cannot 'd 'll`,
);
export const subjectPronouns = set(`he she they it we i you who which`);
export const standalonePronouns = set(
  `he she they it we i you who which this that these those others another one some many most both all none everyone
  everybody nobody someone somebody anyone`,
);
export const determiners = set(`
  the a an this that these those some any every each no his her its their our my your another many few several most all
  both either neither two three four five six seven eight nine ten one more such other dozens hundreds`);
export const possessives = set(`his her its their our my your whose`);
export const prepositions = set(`
  of in on at by for from with to about over under after before during between among against across into through
  throughout toward towards upon within without near outside inside behind beyond amid since until despite via per
  around along like unlike off above below up down out as than including regarding concerning`);
export const conjunctions = set(`and or but nor yet so`);
export const subordinators = set(`
  that because when while although though if unless whereas whether where why how what since until after before as once
  even so than`);
export const adverbs = set(`
  also just then now later earlier still even once again already soon often sometimes always ever perhaps maybe
  meanwhile instead thus therefore however moreover nonetheless nevertheless too well only rather quite very much more
  most less least almost nearly further long first last twice afterward afterwards today yesterday tomorrow tonight
  there here simply both each flatly bluntly all one have far back yet`);
export const weekdays = set(`
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun mondays tuesdays`);
export const timeWords = set(`
  today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon evening
  night week month year earlier later ago recently last this previously now then again here there repeatedly publicly
  privately`);
export const titles = set(`
  mr mrs ms miss dr sen rep gov gen col lt capt sgt maj rev prof pres sir lord lady judge justice president senator
  secretary governor mayor chairman chairwoman chair director minister ambassador representative congressman
  congresswoman professor officer detective sheriff general colonel captain pope king queen prince princess chancellor
  spokesman spokeswoman spokesperson analyst founder editor reporter adviser advisor attorney lawyer candidate nominee
  leader strategist aide manager co-founder author columnist correspondent`);

export const isAdverb = (lower: string): boolean =>
  adverbs.has(lower) || (lower.length > 4 && lower.endsWith('ly') && !notAdverbs.has(lower));
const notAdverbs = set(
  `family reply rally ally supply apply comply rely assembly italy july imply anomaly bully`,
);

/** Words after whose full stop a sentence goes on. */
export const abbreviations = set(`
  mr mrs ms dr sen rep reps sens gov gen col lt capt sgt maj rev prof st jr sr jan feb mar apr jun jul aug sept sep oct
  nov dec vs inc corp co ltd no u.s u.k u.n d.c a.m p.m e.g i.e etc ph.d calif fla pa va mass conn ill ind kan md mich
  minn miss mo mont neb nev okla ore tenn tex vt wash wis wyo ariz ark colo del ga la r d i.d n.y n.j n.c s.c n.h n.m
  w.va r.i l.a`);

export const irregularVerbs = set(`
  went goes go going gone came come comes coming took take takes taking got get gets getting made make makes making gave
  give gives giving ran run runs running won win wins winning lost lose loses losing became become becomes began begin
  begins kept keep keeps left leave leaves leaving met meet meets meeting brought bring brings held hold holds sat sits
  stood stands stand led lead leads leading fell fall falls rose rises put puts let lets used uses worked works working
  helped helps tried tries trying appeared appears seemed seems happened happens turned turns moved moves started starts
  served serves continued spent spends paid pays cost costs grew grows drew draws beat beats sent sends built builds
  won't faces faced remains remained includes included follows followed visited attended arrived joined died killed
  attacked entered returned spoke speaks read reads ranked raised raises carried carries`);
