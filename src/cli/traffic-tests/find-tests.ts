import { readdirSync, readFileSync, statSync } from 'fs';
import { join, resolve } from 'path';
import { looksLikeTests, readTests } from './read-tests';
import { TESTS_FILE } from './schema';
import { TestsFile } from './traffic-test';
import { INPUT, isFolder } from '../manifest-files';
import { CannotRun } from '../terminal';
import { textOf } from '../text-of';

/**
 * Files with tests, and the paths that are for manifests.
 *
 * @internal
 */
export interface FoundTests {
  /** The files with tests. */
  readonly files: readonly TestsFile[];
  /** The other paths. */
  readonly manifests: readonly string[];
}

const SKIPPED = /^(?:node_modules|\..*)$/;

/**
 * Finds files with tests: those that are named, whatever their name, and those called traffic-tests.yaml in folders and the folders below.
 *
 * @throws CannotRun if one cannot be read, or has mistakes.
 * @internal
 */
export function findTests(paths: readonly string[], cwd: string): FoundTests {
  const problems: string[] = [];
  const files: TestsFile[] = [];
  const manifests: string[] = [];
  const add = (text: string, file: string) => {
    try {
      files.push(readTests(text, file, cwd));
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      problems.push(...error.problems);
    }
  };
  for (const path of paths) {
    if (path === INPUT || isFolder(cwd, path)) {
      manifests.push(path);
      if (path !== INPUT) for (const file of testsBelow(cwd, path)) add(textIn(cwd, file), file);
      continue;
    }
    const text = textIn(cwd, path);
    if (looksLikeTests(text)) add(text, path);
    else manifests.push(path);
  }
  if (problems.length > 0) throw new CannotRun(problems);
  return { files, manifests };
}

function textIn(cwd: string, path: string): string {
  try {
    return textOf(readFileSync(resolve(cwd, path)));
  } catch (error) {
    throw new CannotRun([`${path} could not be read: ${(error as Error).message}`]);
  }
}

function testsBelow(cwd: string, folder: string): string[] {
  return readdirSync(resolve(cwd, folder)).sort().flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(resolve(cwd, path), { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) return SKIPPED.test(name) ? [] : testsBelow(cwd, path);
    return name === TESTS_FILE && stats?.isFile() === true ? [path] : [];
  });
}
