import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { main } from '../../src/cli/main';
import { Terminal } from '../../src/cli/terminal';
import { RULES } from '../../src/rules/all';

/** What a command wrote, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const folders: string[] = [];

afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A new folder with files, which is removed after the tests. */
export function folderWith(files: { readonly [path: string]: string } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

/** Writes files into a folder. */
export function writeFiles(folder: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs the command in this process. */
export function run(cwd: string, args: readonly string[], terminal: Partial<Terminal> = {}): Outcome {
  const texts = { out: '', err: '' };
  const code = main(args, {
    cwd,
    env: {},
    isTerminal: false,
    readInput: () => '',
    write: (text) => { texts.out += text; },
    writeError: (text) => { texts.err += text; },
    ...terminal,
  });
  return { code, ...texts };
}

/** Manifests with the fault that a rule finds, from its page. */
export function wrongFor(rule: string): string {
  return RULES.find(({ id }) => id === rule)!.page.wrong;
}

/** The same manifests, corrected. */
export function rightFor(rule: string): string {
  return RULES.find(({ id }) => id === rule)!.page.right;
}
