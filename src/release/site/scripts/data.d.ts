/** What a release writes for its scripts, as scripts: the publisher's vkey, and the parts of the search index. */
declare const impartKey: string;
declare const impartParts: number[];
