/** `node query-child.js TROVE ROUNDS` prints what library.ts measured as JSON. */
import { askQueries } from './library.js';

const [dir = '', rounds] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await askQueries(dir, Number(rounds))));
