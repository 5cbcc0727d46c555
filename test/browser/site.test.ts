import { existsSync } from 'fs';
import { resolve } from 'path';
import { Browser } from 'playwright-core';
import { axeFindings } from './support/axe';
import { openPage, startBrowser } from './support/browser';
import { FileServer, serveFolder } from './support/server';

const SITE = resolve(__dirname, '../../.site/dist');

/** A page of each kind: the first one, one with a table, one with a diagram, a generated one, and one with all languages. */
const PAGES = ['index.html', 'preview.html', 'concepts.html', 'gallery/core2-traffic-split.html', 'constructs/TrafficSplit.html'];

let browser: Browser;
let server: FileServer;

beforeAll(async () => {
  if (!existsSync(SITE)) throw new Error('there is no site. Build it with `npm run site`');
  server = await serveFolder(SITE);
  browser = await startBrowser();
});

afterAll(async () => {
  server?.close();
  await browser?.close();
});

describe.each(['light', 'dark'] as const)('axe finds nothing in %s colors', (colorScheme) => {
  test.each(PAGES)('%s', async (path) => {
    const { page, faults } = await openPage(browser, `${server.url}/${path}`, { colorScheme });
    await page.waitForLoadState('networkidle');
    expect(await page.locator('h1').count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
    expect(faults.errors).toEqual([]);
    expect(faults.requests.filter((url) => !url.startsWith(server.url))).toEqual([]);
    await page.close();
  });
});
