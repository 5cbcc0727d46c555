import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { referencePages } from './site/pages';

/** Writes the pages of all constructs and other types to docs/, where code hosts show them. The sources must have been compiled. */
function main(): void {
  const docs = resolve(__dirname, '../docs');
  const pages = referencePages(resolve(__dirname, '..'));
  for (const folder of ['api', 'constructs']) {
    mkdirSync(join(docs, folder), { recursive: true });
    for (const name of readdirSync(join(docs, folder))) if (name.endsWith('.md')) rmSync(join(docs, folder, name));
  }
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(docs, path)), { recursive: true });
    writeFileSync(join(docs, path), text);
  }
  console.log(`${pages.size} pages in docs/constructs and docs/api`);
}

main();
