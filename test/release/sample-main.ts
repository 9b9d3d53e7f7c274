import { receiveSample, releaseSample } from './sample-release.js';

const dir = process.argv[2] ?? '';
const trove = await receiveSample(dir);
console.log(await releaseSample(trove, `${dir}/release`));
