import { spawnSync } from 'child_process';
import { relative, resolve } from 'path';
import { hasManifestName, manifestsIn, ReadOptions, Source } from './manifest-files';
import { Manifests } from './manifests';
import { CannotRun } from './terminal';
import { textOf } from './text-of';

const MAX_BYTES = 2 ** 30;

/**
 * Reads files, and the files of folders, as they are in a revision of Git. Those that it does not have are left out.
 *
 * @throws CannotRun if there is no such revision.
 * @internal
 */
export function readRevision(revision: string, paths: readonly string[], options: ReadOptions): Manifests {
  return manifestsIn(sourcesIn(options.cwd, commitOf(options.cwd, revision), paths), options);
}

function commitOf(cwd: string, revision: string): string {
  const { status, stdout, stderr } = git(cwd, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]);
  if (status === 0) return stdout.toString().trim();
  const isRepository = git(cwd, ['rev-parse', '--git-dir']).status === 0;
  throw new CannotRun([isRepository
    ? `"${revision}" is neither a folder nor a revision of Git. Give one of them with --before`
    : `"${revision}" is not a folder, and no revision can be read from Git: ${stderr.toString().trim().split('\n')[0]}`], true);
}

function sourcesIn(cwd: string, commit: string, paths: readonly string[]): Source[] {
  const relatives = paths.map((path) => (relative(cwd, resolve(cwd, path)) || '.').replace(/\\/g, '/'));
  const { status, stdout, stderr } = git(cwd, ['ls-tree', '-r', '-z', commit, '--', ...relatives]);
  if (status !== 0) throw new CannotRun([`the earlier state cannot be read from Git: ${stderr.toString().trim().split('\n')[0]}`]);
  const files = stdout.toString().split('\0').flatMap((entry) => {
    // Neither links nor submodules.
    const [, id, file] = /^100\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (file === undefined) return [];
    const isNamed = relatives.includes(file);
    return isNamed || hasManifestName(inFolder(file, relatives)) ? [{ file, id, isNamed }] : [];
  });
  const texts = contentsOf(cwd, files.map(({ id }) => id));
  return files.map(({ file, isNamed }, i) => ({ file, isNamed, text: texts[i] }));
}

/** The path of a file below the folder that was asked for, whose own name may begin with a dot. */
function inFolder(file: string, folders: readonly string[]): string {
  const [folder] = folders.map((name) => `${name}/`).filter((name) => file.startsWith(name)).sort((a, b) => b.length - a.length);
  return folder === undefined ? file : file.slice(folder.length);
}

/** The contents of blobs, by one process. */
function contentsOf(cwd: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const { stdout, stderr } = git(cwd, ['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
  let start = 0;
  return ids.map((id) => {
    const end = stdout.indexOf('\n', start);
    const size = Number(stdout.toString('utf8', start, end).split(' ')[2]);
    // A clone can leave out contents, and fetches them only if it can.
    if (Number.isNaN(size)) throw new CannotRun([`the earlier state cannot be read from Git: object ${id} is missing. ${stderr.toString().trim().split('\n')[0]}`.trim()]);
    const text = textOf(stdout.subarray(end + 1, end + 1 + size));
    start = end + size + 2;
    return text;
  });
}

function git(cwd: string, args: readonly string[], input: string = ''): { status: number | null; stdout: Buffer; stderr: Buffer } {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd, input, maxBuffer: MAX_BYTES, env: { ...process.env, LC_ALL: 'C', GIT_LITERAL_PATHSPECS: '1' } });
  if (error !== undefined) throw new CannotRun([`Git could not be run: ${error.message}`]);
  return { status, stdout, stderr };
}
