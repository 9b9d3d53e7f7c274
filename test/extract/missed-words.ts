/** Why words that another program finds in a file of the corpus are not in the text read here. */
export const missedWords: ReadonlyMap<string, string> = new Map([]);
