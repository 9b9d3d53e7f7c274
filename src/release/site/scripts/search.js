/**
 * Search without a server. The index lies in small scripts, of which a query loads the few that hold its words: scripts,
 * because a page opened from a disk may load those and nothing else.
 *
 *   search/3/terms.js     where the words of messages 6144 to 8191 are: first word of each of their files
 *   search/3/t7.js        words in order, each with its messages
 *   search/3/m2.js        what a hit shows of messages 64 to 95 of them
 */

/** @type {Map<string, unknown>} */
const impartLoaded = new Map();

/**
 * Called by the scripts of the index.
 * @param {string} name
 * @param {unknown} value
 */
// biome-ignore lint/correctness/noUnusedVariables: the scripts of the index call it
function impartData(name, value) {
  impartLoaded.set(name, value);
}

(() => {
  const root = '../';
  /** Messages whose words lie together, messages shown together, hits shown at a time; as search-index.ts has them. */
  const perPart = 2048;
  const perChunk = 32;
  const perPage = 20;
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  const status = element('status');
  const hits = element('hits');
  const more = element('more');
  const field = /** @type {HTMLInputElement} */ (element('words'));
  field.value = new URLSearchParams(location.search).get('q') || '';
  if (field.value.trim() !== '') void run(field.value);

  /** @param {string} id */
  function element(id) {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`no element ${id}`);
    return found;
  }

  /** @param {string} query */
  async function run(query) {
    const wanted = query.split(/\s+/).flatMap((part) =>
      impartWords(part).map((word, at, all) => ({
        word,
        open: part.endsWith('*') && at === all.length - 1,
      })),
    );
    if (wanted.length === 0) return say('There is no word in this.');
    say('Searching…');
    try {
      const found = (await Promise.all(impartParts.map((part) => search(part, wanted)))).flat();
      found.sort((a, b) => b.score - a.score || b.number - a.number);
      say(
        found.length === 0
          ? 'No message has all of these words.'
          : `${found.length === 1 ? '1 message' : `${found.length} messages`}.`,
      );
      await show(found, 0);
    } catch (error) {
      say(`The index cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** @param {string} text */
  function say(text) {
    status.textContent = text;
  }

  /**
   * Messages of one part that have all words.
   * @param {number} part
   * @param {{word: string, open: boolean}[]} wanted
   * @returns {Promise<{number: number, score: number}[]>}
   */
  async function search(part, wanted) {
    const firsts = /** @type {string[]} */ (await load(`${part}/terms`));
    /** @type {Map<number, number> | undefined} */
    let standing;
    for (const { word, open } of wanted) {
      const scores = new Map();
      for (const [at, first] of firsts.entries()) {
        const next = firsts[at + 1];
        // Words of this file are from `first` on and before `next`.
        const isIn =
          (next === undefined || next > word) && (first <= word || (open && first.startsWith(word)));
        if (!isIn) continue;
        const lines = /** @type {string} */ (await load(`${part}/t${at}`)).split('\n');
        for (const line of lines) {
          const split = line.indexOf(' ');
          const term = line.slice(0, split);
          if (open ? term.startsWith(word) : term === word) collect(line.slice(split + 1), scores);
        }
      }
      const before = standing;
      standing =
        before === undefined
          ? scores
          : new Map(
              [...scores].flatMap(([at, score]) =>
                before.has(at) ? [[at, score + (before.get(at) || 0)]] : [],
              ),
            );
      if (standing.size === 0) return [];
    }
    return [...(standing || [])].map(([at, score]) => ({ number: part * perPart + at, score }));
  }

  /**
   * @param {string} postings
   * @param {Map<number, number>} scores
   */
  function collect(postings, scores) {
    /** @type {[number, number][]} */
    const found = [];
    let at = -1;
    let value = 0;
    let scale = 1;
    for (const digit of postings) {
      const bits = digits.indexOf(digit);
      value += (bits % 32) * scale;
      scale *= 32;
      if (bits >= 32) continue;
      at += Math.floor(value / 4) + 1;
      found.push([at, value % 4]);
      value = 0;
      scale = 1;
    }
    // A word that few messages have says more.
    const rarity = 1 + Math.log(perPart / found.length);
    for (const [message, weight] of found)
      scores.set(message, Math.max(scores.get(message) || 0, rarity * (1 + weight)));
  }

  /**
   * @param {{number: number}[]} found
   * @param {number} from
   */
  async function show(found, from) {
    if (from === 0) hits.replaceChildren();
    const page = found.slice(from, from + perPage);
    for (const { number } of page) {
      const part = Math.floor(number / perPart);
      const chunk = Math.floor((number % perPart) / perChunk);
      const rows = /** @type {[number, string, string, string][]} */ (await load(`${part}/m${chunk}`));
      const row = rows.find(([one]) => one === number);
      if (row !== undefined) hits.append(item(row));
    }
    more.hidden = from + perPage >= found.length;
    more.onclick = () => void show(found, from + perPage);
  }

  /** @param {[number, string, string, string]} row */
  function item([number, when, from, subject]) {
    const link = document.createElement('a');
    link.href = `${root}m/${number}/index.html`;
    link.textContent = subject || 'No subject';
    link.dir = 'auto';
    const heading = document.createElement('h2');
    heading.append(link);
    const line = document.createElement('p');
    line.className = 'byline';
    for (const fact of [from || 'no sender', when || 'undated']) {
      const span = document.createElement('span');
      span.textContent = fact;
      span.dir = 'auto';
      line.append(span);
    }
    const article = document.createElement('article');
    article.className = 'hit';
    article.append(heading, line);
    const li = document.createElement('li');
    li.append(article);
    return li;
  }

  /**
   * What a script of the index holds.
   * @param {string} name
   */
  async function load(name) {
    if (!impartLoaded.has(name)) {
      await new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = `${root}search/${name}.js`;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`search/${name}.js is missing`));
        document.head.append(script);
      });
    }
    return impartLoaded.get(name);
  }
})();
