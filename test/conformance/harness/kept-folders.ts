import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { ROOT, TOOLS } from './tools';

/** Folders that are kept for other states of the sources: clones can share the folder of the tools. */
const KEPT = 4;

/**
 * A folder among the tools that is filled once for each key.
 *
 * @param shelf The name of its parent, which keeps the folders of a few keys.
 */
export async function keptFolder(shelf: string, key: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(TOOLS, shelf, key);
  const ready = path.join(folder, 'ready');
  if (!fs.existsSync(ready)) {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    await fill(folder);
    fs.writeFileSync(ready, '');
  }
  const now = new Date();
  fs.utimesSync(folder, now, now);
  removeOld(path.join(TOOLS, shelf));
  return folder;
}

/** The hash of texts and of files of the repository, for a key. */
export function hashOf(texts: readonly string[], sources: readonly string[]): string {
  const hash = crypto.createHash('sha256').update(JSON.stringify(texts));
  for (const file of sources.flatMap((source) => filesOf(path.join(ROOT, source)))) {
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(file: string): string[] {
  return fs.statSync(file).isDirectory() ? fs.readdirSync(file).sort().flatMap((name) => filesOf(path.join(file, name))) : [file];
}

function removeOld(shelf: string): void {
  const age = (name: string) => fs.statSync(path.join(shelf, name)).mtimeMs;
  const old = fs.readdirSync(shelf).sort((a, b) => age(b) - age(a)).slice(KEPT);
  old.forEach((name) => fs.rmSync(path.join(shelf, name), { recursive: true, force: true }));
}
