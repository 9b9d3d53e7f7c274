/**
 * Checks one message in the browser, as docs/release-format.md says: segments → commitment → entry → checkpoint →
 * signature. Nothing is taken from the page but the publisher's key.
 */

(() => {
  const root = '../';
  const findings = element('findings');
  const outcome = element('outcome');
  const number = /** @type {HTMLInputElement} */ (element('number'));
  const files = /** @type {HTMLInputElement} */ (element('files'));
  const isFromDisk = location.protocol === 'file:';
  if (isFromDisk) /** @type {HTMLDetailsElement} */ (element('by-files')).open = true;
  number.value = new URLSearchParams(location.search).get('m') || '';
  element('by-number').addEventListener('submit', (event) => {
    event.preventDefault();
    void checkNumber(number.value);
  });
  files.addEventListener('change', () => void checkFiles());
  if (number.value !== '' && !isFromDisk) void checkNumber(number.value);

  /** @param {string} id */
  function element(id) {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`no element ${id}`);
    return found;
  }

  /** @param {string} text */
  async function checkNumber(text) {
    begin();
    if (isFromDisk)
      return say(false, 'Opened from a disk, this page cannot read the files beside it: choose them below.');
    try {
      const record = await get(`data/messages/${text}.json`);
      const proof = new TextDecoder().decode(await get(`m/${text}/${text}.tlog-proof`));
      const isWhole = JSON.parse(new TextDecoder().decode(record)).original !== null;
      await check(record, proof, isWhole ? await get(`data/messages/${text}.eml`) : undefined);
    } catch (error) {
      say(false, error instanceof Error ? error.message : String(error));
    }
  }

  async function checkFiles() {
    begin();
    const chosen = Array.from(files.files || []);
    /** @param {string} end */
    const find = (end) => chosen.find(({ name }) => name.endsWith(end));
    const [record, proof, original] = [find('.json'), find('.tlog-proof'), find('.eml')];
    if (record === undefined || proof === undefined)
      return say(false, 'Choose the record (.json) and the proof (.tlog-proof) of one message.');
    try {
      const bytes = original === undefined ? undefined : new Uint8Array(await original.arrayBuffer());
      await check(new Uint8Array(await record.arrayBuffer()), await proof.text(), bytes);
    } catch (error) {
      say(false, error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {string} path */
  async function get(path) {
    const response = await fetch(root + path);
    if (!response.ok) throw new Error(`${path} is not in this release.`);
    return new Uint8Array(await response.arrayBuffer());
  }

  function begin() {
    findings.replaceChildren();
    outcome.hidden = false;
  }

  /**
   * @param {boolean} holds
   * @param {string} text
   */
  function say(holds, text) {
    const item = document.createElement('li');
    item.className = holds ? 'holds' : 'fails';
    const word = document.createElement('strong');
    word.textContent = holds ? 'Holds' : 'Does not hold';
    item.append(word, `: ${text}`);
    findings.append(item);
  }

  /**
   * @param {Uint8Array} bytes of the record
   * @param {string} proof
   * @param {Uint8Array | undefined} original
   */
  async function check(bytes, proof, original) {
    const record = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const commitments = commitmentsOf(record.segments, original);
    if (commitments === undefined) return say(false, 'the source is not divided as the record says');
    const hidden = record.segments.filter((/** @type {unknown[]} */ segment) => segment.length === 2).length;
    const commitment = sha256(
      text('impart-message-v1\n'),
      uint32(commitments.length),
      rootOf(commitments.map((one) => sha256(Uint8Array.of(0), one))),
    );
    const entry = JSON.stringify({
      commitment: hex(commitment),
      number: record.number,
      record: hex(impartSha256(bytes)),
      type: 'message',
      v: 1,
    });
    const parts = proofParts(proof);
    const leaf = sha256(Uint8Array.of(0), text(entry));
    const isIncluded = parts !== undefined && leadsToRoot(parts, leaf);
    say(
      isIncluded,
      `message ${record.number}: ${commitments.length} segments, ${hidden} of them hidden, are entry ${parts?.index ?? '?'} of the log at ${parts?.size ?? '?'} entries`,
    );
    if (parts !== undefined) await checkSignature(parts);
  }

  /**
   * @param {[string, string, (string | [string] | number)?][]} segments
   * @param {Uint8Array | undefined} original
   */
  function commitmentsOf(segments, original) {
    let at = 0;
    const commitments = [];
    for (const [, hash, shown] of segments) {
      if (shown === undefined) {
        commitments.push(base64(hash));
        continue;
      }
      let part;
      if (typeof shown === 'number') {
        if (original === undefined || at + shown > original.length) return undefined;
        part = original.subarray(at, at + shown);
        at += shown;
      } else part = typeof shown === 'string' ? text(shown) : base64(shown[0]);
      commitments.push(sha256(text('impart-segment-v1\n'), base64(hash), part));
    }
    return original !== undefined && at !== original.length ? undefined : commitments;
  }

  /**
   * RFC 9162, 2.1.1.
   * @param {Uint8Array[]} leaves
   * @returns {Uint8Array}
   */
  function rootOf(leaves) {
    if (leaves.length === 0) return impartSha256(new Uint8Array());
    let row = leaves;
    while (row.length > 1) {
      const next = [];
      for (let at = 0; at < row.length; at += 2) {
        const [left, right] = [row[at] ?? new Uint8Array(), row[at + 1]];
        next.push(right === undefined ? left : sha256(Uint8Array.of(1), left, right));
      }
      row = next;
    }
    return row[0] ?? new Uint8Array();
  }

  /** @param {string} proof of c2sp.org/tlog-proof */
  function proofParts(proof) {
    const split = proof.indexOf('\n\n');
    const [first, index = '', ...hashes] = proof.slice(0, split).split('\n');
    const note = proof.slice(split + 2);
    const end = note.indexOf('\n\n');
    const [origin = '', size = '', rootHash = ''] = note.slice(0, end).split('\n');
    if (first !== 'c2sp.org/tlog-proof@v1' || !index.startsWith('index ') || end < 0) return undefined;
    return {
      index: Number(index.slice(6)),
      path: hashes.map(base64),
      size: Number(size),
      root: base64(rootHash),
      origin,
      signed: note.slice(0, end + 1),
      signatures: note.slice(end + 2).split('\n'),
    };
  }

  /**
   * RFC 9162, 2.1.3.2.
   * @param {{index: number, path: Uint8Array[], size: number, root: Uint8Array}} proof
   * @param {Uint8Array} leaf
   */
  function leadsToRoot({ index, path, size, root: expected }, leaf) {
    if (!(index < size)) return false;
    let [first, second, hash] = [index, size - 1, leaf];
    for (const sibling of path) {
      if (second === 0) return false;
      if (first % 2 === 1 || first === second) {
        hash = sha256(Uint8Array.of(1), sibling, hash);
        while (first % 2 === 0 && first !== 0)
          [first, second] = [Math.floor(first / 2), Math.floor(second / 2)];
      } else hash = sha256(Uint8Array.of(1), hash, sibling);
      [first, second] = [Math.floor(first / 2), Math.floor(second / 2)];
    }
    return second === 0 && hex(hash) === hex(expected);
  }

  /** @param {{origin: string, signed: string, signatures: string[], size: number}} proof */
  async function checkSignature({ origin, signed, signatures, size }) {
    const [name, , ...encoded] = impartKey.split('+');
    const key = base64(encoded.join('+')).slice(1);
    const line = signatures.find((one) => one.startsWith(`— ${name} `));
    if (origin !== name || line === undefined) return say(false, `the checkpoint is signed as ${name}`);
    const statement = `the checkpoint of ${size} entries is signed with the key ${impartKey}`;
    try {
      const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
      const signature = base64(line.split(' ')[2] ?? '').slice(4);
      say(await crypto.subtle.verify('Ed25519', imported, signature, text(signed)), statement);
    } catch {
      say(false, `this browser cannot check Ed25519 signatures, so not shown is that ${statement}`);
    }
  }

  /** @param {Uint8Array[]} parts */
  function sha256(...parts) {
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return impartSha256(bytes);
  }

  /** @param {string} value */
  function text(value) {
    return new TextEncoder().encode(value);
  }

  /** @param {number} value */
  function uint32(value) {
    return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  }

  /** @param {string} value */
  function base64(value) {
    return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
  }

  /** @param {Uint8Array} bytes */
  function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
})();
