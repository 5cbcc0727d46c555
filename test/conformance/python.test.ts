import * as fs from 'fs';
import * as path from 'path';
import { newDirectory } from './harness/directories';
import { must } from './harness/must';
import { run } from './harness/processes';
import { Python, pythonWithWheel, requirements, synthWithPython } from './harness/python';
import { ROOT } from './harness/tools';
import { yamlOf } from '../../scripts/site/program';
import { RULES } from '../../src/rules/all';

// People who write Python get the same library and the same command from the wheel that jsii makes.

const COMMANDS = ['seldon-istio', 'cdk8s-seldon-istio'];

let python: Python;

/** The command as pip installs it. */
const installed = (name: string) => path.join(path.dirname(python.command), name);

/** Runs a command in a folder; the release of Node.js is not what is tested. */
const inFolder = (cwd: string, command: string, ...args: string[]) => run(command, args, {
  cwd, env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', NODE_NO_WARNINGS: '1' },
});

// Compiling, packing and installing take a minute, once for each state of the sources.
beforeAll(async () => { python = await pythonWithWheel(); }, 600_000);

test('the packages come at the exact releases of package.json', () => {
  for (const requirement of requirements()) {
    expect(requirement).toMatch(/^[a-z0-9-]+==\d+\.\d+\.\d+$/);
  }
});

test('the wheel has the name that people install', () => {
  expect(path.basename(python.wheel)).toMatch(/^cdk8s_seldon_istio-.*-py3-none-any\.whl$/);
});

test('the example with a file of models synthesizes the same bytes, its steps included', async () => {
  const outdir = path.join(newDirectory('python'), 'dist');
  const folder = path.join(ROOT, 'examples/models-file');
  await synthWithPython(python, path.join(folder, 'main.py'), outdir, folder);
  const expected = path.join(ROOT, 'dist/models-file');
  const files = fs.readdirSync(expected, { recursive: true }).filter((file) => file.toString().endsWith('.yaml')).map(String).sort();
  expect(fs.readdirSync(outdir, { recursive: true }).filter((file) => file.toString().endsWith('.yaml')).map(String).sort()).toEqual(files);
  for (const file of files) expect(fs.readFileSync(path.join(outdir, file), 'utf8')).toBe(fs.readFileSync(path.join(expected, file), 'utf8'));
});

test.each(['get-started-core1', 'get-started-core2', 'get-started-model-server'])('the program of %s writes the same bytes as that in TypeScript', async (name) => {
  const page = fs.readFileSync(path.join(ROOT, `docs/${name}.md`), 'utf8');
  const directory = newDirectory('python');
  const program = path.join(directory, 'main.py');
  fs.writeFileSync(program, /```python\n([^`]*)```/.exec(page)![1]);
  const outdir = path.join(directory, 'dist');
  await synthWithPython(python, program, outdir);
  const [file, ...others] = fs.readdirSync(outdir);
  expect([fs.readFileSync(path.join(outdir, file), 'utf8'), others]).toEqual([yamlOf(/```ts\n([^`]*)```/.exec(page)![1]), []]);
});

test('the program of each page of a construct writes the YAML of the page', async () => {
  const folder = path.join(ROOT, 'docs/constructs');
  const pages = fs.readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'index.md')
    .map((name) => ({ name: name.replace('.md', ''), text: fs.readFileSync(path.join(folder, name), 'utf8') }));
  const [programs, outdir] = [newDirectory('python'), newDirectory('python')];
  for (const { name, text } of pages) fs.writeFileSync(path.join(programs, `${name}.py`), /```python\n([^`]*)```/.exec(text)![1]);
  await must(python.command, [path.join(__dirname, 'fixtures/run_pages.py'), programs, outdir], { cwd: programs });

  expect(pages.length).toBeGreaterThan(30);
  for (const { name, text } of pages) {
    const written = fs.readdirSync(path.join(outdir, name)).sort().map((file) => fs.readFileSync(path.join(outdir, name, file), 'utf8')).join('---\n');
    expect([name, written]).toEqual([name, /## What it writes\n\n```yaml\n([\s\S]*?)```/.exec(text)![1]]);
  }
}, 300_000);

test('fails when a value is wrong, with the text of the constructor', async () => {
  const directory = newDirectory('python');
  const program = path.join(directory, 'wrong.py');
  fs.writeFileSync(program, fs.readFileSync(path.join(ROOT, 'examples-languages/python/traffic_split.py'), 'utf8').replace('weight=50', 'weight=-50'));
  await expect(synthWithPython(python, program, path.join(directory, 'dist')))
    .rejects.toThrow(/weight -50 of Model seldon-mesh\/iris1. Expected a whole number from 0 to 2147483647 \(at traffic-split\/iris\)/);
});

test('the command is installed by both of its names', () => {
  for (const name of COMMANDS) fs.accessSync(installed(name), fs.constants.X_OK);
});

test.each([
  ['right', 0, ['check', 'right']],
  ['wrong', 1, ['check', 'wrong', '--all']],
  ['not to be read', 2, ['check', 'unreadable']],
  ['named with a wrong option', 2, ['check', 'right', '--outputs', 'json']],
  ['wrong, as JSON', 1, ['check', 'wrong', '--output', 'json']],
])('the command has the same output and exit code as with Node.js if manifests are %s', async (_, code, args) => {
  const folder = newDirectory('python');
  const { wrong, right } = RULES.find(({ id }) => id === 'impossible-path')!.page;
  for (const [name, text] of Object.entries({ right, wrong, unreadable: 'apiVersion: v1\nkind: [' })) {
    fs.mkdirSync(path.join(folder, name));
    fs.writeFileSync(path.join(folder, name, 'manifests.yaml'), text);
  }
  const expected = await inFolder(folder, process.execPath, require.resolve('tsx/cli'), path.join(ROOT, 'src/cli/bin.ts'), ...args);
  expect(expected.code).toBe(code);
  for (const name of COMMANDS) expect(await inFolder(folder, installed(name), ...args)).toEqual(expected);
});
