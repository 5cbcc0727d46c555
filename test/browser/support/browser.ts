import { existsSync } from 'fs';
import { delimiter, join } from 'path';
import { Browser, BrowserContextOptions, chromium, Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Starts Chromium without a screen. */
export async function startBrowser(): Promise<Browser> {
  // The superuser of a container has no sandbox.
  return chromium.launch({ executablePath: chromiumPath(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

function chromiumPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = process.env.CHROMIUM ?? NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined) throw new Error('Chromium was not found. Install it, as with `apt-get install chromium`, or set CHROMIUM to its path');
  return found;
}

/** What a page did that it must not do. */
export interface PageFaults {
  /** Addresses that it asked for, other than its own. */
  readonly requests: string[];
  /** Errors and warnings of its console, and errors of its script. */
  readonly errors: string[];
}

/** A page that was opened. */
export interface OpenedPage {
  readonly page: Page;
  readonly faults: PageFaults;
}

/** Opens a page. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const page = await browser.newPage(options);
  const faults: PageFaults = { requests: [], errors: [] };
  page.on('request', (request) => { if (request.url() !== url) faults.requests.push(request.url()); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.errors.push(message.text()); });
  page.on('pageerror', (error) => faults.errors.push(error.message));
  await page.goto(url);
  return { page, faults };
}
