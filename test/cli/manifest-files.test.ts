import { chmodSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { readPaths } from '../../src/cli/manifest-files';
import { folderWith } from '../support/cli';

const model = (name: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: { name: ${name} }\n`;
const BROKEN = 'apiVersion: v1\nkind: Service\nmetadata: [\n';

function read(files: { readonly [path: string]: string }, ...paths: string[]) {
  return readIn(folderWith(files), ...paths);
}

function readIn(cwd: string, ...paths: string[]) {
  const { objects, files, ignored, notManifests, problems } = readPaths(paths, { cwd, readInput: () => model('input') });
  return { names: objects.map(({ name, origin }) => `${name} ${origin.file}`), files, ignored: [...ignored], notManifests, problems };
}

describe('folders', () => {
  test('are read with their folders, ordered by name', () => {
    const { names, files } = read({
      'in/b.yaml': model('b'),
      'in/a/z.yml': model('z'),
      'in/a/c.json': JSON.stringify({ apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', metadata: { name: 'c' } }),
      'in/c.YAML': model('d'),
      'in/d.txt': model('e'),
      'in/.hidden/a.yaml': model('f'),
      'in/node_modules/x/a.yaml': model('g'),
    }, 'in');
    expect(names).toEqual([`c ${join('in', 'a', 'c.json')}`, `z ${join('in', 'a', 'z.yml')}`, `b ${join('in', 'b.yaml')}`, `d ${join('in', 'c.YAML')}`]);
    expect(files).toBe(4);
  });

  test('files that hold no manifests are skipped and counted', () => {
    expect(read({
      'values.yaml': 'image: { tag: a }\nreplicas: 1\nreplicas: 2\n',
      'patch-values.yaml': 'patches:\n  - apiVersion: v1\n    kind: Service\n    kind: Service\n',
      'Chart.yaml': 'apiVersion: v2\nname: chart\n',
      'templates/a.yaml': '{{- if .Values.a }}\napiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: { name: {{ .Release.Name }} }\n{{- end }}\n',
      'templates/b.yaml': model('"{{ .Release.Name }}"'),
      '.github/workflows/ci.yaml': 'on: push\n',
      'docker-compose.yml': 'services: { a: { image: b } }\n',
      'package.json': '{ "name": "a" }\n',
      'mkdocs.yml': 'theme: !!python/name:x\na: [\n',
    }, '.')).toEqual({ names: [], files: 0, ignored: [], notManifests: 8, problems: [] });
  });

  test('patches of Kustomize are skipped and counted, unless they are asked for', () => {
    const folder = folderWith({
      'base/kustomization.yaml': 'resources: [app.yaml]\n',
      'base/app.yaml': model('a'),
      'base/patch.yaml': model('no-patch'),
      'dev/kustomization.yml': 'resources: [../base]\npatches:\n  - path: patch.yaml\n  - patch: "[]"\n    target: { kind: Model }\n',
      'dev/patch.yaml': model('a'),
      'prod/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base, more.yaml]\n'
        + 'patchesStrategicMerge: [./patches/size.yaml, ../shared.yaml]\npatchesJson6902:\n  - path: json.yaml\n',
      'prod/patches/size.yaml': model('a'),
      'prod/json.yaml': model('a'),
      'prod/more.yaml': model('more'),
      'shared.yaml': model('a'),
      'broken/kustomization.yaml': 'patches: [\n',
      'broken/patch.yaml': model('b'),
    });
    expect(readIn(folder, '.')).toEqual({
      names: [`a ${join('base', 'app.yaml')}`, `no-patch ${join('base', 'patch.yaml')}`, `b ${join('broken', 'patch.yaml')}`, `more ${join('prod', 'more.yaml')}`],
      files: 5,
      ignored: [['Kustomization', 1]],
      notManifests: 7,
      problems: [],
    });
    expect(readIn(folder, 'dev/patch.yaml').names).toEqual([`a ${join('dev', 'patch.yaml')}`]);
  });

  test('other kinds are counted', () => {
    const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n';
    expect(read({ 'kustomization.yaml': kustomization, 'a.yaml': model('a') }, '.')).toMatchObject({ files: 2, ignored: [['Kustomization', 1]], notManifests: 0 });
  });

  test('manifests next to an alert with braces are read', () => {
    const text = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: { summary: "{{ $labels.pod }}" }\n---\n${model('a')}`;
    expect(read({ 'all.yaml': text }, '.')).toMatchObject({ names: ['a all.yaml'], ignored: [['PrometheusRule', 1]], notManifests: 0, problems: [] });
  });

  test('two broken documents hide no others', () => {
    const text = `${model('a')}---\n${BROKEN}---\n${model('b')}---\n${BROKEN}`;
    expect(read({ 'a.yaml': text, 'b.yaml': model('c') }, '.')).toMatchObject({
      names: ['a a.yaml', 'b a.yaml', 'c b.yaml'], problems: [{ file: 'a.yaml', line: 8 }, { file: 'a.yaml', line: 16 }],
    });
  });

  test('links that lead nowhere, or back, are no obstacle', () => {
    const folder = folderWith({ 'in/a.yaml': model('a') });
    symlinkSync(join(folder, 'in'), join(folder, 'in', 'again'));
    symlinkSync(join(folder, 'none'), join(folder, 'in', 'b.yaml'));
    expect(readIn(folder, 'in')).toMatchObject({ names: [`a ${join('in', 'a.yaml')}`], problems: [{ file: join('in', 'b.yaml'), message: 'there is no such file or folder' }] });
  });
});

