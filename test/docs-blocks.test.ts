import { existsSync, readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { yamlOf } from '../scripts/site/program';
import * as library from '../src';
import { folderWith, run } from './support/cli';
import { page } from './support/code-in-docs';

// The script of a preview is a part of the compiled package, which tests do not need.
jest.mock('../src/cli/preview-script', () => ({ previewScript: () => 'void 0;' }));

// Every code block of a page runs, parses or type-checks: here, or in the test of the page.

const ROOT = join(__dirname, '..');
const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => existsSync(join(ROOT, 'examples', name, 'README.md')));
const PAGES = [
  'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'bench/README.md', 'examples/README.md', 'examples-languages/README.md',
  ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ...EXAMPLES.map((name) => `examples/${name}/README.md`),
];

interface Block {
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = PAGES.flatMap((file) => {
  const found = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```(\w+)[^\n`]*\n([\s\S]*?)^```$/gm)];
  return found.map(([, language, text], i) => ({ name: `${file}, block ${i + 1}`, language, text }));
});
const blocksIn = (...languages: readonly string[]) => blocks.filter(({ language }) => languages.includes(language));

test('each language of a block is one that is tested', () => {
  // Comments on pull requests are compared by the test of docs/diff.md, changes of a models file by that of docs/ship-a-version.md, and programs in
  // Python are run by test/conformance/python.test.ts.
  expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual(['diff', 'json', 'mermaid', 'python', 'shell', 'ts', 'yaml', 'yml']);
});

test('YAML and JSON parse', () => {
  // Wrong manifests are among the examples of rules, which their own tests check.
  const examples = blocksIn('yaml', 'yml', 'json').filter(({ name }) => !name.startsWith('docs/rules.md'));
  const errors = examples.flatMap(({ name, text }) => parseAllDocuments(text, { logLevel: 'silent' })
    .flatMap((document) => document.errors.map(({ message }) => `${name}: ${message}`)));
  expect(errors).toEqual([]);
});

/** The lines of all shell blocks, without comments; a line goes on after a backslash. */
const lines = blocksIn('shell').flatMap(({ name, text }) => text.replaceAll(/\\\n\s*/g, '').trim().split('\n')
  .map((line) => ({ name, line: line.replace(/\s+# .*$/, '') })));

test('scripts and tasks exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = lines.flatMap(({ line }) => [...line.matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

/** The manifests of an app that a page defines. */
const manifestsOf = (name: string) => yamlOf(/```ts\n([\s\S]*?)```/.exec(page(name))![1]);

const commands = lines.flatMap(({ name, line }) => [...line.matchAll(/(?:^|\| )(?:npx cdk8s-)?seldon-istio (.*)$/g)].map(([, words]) => [name, words] as const));

test('commands are called', () => {
  expect(commands.length).toBeGreaterThan(20);
});

/** Files that some commands name. */
const APPLIED = ['dist/models.k8s.yaml', 'dist/platform.k8s.yaml', 'dist/steps/iris/01-5/a.yaml', 'dist/steps/iris/02-25/a.yaml'];

test.each(commands)('%s: seldon-istio %s', (_, words) => {
  const manifests = manifestsOf('get-started-core2');
  const folder = folderWith({
    ...Object.fromEntries(['dist/a.yaml', 'dist/core2-shadow/a.yaml', 'manifests/a.yaml', 'new/a.yaml', 'old/a.yaml', 'extra.yaml', ...APPLIED].map((path) => [path, manifests])),
    'review/.gitkeep': '',
    'dist/traffic-tests.yaml': 'tests:\n  - name: iris\n    request: { url: http://a.test/v2/models/iris }\n    expect: { split: { iris-v1: 90, iris-v2: 10 } }\n',
  });
  const args = [...words.replace(/ > .*$/, '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word)
    .map((word) => (/^((origin\/)?main|HEAD\^)$/.test(word) ? 'old' : word.replace('$INGRESS', 'a.test').replace('*.k8s', 'a')));

  expect(run(folder, args, { readInput: () => manifests })).toMatchObject({ err: '' });
});

test.each([
  ['get-started-core2', ['iris-v1', 'iris-v2'], 2],
  ['get-started-core1', ['main', 'canary'], 3],
  ['get-started-model-server', ['Service models/price'], 2],
])('the calls in %s are answered', (name, answered, count) => {
  const traffic = folderWith({ 'dist/a.yaml': manifestsOf(name) });
  const calls = lines.filter((line) => line.name.startsWith(`docs/${name}.md`)).map(({ line }) => line).filter((line) => /^(curl|grpcurl) /.test(line));

  expect(calls).toHaveLength(count);
  for (const call of calls) {
    const out = answerTo(call, traffic);
    expect([call, answered.some((backend) => out.includes(backend))]).toEqual([call, true]);
    expect(out).not.toMatch(/^100 % (404|503)/m);
  }
});

const examplesWithCalls = EXAMPLES.map((name) => [name, lines.filter((line) => line.name.startsWith(`examples/${name}/`) && /^(curl|grpcurl) /.test(line.line)).map(({ line }) => line)] as const)
  .filter(([, calls]) => calls.length > 0);

test('examples have calls', () => {
  expect(examplesWithCalls.length).toBeGreaterThan(3);
});

test.each(examplesWithCalls)('the calls in the README of %s are answered', (name, calls) => {
  const manifests = join(ROOT, 'dist', name);
  const folder = folderWith(/routes of Seldon's operator/.test(readFileSync(join(ROOT, 'examples', name, 'README.md'), 'utf8')) ? { 'seldon-istio.yaml': 'core1Routes: operator' } : {});
  for (const call of calls) {
    const out = answerTo(call, folder, manifests);
    expect([call, /^\d+ % (Model|Predictor|Pipeline|[a-z0-9.-]+:\d+)/m.test(out)]).toEqual([call, true]);
  }
});

/** What a call on a page gets. */
function answerTo(call: string, folder: string, manifests: string = 'dist'): string {
  const words = [...call.replaceAll(/\$INGRESS(_IP)?/g, 'a.test').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);
  const { code, out, err } = run(folder, ['trace', manifests, '--', ...words]);
  expect([code, err]).toEqual([0, '']);
  return out;
}

test('the program of get-started-core2.md serves HTTPS after the change that the page describes', () => {
  const [, program, , change] = [.../```ts\n([\s\S]*?)```[\s\S]*(## Serve HTTPS)[\s\S]*?```ts\n([\s\S]*?)```/.exec(page('get-started-core2'))!];
  const changed = program.replace(/^const gateway = .*\n/m, change).replace('{ FastApp, Gateway, ', '{ FastApp, Gateway, GatewayServer, ');
  const folder = folderWith({ 'dist/a.yaml': yamlOf(changed) });
  const of = (url: string) => run(folder, ['trace', 'dist', '--', 'curl', url]).out;

  expect(page('get-started-core2')).toContain('Import `GatewayServer` as well');
  for (const url of ['https://a.test/v2/models/iris/infer', 'http://a.test/v2/models/iris/infer']) expect(of(url)).toContain('90 % Model seldon-mesh/iris-v1');
});

/** What examples in docstrings and on pages refer to. */
const CONSTANTS = [
  ...readFileSync(join(ROOT, 'rosetta/default.ts-fixture'), 'utf8').split('\n').filter((line) => line.startsWith('declare const ')),
  'declare const credit: SeldonDeployment;',
  'declare const explained: SeldonDeployment;',
  'declare const iris: SeldonDeployment;',
  'declare const owner: Chart;',
];

/** A part of a program with all imports and constants. */
function completed(text: string): string {
  const written = text.split('\n');
  return [
    `import { ${Object.keys(library).join(', ')} } from 'cdk8s-seldon-istio';`,
    "import { ApiObject, App, Chart, Duration, Include, JsonPatch } from 'cdk8s';",
    ...written.filter((line) => line.startsWith('import ')),
    ...CONSTANTS,
    '{',
    ...written.filter((line) => !line.startsWith('import ')),
    '}',
  ].join('\n');
}

test.each([
  ['/v2/models/resnet/infer', '100 % triton.models.'],
  ['/predictions/dense/1.0', '90 % dense-v1.models.'],
  ['/v2/models/flowers/infer', '100 % flowers-predictor.kserve.'],
  ['/score/fraud', '100 % score.models.'],
])('in model-servers.md, %s reaches %s', (path, service) => {
  const folder = folderWith({ 'dist/a.yaml': manifestsOf('model-servers') });
  expect(run(folder, ['trace', 'dist', '--', 'curl', `http://a.test${path}`]).out).toContain(service);
});

