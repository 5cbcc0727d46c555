import { spawnSync } from 'child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'fs';
import { join } from 'path';
import { readRevision } from '../../src/cli/git-files';
import { folderWith, writeFiles } from '../support/cli';

const model = (name: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: { name: ${name} }\n`;
const BROKEN = 'apiVersion: v1\nkind: Service\nmetadata: [\n';

function git(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout.toString().trim();
}

function repositoryWith(files: { readonly [path: string]: string }): string {
  const folder = folderWith(files);
  symlinkSync('a.yaml', join(folder, 'link.yaml'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'first');
  return folder;
}

function read(cwd: string, revision: string, ...paths: string[]) {
  const { objects, notManifests, problems } = readRevision(revision, paths, { cwd, readInput: () => '' });
  return { names: objects.map(({ name, origin }) => `${name} ${origin.file}`), notManifests, problems };
}

const FOLDER = repositoryWith({
  'a.yaml': model('a'),
  'in/ü "b".yaml': `# € ü\n${model('b')}`,
  'in/c.yml': model('c'),
  'in/d.txt': model('d'),
  'in/values.yaml': 'a: 1\n',
  'in/.e/a.yaml': model('e'),
  'in/node_modules/a.yaml': model('f'),
  'in/template.yaml': '{{ if }}\napiVersion: v1\nkind: x\n',
  'in/empty.yaml': '',
  'broken/a.yaml': `${BROKEN}---\n${model('g')}`,
});

test('the files of a folder', () => {
  expect(read(FOLDER, 'HEAD', 'in')).toEqual({ names: ['c in/c.yml', 'b in/ü "b".yaml'], notManifests: 3, problems: [] });
});

test('a named file, and none for one that did not exist', () => {
  expect(read(FOLDER, 'main', 'in/d.txt', 'later.yaml', 'a.yaml').names).toEqual(['a a.yaml', 'd in/d.txt']);
});

test('links are left out, and broken documents are problems', () => {
  expect(read(FOLDER, 'HEAD', 'link.yaml', 'broken')).toMatchObject({ names: ['g broken/a.yaml'], problems: [{ file: 'broken/a.yaml', line: 4 }] });
});

test('the revision counts, not the files on the disk', () => {
  const folder = repositoryWith({ 'a.yaml': model('a'), 'b.yaml': model('b') });
  const first = git(folder, 'rev-parse', '--short', 'HEAD');
  git(folder, 'tag', '-a', 'v1', '-m', 'first');
  rmSync(join(folder, 'b.yaml'));
  writeFiles(folder, { 'a.yaml': model('later') });
  git(folder, 'commit', '--quiet', '-a', '-m', 'second');
  for (const revision of [first, 'v1', 'HEAD~1', 'main^']) expect(read(folder, revision, '.').names).toEqual(['a a.yaml', 'b b.yaml']);
  expect(read(folder, 'HEAD', '.').names).toEqual(['later a.yaml']);
});

test('names are relative to the working folder', () => {
  expect(read(join(FOLDER, 'in'), 'HEAD', '../a.yaml', 'c.yml').names).toEqual(['a ../a.yaml', 'c c.yml']);
  expect(read(join(FOLDER, 'in'), 'HEAD', join(FOLDER, 'a.yaml')).names).toEqual(['a ../a.yaml']);
});

test.each(['none', '', '--all', '-x', 'HEAD:a.yaml', 'HEAD~9', '; touch x', '$(touch x)'])('fails for %j, which is no revision', (revision) => {
  expect(() => read(FOLDER, revision, '.')).toThrow(`"${revision}" is neither a folder nor a revision of Git. Give one of them with --before`);
});

test('fails without a repository', () => {
  expect(() => read(folderWith(), 'HEAD', '.')).toThrow('"HEAD" is not a folder, and no revision can be read from Git: fatal: not a git repository');
});

test('fails for files that are not in the repository', () => {
  expect(() => read(join(FOLDER, 'in'), 'HEAD', folderWith())).toThrow('the earlier state cannot be read from Git: fatal:');
});

test('fails if the contents of a file are missing', () => {
  const folder = repositoryWith({ 'a.yaml': model('a') });
  const id = git(folder, 'rev-parse', 'HEAD:a.yaml');
  const objects = join(folder, '.git', 'objects');
  mkdirSync(join(folder, 'moved'));
  renameSync(join(objects, id.slice(0, 2), id.slice(2)), join(folder, 'moved', 'object'));
  expect(() => read(folder, 'HEAD', '.')).toThrow(`the earlier state cannot be read from Git: object ${id} is missing`);
});
