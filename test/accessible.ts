/** What stands between a page and a reader: what axe-core finds, and what is wider than the screen. */
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** In the page as it is, what is folded unfolded. The page must let a script in: `bypassCSP`, or a policy without one. */
export async function obstacles(page: Page): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
  const found: string[] = [];
  const width = page.viewportSize()?.width ?? 0;
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
  if (wide > width) found.push(`${wide} wide on a screen of ${width}`);
  await page.addScriptTag({ path: axe });
  const violations = (await page.evaluate('axe.run().then((results) => results.violations)')) as Violation[];
  for (const { id, help, nodes } of violations)
    found.push(`${id}: ${help}: ${nodes[0]?.html.slice(0, 200) ?? ''}`);
  return found;
}
