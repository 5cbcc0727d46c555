import { execFileSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { PAGE_START } from '../../src/preview/page';
import { folderWith, run, writeFiles } from '../support/cli';
import { Reader } from '../support/preview';
import { POLICY, ROUTES } from '../support/traffic';

jest.mock('../../src/cli/preview-script', () => ({ previewScript: () => 'void 0;' }));

const HINT = 'Use `seldon-istio --help` to list commands and options.\n';
const EARLIER = ROUTES.replace('weight: 75', 'weight: 90').replace('weight: 25', 'weight: 10');

const pageIn = (folder: string, file: string = 'preview.html') => new Reader(readFileSync(join(folder, file), 'utf8'), false);

test('writes a page', () => {
  const folder = folderWith({ 'dist/routes.yaml': ROUTES + POLICY });
  const { code, out, err } = run(folder, ['preview']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^preview\.html: \d+ KiB\n$/);
  expect(pageIn(folder).texts('h1, h2')).toEqual(['Routes of dist', 'Who answers a request?', 'Diagram', 'Table of routes', 'Findings']);
});

test('writes to another file, and to standard output', () => {
  const folder = folderWith({ 'a/routes.yaml': ROUTES });
  expect(run(folder, ['preview', 'a', '--output', 'routes.html']).code).toBe(0);
  const { out } = run(folder, ['preview', 'a', '-o', '-']);
  expect(out).toBe(readFileSync(join(folder, 'routes.html'), 'utf8'));
  expect(existsSync(join(folder, 'preview.html'))).toBe(false);
});

test('shows what a change moves, with a request to try', () => {
  const folder = folderWith({ 'old/routes.yaml': EARLIER, 'dist/routes.yaml': ROUTES });
  expect(run(folder, ['preview', '--before', 'old']).code).toBe(0);
  const page = pageIn(folder);
  expect(page.texts('h2')[0]).toBe('Changes of traffic');
  expect(page.texts('header p')).toEqual(['3 routes, 0 errors, 0 warnings, compared with old']);
  expect(page.texts('.change > p, .moves li, .change pre, #changes > p')).toEqual([
    'Requests for /v2/models/iris and /v2/models/iris/* if header x-tester is not "yes" on models.example.com (istio-system/gateway:80)',
    'iris.models.svc.cluster.local:8080 subset v2 10 % → 25 %',
    'iris.models.svc.cluster.local:8080 subset v1 90 % → 75 %',
    'curl http://models.example.com/v2/models/iris',
    'Nothing else changes.',
  ]);
  const data = JSON.parse(page.byId('data').textContent!);
  const example = Number(page.all('.change .try')[0].getAttribute('data-example'));
  expect(data.examples[example]).toEqual({ cluster: 0, input: { host: 'models.example.com', gateway: 'istio-system/gateway', path: '/v2/models/iris', method: 'GET' } });
  expect([data.clusters[0].objects.length, data.clusters[0].before.length]).toEqual([8, 8]);
});

test('compares with a revision of Git, and marks new findings', () => {
  const folder = folderWith({ 'dist/routes.yaml': ROUTES });
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  writeFiles(folder, { 'dist/routes.yaml': ROUTES.replace('subset: v1 }', 'subset: v3 }') });
  expect(run(folder, ['preview', '--before', 'HEAD']).code).toBe(0);
  expect(pageIn(folder).texts('.finding .title').filter((title) => title.includes('subset'))).toEqual(['error unknown-subset new']);
  expect(pageIn(folder).texts('.change > p')[0]).toContain('Requests for /v2/models/iris');
});

test('what arrives, and requests that people cannot send, have no button or no bars', () => {
  const folder = folderWith({ 'old/routes.yaml': ROUTES, 'dist/routes.yaml': ROUTES.replace('5s', '9s') });
  run(folder, ['preview', '--before', 'old']);
  const page = pageIn(folder);
  expect([page.texts('.change li'), page.all('.moves').length]).toEqual([['timeout 5s → 9s'], 0]);
});

test('several clusters have sections of their own', () => {
  const folder = folderWith({ 'dist/dev/routes.yaml': EARLIER, 'dist/prod/routes.yaml': ROUTES });
  run(folder, ['preview']);
  expect(pageIn(folder).texts('#diagram h3, #diagram h4, #routes h3')).toEqual([
    'dist/dev/routes.yaml', 'Host models.example.com', 'dist/prod/routes.yaml', 'Host models.example.com', 'dist/dev/routes.yaml', 'dist/prod/routes.yaml',
  ]);
});

test('a manifest that cannot be read is named in the page and on standard error, and the rest is shown', () => {
  const folder = folderWith({ 'dist/routes.yaml': ROUTES, 'dist/b.yaml': 'apiVersion: v1\nkind: Service\nmetadata: [\n' });
  const { code, err } = run(folder, ['preview']);
  expect(code).toBe(2);
  expect(err).toMatch(/^seldon-istio: dist\/b\.yaml:4:1 is left out, since it could not be read: this is not valid YAML: .*\.\n$/);
  expect(pageIn(folder).texts('.finding .title')[0]).toBe('not read dist/b.yaml:4');
});

test('overwrites a preview, and another file only if that is asked for', () => {
  const folder = folderWith({ 'dist/routes.yaml': ROUTES, 'preview.html': `${PAGE_START}old`, 'other.html': '<!DOCTYPE html>\n<p>mine' });
  expect(run(folder, ['preview']).code).toBe(0);
  expect(readFileSync(join(folder, 'preview.html'), 'utf8').length).toBeGreaterThan(10_000);
  expect(run(folder, ['preview', '-o', 'other.html'])).toEqual({
    code: 2, out: '', err: 'seldon-istio: other.html exists and is not a preview. Give another file with --output, or overwrite it with --force.\n',
  });
  expect(readFileSync(join(folder, 'other.html'), 'utf8')).toBe('<!DOCTYPE html>\n<p>mine');
  expect(run(folder, ['preview', '-o', 'other.html', '--force']).code).toBe(0);
  expect(readFileSync(join(folder, 'other.html'), 'utf8').startsWith(PAGE_START)).toBe(true);
});

describe('fails, and writes nothing', () => {
  const folder = folderWith({ 'dist/routes.yaml': ROUTES, 'empty/a.txt': '', 'file': '' });
  mkdirSync(join(folder, 'folder'));

  test.each([
    ['a folder that does not exist', ['-o', 'missing/a.html'], 'missing/a.html could not be written: its folder does not exist. Give another file with --output.\n'],
    ['a folder as the file', ['-o', 'folder'], 'folder could not be written: it is a folder. Give another file with --output.\n'],
    ['a path below a file', ['-o', 'file/a.html'], 'file/a.html could not be written: a part of the path is a file, not a folder. Give another file with --output.\n'],
    ['no manifests', ['empty'], `there are no manifests in empty. Synthesize first, or give another folder.\n${HINT}`],
    ['neither a folder nor a revision', ['--before', 'nothing'], `"nothing" is not a folder, and no revision can be read from Git: fatal: not a git repository (or any of the parent directories): .git.\n${HINT}`],
    ['a file as the earlier state', ['--before', 'file'], `file is a file. Give a folder or a revision of Git with --before.\n${HINT}`],
    ['a configuration that does not exist', ['--config', 'a.yaml'], 'a.yaml does not exist. Give the configuration file with --config.\n'],
  ])('%s', (_, args, problem) => {
    expect(run(folder, ['preview', ...args])).toEqual({ code: 2, out: '', err: `seldon-istio: ${problem}` });
    expect(existsSync(join(folder, 'preview.html'))).toBe(false);
  });

  test('a path that does not exist', () => {
    expect(run(folder, ['preview', 'nothing'])).toEqual({
      code: 2,
      out: '',
      err: 'seldon-istio: nothing is left out, since it could not be read: there is no such file or folder.\n'
        + `seldon-istio: there are no manifests in nothing. Synthesize first, or give another folder.\n${HINT}`,
    });
    expect(existsSync(join(folder, 'preview.html'))).toBe(false);
  });

  test('no folder dist', () => {
    expect(run(folderWith(), ['preview'])).toEqual({
      code: 2, out: '', err: `seldon-istio: there are no manifests. Give files or folders, as in \`seldon-istio preview dist/\`, or \`-\` for standard input.\n${HINT}`,
    });
  });

  test('a file that must not be written', () => {
    const locked = folderWith({ 'dist/routes.yaml': ROUTES, 'preview.html': PAGE_START });
    chmodSync(join(locked, 'preview.html'), 0o444);
    const { code, err } = run(locked, ['preview']);
    // The superuser writes any file.
    if (process.getuid?.() === 0) expect(code).toBe(0);
    else expect([code, err]).toEqual([2, 'seldon-istio: preview.html could not be written: this user must not write it. Give another file with --output.\n']);
  });
});
