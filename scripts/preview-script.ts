/**
 * Makes the script of the page that `preview` writes: one file, which needs only a browser.
 */
import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { buildSync } from 'esbuild';

const root = resolve(__dirname, '..');

/**
 * The script.
 */
export function previewScript(): string {
  const { outputFiles: [{ text }] } = buildSync({
    absWorkingDir: root,
    entryPoints: ['src/preview/browser/main.ts'],
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return text.trim();
}

/** It is in a page, as it is. */
function write(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, previewScript());
}

if (require.main === module) write(resolve(process.argv[2] ?? join(root, 'lib/src/preview/page-script.js')));
