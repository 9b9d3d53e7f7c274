/** What was planted in the sample trove that must not come out of a release. */
import { readFileSync } from 'node:fs';

export interface Private {
  readonly kind: string;
  readonly text: string;
  readonly sha256: readonly string[];
}

const sample = JSON.parse(readFileSync('examples/harbour/expected.json', 'utf8')) as {
  readonly features: { readonly private: readonly Private[] };
};

export const planted: readonly Private[] = sample.features.private;
