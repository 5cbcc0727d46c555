import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { HOMEPAGE } from '../../src/report/tool';

/** Markdown by its path below the site. */
export type Pages = ReadonlyMap<string, string>;

/** The pages of docs/ that people write: README.md is the first one. */
export function writtenPages(root: string): Pages {
  return new Map(namesIn(root, '').map((name) => [name === 'README.md' ? 'index.md' : name, linksOfSite(readFileSync(join(root, 'docs', name), 'utf8'))]));
}

/** The pages of docs/ that `npm run docs` writes: those of constructs and other types. */
export function generatedPages(root: string): Pages {
  const names = ['constructs', 'api'].flatMap((folder) => namesIn(root, folder));
  return new Map(names.map((name) => [name, readFileSync(join(root, 'docs', name), 'utf8')]));
}

function namesIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, 'docs', folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/** Examples have pages, and other files are on the code host. */
export function linksOfSite(text: string): string {
  return text.replace(/\]\(\.\.\/examples\/([\w-]+)\/?\)/g, '](gallery/$1.md)').replace(/\]\(README\.md/g, '](index.md').replace(/\]\(\.\.\//g, `](${HOMEPAGE}/blob/main/`);
}