test('the traffic tests of testing.md pass', () => {
  const [, code] = [...page('testing').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text);
  const passed: string[] = [];
  const modules: { [module: string]: unknown } = {
    'cdk8s': jest.requireActual('cdk8s'),
    'cdk8s-seldon-istio': library,
    'cdk8s-seldon-istio/jest': jest.requireActual('../src/jest'),
  };
  const compiled = ts.transpile(code, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  new Function('require', 'exports', 'test', compiled)((module: string) => modules[module], {}, (name: string, body: () => void) => {
    body();
    passed.push(name);
  });
  expect(passed).toHaveLength(3);
});

test('TypeScript type-checks', () => {
  const programs = new Map(blocksIn('ts').map(({ name, text }, i) => {
    const isWhole = /from 'cdk8s-seldon-istio';/.test(text);
    return [join(ROOT, `docs/block-${i}.ts`), { name, text: isWhole ? text : completed(text) }] as const;
  }));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['src/index.ts'] }, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { readFile, fileExists } = host;
  host.readFile = (file) => programs.get(file)?.text ?? readFile(file);
  host.fileExists = (file) => programs.has(file) || fileExists(file);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => {
    const written = programs.get(file);
    return written === undefined ? getSourceFile.call(host, file, ...rest) : ts.createSourceFile(file, written.text, rest[0]);
  };
  const settings = { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false, types: ['node', 'jest'] };
  const program = ts.createProgram([...programs.keys()], settings, host);
  const problems = [...programs].flatMap(([file, { name }]) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ messageText, start }) => [name, source.text.slice(start, start! + 40).split('\n')[0], ts.flattenDiagnosticMessageText(messageText, ' ')].join(': '));
  });
  expect(programs.size).toBeGreaterThan(30);
  expect(problems).toEqual([]);
});