describe('paths that cannot be read', () => {
  test('are problems, and the others are read', () => {
    const folder = folderWith({ 'in/a.yaml': model('a') });
    symlinkSync('b.yaml', join(folder, 'in', 'b.yaml'));
    const long = 'x'.repeat(5_000);
    expect(readIn(folder, 'in', 'in/b.yaml', 'in/a.yaml/c', long)).toMatchObject({
      names: [`a ${join('in', 'a.yaml')}`],
      problems: [
        { file: join('in', 'b.yaml'), message: 'its links lead to each other' },
        { file: join('in', 'b.yaml'), message: 'its links lead to each other' },
        { file: join('in', 'a.yaml', 'c'), message: 'a part of the path is a file, not a folder' },
        { file: long, message: 'the name is too long' },
      ],
    });
  });
});

describe('files', () => {
  test('that are named are read whatever their name', () => {
    expect(read({ 'a.txt': model('a'), '.b': model('b') }, 'a.txt', '.b')).toMatchObject({ names: ['a a.txt', 'b .b'], files: 2 });
  });

  test('that are named and cannot be parsed are problems', () => {
    const { problems } = read({ 'template.yaml': 'a: {{ .b }}\n', 'values.yaml': 'a: [\n', 'chart.yaml': 'a: 1\n' }, 'template.yaml', 'values.yaml', 'chart.yaml');
    expect(problems.map(({ file }) => file)).toEqual(['template.yaml', 'values.yaml']);
  });

  test('can be in UTF-16', () => {
    const folder = folderWith();
    const content = Buffer.from(`\ufeff${model('a')}`, 'utf16le');
    writeFileSync(join(folder, 'a.yaml'), content);
    writeFileSync(join(folder, 'b.yaml'), Buffer.from(content).swap16());
    expect(readIn(folder, '.')).toMatchObject({ names: ['a a.yaml', 'a b.yaml'], problems: [] });
  });

  test('that do not exist are problems', () => {
    expect(read({ 'a.yaml': model('a') }, 'b.yaml', 'a.yaml', 'c/').problems).toEqual([
      { file: 'b.yaml', message: 'there is no such file or folder' }, { file: 'c', message: 'there is no such file or folder' },
    ]);
  });

  // Root may read all files.
  (process.getuid?.() === 0 ? test.skip : test)('that must not be read are problems', () => {
    const folder = folderWith({ 'a.yaml': model('a'), 'b.yaml': model('b') });
    chmodSync(join(folder, 'a.yaml'), 0);
    expect(readIn(folder, '.')).toMatchObject({ names: ['b b.yaml'], problems: [{ file: 'a.yaml', message: 'it must not be read by this user' }] });
  });

  test('are read once, whatever they are called', () => {
    expect(read({ 'in/a.yaml': model('a') }, 'in/a.yaml', 'in', './in/../in/a.yaml').files).toBe(1);
  });
});

test('standard input', () => {
  expect(read({}, '-', '-')).toMatchObject({ names: ['input standard input'], files: 1 });
});
