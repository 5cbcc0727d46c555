import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { CannotRun } from './terminal';

/** Set when the command is bundled into one file. */
declare const BUNDLED_PREVIEW_SCRIPT: string | undefined;

/** Next to the compiled files, for which the sources look, too. */
const FILES = ['../preview/page-script.js', '../../lib/src/preview/page-script.js'];

/**
 * The script of a preview, which is made when this package is compiled.
 *
 * @throws CannotRun if it is not compiled.
 * @internal
 */
export function previewScript(): string {
  if (typeof BUNDLED_PREVIEW_SCRIPT === 'string') return BUNDLED_PREVIEW_SCRIPT;
  const file = FILES.map((path) => join(__dirname, path)).find((path) => existsSync(path));
  if (file === undefined) throw new CannotRun(['the script of the page is missing. Install this package again, or run `npx projen compile` in its sources']);
  return readFileSync(file, 'utf8');
}
