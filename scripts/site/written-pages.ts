import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { HOMEPAGE } from '../../src/report/tool';

/** Markdown by its path below the site. */
export type Pages = ReadonlyMap<string, string>;

/** The pages of docs/: README.md is the first one. */
export function writtenPages(root: string): Pages {
  const names = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return new Map(names.map((name) => [name === 'README.md' ? 'index.md' : name, linksOfSite(readFileSync(join(root, 'docs', name), 'utf8'))]));
}

/** Examples have pages, and other files are on the code host. */
export function linksOfSite(text: string): string {
  return text.replace(/\]\(\.\.\/examples\/([\w-]+)\/?\)/g, '](gallery/$1.md)').replace(/\]\(README\.md/g, '](index.md').replace(/\]\(\.\.\//g, `](${HOMEPAGE}/blob/main/`);
}
