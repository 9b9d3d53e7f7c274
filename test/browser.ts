/**
 * A real Chromium for the tests that need one as an oracle: the system's where there is one, else the one that
 * `@sparticuz/chromium` carries inside its package.
 *
 *   const browser = await launchBrowser();
 *   if (browser === undefined) { t.skip(noBrowser); return; }
 *   try { … } finally { await browser.close(); }
 */

import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a test says when it skips itself because `launchBrowser` found nothing to launch. */
export const noBrowser = 'no Chromium on this machine and none in @sparticuz/chromium';

/** Nothing but the page under test may reach the network, and none of Chromium's own services should try. */
const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A headless browser, to be closed by the caller; undefined where neither a system Chromium nor the packaged one
 * can be started. `CHROMIUM_PATH` names another executable.
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  const named = process.env.CHROMIUM_PATH;
  const found = named ?? systemPaths.find((path) => existsSync(path));
  if (found !== undefined) return chromium.launch({ executablePath: found, args: quietArguments });
  try {
    const executablePath = await sparticuz.executablePath();
    // In a single process, closing one page at times takes the whole browser with it.
    const args = sparticuz.args.filter((argument) => argument !== '--single-process');
    return await chromium.launch({ executablePath, args: [...args, ...quietArguments] });
  } catch {
    return undefined;
  }
}
