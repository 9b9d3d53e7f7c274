/** The story's letters, chapter by chapter. */
import type { Letter } from '../letter.ts';
import { friends } from './c01-friends.ts';
import { storm } from './c02-storm.ts';
import { award } from './c03-award.ts';
import { pump } from './c04-pump.ts';
import { works } from './c05-works.ts';
import { sediment } from './c06-sediment.ts';
import { variationOrders } from './c07-variations.ts';
import { listDepth } from './c08-list-depth.ts';
import { listOther } from './c09-list-other.ts';
import { inside } from './c10-inside.ts';
import { denial } from './c11-denial.ts';
import { source } from './c11-source.ts';
import { office } from './c12-office.ts';
import { aftermath } from './c13-aftermath.ts';
import { damaged } from './c14-damaged.ts';

export const story: readonly Letter[] = [
  ...friends,
  ...storm,
  ...award,
  ...pump,
  ...works,
  ...sediment,
  ...variationOrders,
  ...listDepth,
  ...listOther,
  ...inside,
  ...source,
  ...denial,
  ...office,
  ...aftermath,
  ...damaged,
];
