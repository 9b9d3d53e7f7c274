/** The browser helper itself: what other tests rely on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser, noBrowser } from './browser.js';

test('a launched browser renders a page without asking the network', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  try {
    const page = await browser.newPage();
    await page.setContent('<p>one</p><p hidden>two</p>');
    assert.equal(await page.getByText('two').isVisible(), false);
    assert.equal(await page.getByText('one').isVisible(), true);
  } finally {
    await browser.close();
  }
});
