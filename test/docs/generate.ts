/** `npm run docs`: writes what pages can take from the program itself. The tests beside this file hold them to it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { program } from '../../src/cli/program.js';
import { cliPage } from './cli-page.js';
import { refreshed } from './console.js';
import { generatedPart, marker } from './dependencies-page.js';
import { pagesWithSessions } from './pages.js';

writeFileSync('docs/cli.md', cliPage(await program()));

const dependencies = readFileSync('docs/dependencies.md', 'utf8');
writeFileSync('docs/dependencies.md', dependencies.slice(0, dependencies.indexOf(marker)) + generatedPart());

for (const path of pagesWithSessions) writeFileSync(path, refreshed(path));
