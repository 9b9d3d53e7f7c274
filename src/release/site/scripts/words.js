/**
 * The words of a text, as search knows them: lower case, without accents; scripts that write no blanks, letter by
 * letter. The index is made with this same script, so that what is looked for is cut as what was indexed.
 *
 *   "Zoë's 2nd berth"  →  zoe s 2nd berth        "港湾"  →  港 湾
 */

/**
 * @param {string} text
 * @returns {string[]}
 */
// biome-ignore lint/correctness/noUnusedVariables: search.js and search-index.ts call it
function impartWords(text) {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '');
  const found =
    plain.match(
      /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}])[\p{L}\p{N}])+/gu,
    ) || [];
  // What is longer is no word but an encoding.
  return found.filter((word) => word.length <= 40);
}
