import * as fs from 'fs';
import * as path from 'path';
import { bindings } from './harness/bindings';
import { newDirectory } from './harness/directories';
import { goPrograms } from './harness/go';
import { compiledJava, javaProject, runJava } from './harness/java';
import { must } from './harness/must';
import { pythonWithWheel, synthWithPython } from './harness/python';
import { ROOT } from './harness/tools';

// People who write Python, Java or Go get the same library: their programs write the manifests of the examples in TypeScript, byte for byte.

const ENV = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

/** A language: how its examples are built, and how one of them runs. */
interface Language {
  build(): Promise<(example: string, outdir: string) => Promise<unknown>>;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  Python: {
    build: async () => {
      const python = await pythonWithWheel();
      return (example, outdir) => synthWithPython(python, path.join(ROOT, 'examples-languages/python', `${example.replace('-', '_')}.py`), outdir);
    },
  },
  Go: {
    build: async () => {
      const programs = await goPrograms();
      return (example, outdir) => must(path.join(programs, example), [], { cwd: programs, env: { ...ENV, CDK8S_OUTDIR: outdir } });
    },
  },
  Java: {
    build: async () => {
      const project = await javaProject();
      const classOf = (example: string) => example.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
      return (example, outdir) => runJava(project, classOf(example), outdir);
    },
  },
};

describe.each(Object.entries(LANGUAGES))('in %s', (_, language) => {
  let run: Awaited<ReturnType<Language['build']>>;

  // The first time, packages of the peers are made and compiled as well.
  beforeAll(async () => { run = await language.build(); }, 900_000);

  test.each([['traffic-split', 'core2-traffic-split'], ['core1-canary', 'core1-canary']])('%s writes the manifests of the example', async (name, example) => {
    const outdir = path.join(newDirectory('languages'), 'dist');
    await run(name, outdir);

    const expected = path.join(ROOT, 'dist', example);
    expect(fs.readdirSync(outdir)).toEqual(fs.readdirSync(expected));
    for (const file of fs.readdirSync(expected)) {
      expect(fs.readFileSync(path.join(outdir, file), 'utf8')).toBe(fs.readFileSync(path.join(expected, file), 'utf8'));
    }
  }, 120_000);
});

// Those in Python are run by python.test.ts.
test('the programs of the pages of constructs compile in Java', async () => {
  const folder = path.join(ROOT, 'docs/constructs');
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'index.md').map((name) => name.replace('.md', ''));
  const programs = new Map(names.map((name) => [`${name}Page`, /```java\n([^`]*)```/.exec(fs.readFileSync(path.join(folder, `${name}.md`), 'utf8'))![1]]));
  expect(await compiledJava(programs)).toEqual([...programs.keys()].sort());
}, 900_000);

/** All code of a language that was generated. */
async function codeOf(language: string): Promise<string> {
  const folder = path.join(await bindings(), language);
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => /\.(go|java|cs)$/.test(file.name));
  expect(files.length).toBeGreaterThan(300);
  return files.map((file) => fs.readFileSync(path.join(file.parentPath, file.name), 'utf8')).join('\n');
}

// C# is generated, and not compiled.
test.each([
  ['go', 'NewCanary(chart, jsii.String("iris"), &CanaryProps{'],
  ['java', 'Canary.Builder.create(chart, "iris")'],
  ['dotnet', 'new Canary(chart, "iris", new CanaryProps {'],
])('the documentation of the %s package has examples in its language, and calls nothing experimental', async (language, example) => {
  const code = await codeOf(language);

  expect(code).toContain(example);
  expect(code).not.toContain('(experimental)');
  expect(code).not.toContain("new Canary(chart, 'iris'");
}, 600_000);
