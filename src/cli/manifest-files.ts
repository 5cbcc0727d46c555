import { Dirent, readdirSync, readFileSync, realpathSync, Stats, statSync } from 'fs';
import { isAbsolute, join, relative, resolve } from 'path';
import { kustomizePatches } from './kustomize-patches';
import { Manifests } from './manifests';
import { CannotRun } from './terminal';
import { textOf } from './text-of';
import { KnownDocuments } from '../cluster/yaml/known-documents';
import { looksLikeManifests, readManifests } from '../cluster/yaml/read-manifests';
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
  /** Documents of other files, which are not read again. @default - none */
  readonly known?: KnownDocuments;
  /** Reads standard input. */
  readInput(): string;
}

/**
 * A text with manifests.
 *
 * @internal
 */
export interface Source {
  /** Name of the file, as findings show it. */
  readonly file: string;
  /** Its content. */
  readonly text: string;
  /** Whether the file was asked for by its name, so that it must hold manifests. */
  readonly isNamed: boolean;
}

/**
 * The path that stands for standard input.
 *
 * @internal
 */
export const INPUT = '-';

const INPUT_NAME = 'standard input';
const SKIPPED_FOLDERS = /^(?:node_modules|\..*)$/;
const EXTENSION = /\.(?:ya?ml|json)$/i;

/**
 * Whether a file of a folder can hold manifests, by its name.
 *
 * @internal
 */
export function hasManifestName(path: string): boolean {
  const folders = path.split(/[\\/]/);
  return EXTENSION.test(folders.pop()!) && !folders.some((folder) => folder !== '.' && folder !== '..' && SKIPPED_FOLDERS.test(folder));
}

/**
 * Whether a path is a folder.
 *
 * @internal
 */
export function isFolder(cwd: string, path: string): boolean {
  return statusOf(cwd, path)?.isDirectory() === true;
}

/** Undefined if there is none: also for links that lead to each other, and paths below a file. Why is noticed when it is read. */
function statusOf(cwd: string, path: string): Stats | undefined {
  try {
    return statSync(resolve(cwd, path));
  } catch {
    return undefined;
  }
}

/**
 * Reads files, the files of folders, and standard input. Each file is read once.
 *
 * @internal
 */
export function readPaths(paths: readonly string[], options: ReadOptions): Manifests {
  const problems: ReadProblem[] = [];
  const files = new Map<string, Source>();
  for (const path of paths) {
    const isNamed = path === INPUT || !isFolder(options.cwd, path);
    for (const { name, key, location } of isNamed ? [named(options.cwd, path)] : filesIn(options.cwd, path, problems, new Set())) {
      if (files.has(key)) continue;
      try {
        files.set(key, { file: name, text: path === INPUT ? options.readInput() : textOf(readFileSync(location)), isNamed });
      } catch (error) {
        problems.push({ file: name, message: reasonOf(error) });
      }
    }
  }
  if (files.get(INPUT)?.text.trim() === '') problems.push({ file: INPUT_NAME, message: NO_INPUT });
  return manifestsIn([...files.values()], options, problems);
}

const NO_INPUT = 'it is empty. The command before the pipe may have failed, or found no object';

/**
 * Reads texts.
 *
 * @param sources The texts.
 * @param options How.
 * @param problems What could not be read before.
 * @internal
 */
export function manifestsIn(sources: readonly Source[], options: ReadOptions, problems: readonly ReadProblem[] = []): Manifests {
  const patches = kustomizePatches(sources);
  const looked = sources.filter(({ file, isNamed, text }) => isNamed || (looksLikeManifests(text) && !patches.has(file)));
  const read = looked.map(({ file, isNamed, text }) => ({ file, isNamed, ...readManifests(text, { ...options, file, skipTemplates: !isNamed }) }));
  const ignored = new Map<string, number>();
  for (const [kind, count] of read.flatMap((each) => [...each.ignored])) ignored.set(kind, (ignored.get(kind) ?? 0) + count);
  return {
    objects: read.flatMap(({ objects }) => objects),
    files: read.filter((each) => each.isNamed || each.objects.length + each.ignored.size + each.problems.length > 0).length,
    ignored,
    notManifests: read.reduce((sum, { notManifests }) => sum + notManifests, sources.length - looked.length),
    problems: [...problems, ...read.flatMap(({ file, problems: own }) => own.map((problem) => ({ file, ...problem })))],
  };
}

/** A file, with a key that is the same for all its names. */
interface FileName {
  readonly name: string;
  readonly key: string;
  /** Where to read it. A pipe, such as that of `check <(helm template .)`, has no other name. */
  readonly location: string;
}

function named(cwd: string, path: string): FileName {
  if (path === INPUT) return { name: INPUT_NAME, key: INPUT, location: INPUT };
  const location = resolve(cwd, path);
  return { name: shown(cwd, path), key: keyOf(location), location };
}

function filesIn(cwd: string, folder: string, problems: ReadProblem[], visited: Set<string>): FileName[] {
  const key = keyOf(resolve(cwd, folder));
  // A link to a folder around it, or to one that another link leads to.
  if (visited.has(key)) return [];
  visited.add(key);
  return entriesOf(cwd, folder, problems).flatMap((entry) => {
    const path = join(folder, entry.name);
    const isLinked = entry.isSymbolicLink() && isFolder(cwd, path);
    if (!entry.isDirectory() && !isLinked) return EXTENSION.test(entry.name) && isFile(cwd, path) ? [named(cwd, path)] : [];
    return SKIPPED_FOLDERS.test(entry.name) ? [] : filesIn(cwd, path, problems, visited);
  });
}

/** Pipes and devices could be read for ever. */
function isFile(cwd: string, path: string): boolean {
  return statusOf(cwd, path)?.isFile() ?? true;
}

function entriesOf(cwd: string, folder: string, problems: ReadProblem[]): Dirent[] {
  try {
    return readdirSync(resolve(cwd, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push({ file: shown(cwd, folder), message: reasonOf(error) });
    return [];
  }
}

function keyOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Relative to the working folder, unless an absolute path leads out of it. */
function shown(cwd: string, path: string): string {
  const name = relative(cwd, resolve(cwd, path)) || '.';
  return isAbsolute(path) && name.startsWith('..') ? path : name;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  // A fault of this command has no code.
  if (code === undefined || error instanceof CannotRun) throw error;
  return REASONS.get(code) ?? message;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['ELOOP', 'its links lead to each other'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EACCES', 'it must not be read by this user'],
  ['EPERM', 'it must not be read by this user'],
]);
