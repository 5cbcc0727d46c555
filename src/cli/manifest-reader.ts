import { execFileSync } from 'child_process';
import { readdirSync, readFileSync, statSync } from 'fs';
import { join, relative, resolve } from 'path';
import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import { Manifests } from './manifests';
import { CannotRun } from './terminal';
import { ClusterKind, ClusterObject, kindOf } from '../cluster/cluster-object';
import { isObject, listOf, stringOf } from '../cluster/json';
import { ReadProblem } from '../report/report';

/**
 * How manifests are read.
 *
 * @internal
 */
export interface ReadOptions {
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** The namespace of objects without one. */
  readonly defaultNamespace?: string;
  /** Whether the objects only give context. */
  readonly context?: boolean;
  /** Reads standard input. */
  readInput(): string;
}

/** A text with the name of its file. */
type Source = readonly [file: string, text: string];

const KINDS: ReadonlySet<string> = new Set(Object.values(ClusterKind));

/**
 * Whether a path is a folder.
 *
 * @internal
 */
export function isFolder(cwd: string, path: string): boolean {
  return statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Reads files, the files of folders, and standard input.
 *
 * @internal
 */
export function readPaths(paths: readonly string[], options: ReadOptions): Manifests {
  const sources = new Map<string, string>();
  const problems: ReadProblem[] = [];
  for (const path of paths) {
    try {
      for (const file of path === '-' ? ['-'] : filesOf(options.cwd, path)) {
        sources.set(file, file === '-' ? options.readInput() : readFileSync(resolve(options.cwd, file), 'utf8'));
      }
    } catch (error) {
      problems.push({ file: path, message: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file does not exist' : (error as Error).message });
    }
  }
  return manifestsOf([...sources], problems, options);
}

/**
 * Reads files and folders as they are in a revision of Git.
 *
 * @internal
 */
export function readRevision(revision: string, paths: readonly string[], options: ReadOptions): Manifests {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: options.cwd, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 30 });
  let commit;
  try {
    commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).trim();
  } catch {
    throw new CannotRun([`"${revision}" is neither a folder nor a revision of Git`]);
  }
  const files = git('ls-tree', '-r', '-z', '--name-only', commit, '--', ...paths).split('\0').filter((file) => /\.(ya?ml|json)$/.test(file));
  return manifestsOf(files.map((file) => [file, git('show', `${commit}:./${file}`)]), [], options);
}

function filesOf(cwd: string, path: string): string[] {
  if (!isFolder(cwd, path)) {
    statSync(resolve(cwd, path));
    return [relative(cwd, resolve(cwd, path))];
  }
  return readdirSync(resolve(cwd, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesOf(cwd, join(path, entry.name));
    return /\.(ya?ml|json)$/.test(entry.name) ? [relative(cwd, resolve(cwd, path, entry.name))] : [];
  });
}

function manifestsOf(sources: readonly Source[], unreadable: readonly ReadProblem[], options: ReadOptions): Manifests {
  const objects: ClusterObject[] = [];
  const ignored = new Map<string, number>();
  const problems = [...unreadable];
  let notManifests = 0;
  for (const [file, text] of sources) {
    const documents = documentsOf(file, text, problems);
    for (const manifest of documents.flatMap((document) => (isObject(document) && kindOf(document).endsWith('List') ? listOf(document.items) : [document]))) {
      if (manifest === null) continue;
      const kind = isObject(manifest) ? kindOf(manifest) : '';
      if (isObject(manifest) && KINDS.has(kind)) {
        objects.push(new ClusterObject(manifest, { file, ...options.context === true ? { context: true } : {} }, options.defaultNamespace));
      } else if (isObject(manifest) && kind !== '') {
        const name = stringOf(manifest.kind) ?? kind;
        ignored.set(name, (ignored.get(name) ?? 0) + 1);
      } else {
        notManifests++;
      }
    }
  }
  return { objects, files: sources.length, ignored, notManifests, problems };
}

function documentsOf(file: string, text: string, problems: ReadProblem[]): unknown[] {
  try {
    return loadAll(text, { schema: CORE_SCHEMA.withTags(mergeTag), json: true, maxAliases: 1000 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    problems.push({ file, line: line + 1, column: column + 1, message: error.reason });
    return [];
  }
}
