import { spawnSync } from 'child_process';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { Check } from '../../src';
import { folderWith, rightFor, wrongFor } from '../support/cli';

const root = resolve(__dirname, '../..');
const ERROR = wrongFor('impossible-path');
const WARNING = wrongFor('sticky-header-kept');

type Report = ReturnType<ValidationContext['report']['toJson']>;

/** What the validation reports about files, in the form of cdk8s-cli. */
async function reportOf(
  files: { readonly [name: string]: string },
  properties?: { readonly [name: string]: unknown },
  metadata: { readonly [name: string]: { path: string } } = {},
): Promise<Report> {
  const folder = folderWith(files);
  const manifests = Object.keys(files).filter((name) => name.startsWith('dist/')).map((name) => join(folder, name));
  const context = new ValidationContext(manifests, 'cdk8s-seldon-istio', '1.0.0', { ...metadata });
  jest.spyOn(process, 'cwd').mockReturnValue(folder);
  jest.spyOn(context.logger, 'log').mockImplementation();
  await new Check(properties).validate(context);
  return JSON.parse(JSON.stringify(context.report.toJson()).replaceAll(JSON.stringify(folder).slice(1, -1), '')) as Report;
}

afterEach(() => jest.restoreAllMocks());

describe('the report', () => {
  test('names rule, place, remedy and page, and succeeds with warnings', async () => {
    const { summary, violations } = await reportOf({ 'dist/a.yaml': WARNING });
    expect(summary).toEqual({
      status: 'success', plugin: 'cdk8s-seldon-istio', version: '1.0.0', metadata: { Errors: '0', Warnings: '1', Infos: '0', Accepted: '0' },
    });
    expect(violations).toEqual([{
      ruleName: 'warning sticky-header-kept',
      recommendation: expect.stringMatching(/^A route forwards Seldon's own routing headers \(https:\S+#sticky-header-kept\)$/),
      fix: expect.stringMatching(/^remove the headers, .*\.$/),
      violatingConstructs: [{
        resourceName: 'VirtualService models/iris',
        manifestPath: join('dist', 'a.yaml'),
        locations: [expect.stringMatching(/^line 10 spec\.http\[0\]\S*: requests for "iris" keep .*\.$/)],
      }],
    }]);
  });

  test('has no control characters of manifests', async () => {
    const report = await reportOf({ 'dist/a.yaml': ERROR.replace(/name: \w+/, 'name: "a\\e[31m"'), 'dist/b.yaml': 'kind: Pod\napiVersion: v1\n"\\e[1m": 1\n"\\e[1m": 2\n' });
    expect(JSON.stringify(report)).toContain('a\\\\u001b[31m');
    expect(JSON.stringify(report)).not.toMatch(/[^\\]\\u001b/);
  });

  test('fails with errors', async () => {
    const { summary, violations } = await reportOf({ 'dist/a.yaml': ERROR });
    expect([summary.status, Number(summary.metadata?.Errors) > 0]).toEqual(['failure', true]);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('error impossible-path');
  });

  test('succeeds without findings', async () => {
    const { summary, violations } = await reportOf({ 'dist/a.yaml': rightFor('sticky-header-kept') });
    expect([summary.status, violations]).toEqual(['success', []]);
  });

  test('fails at the level of the properties, or of the configuration', async () => {
    const statusOf = async (...args: Parameters<typeof reportOf>) => (await reportOf(...args)).summary.status;
    expect(await statusOf({ 'dist/a.yaml': WARNING }, { failOn: 'warning' })).toBe('failure');
    expect(await statusOf({ 'dist/a.yaml': WARNING, 'seldon-istio.yaml': 'failOn: warning' })).toBe('failure');
    expect(await statusOf({ 'dist/a.yaml': WARNING, 'c.yaml': 'failOn: warning' }, { config: 'c.yaml' })).toBe('failure');
    expect(await statusOf({ 'dist/a.yaml': WARNING, 'seldon-istio.yaml': 'failOn: warning' }, { failOn: 'error' })).toBe('success');
    expect(await statusOf({ 'dist/a.yaml': ERROR }, { failOn: 'never' })).toBe('success');
  });

  test('shows a manifest that cannot be parsed', async () => {
    const { summary, violations } = await reportOf({ 'dist/a.yaml': 'a: [', 'dist/b.yaml': WARNING });
    expect(summary.status).toBe('failure');
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['unreadable', 'warning sticky-header-kept']);
    expect(violations[0].violatingConstructs).toEqual([{ resourceName: join('dist', 'a.yaml'), manifestPath: join('dist', 'a.yaml'), locations: [expect.stringMatching(/^line \d$/)] }]);
  });

  test('shows a mistake in the configuration', async () => {
    const { summary } = await reportOf({ 'dist/a.yaml': WARNING, 'seldon-istio.yaml': 'failon: error' });
    expect([summary.status, summary.metadata]).toEqual(['failure', { Error: 'seldon-istio.yaml:1:1: unknown field "failon". Did you mean "failOn"?' }]);
  });
});

describe('paths of constructs', () => {
  const model = 'apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: { name: iris, namespace: seldon-mesh }\n';
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: iris, namespace: models }\n';
  const pathIn = ({ violations }: Report) => violations.find(({ ruleName }) => ruleName.includes('sticky-header-kept'))!.violatingConstructs[0].constructPath;

  test('are those of cdk8s-cli where a name is used once', async () => {
    expect(pathIn(await reportOf({ 'dist/a.yaml': WARNING }, {}, { iris: { path: 'app/route/Resource' } }))).toBe('app/route');
    expect(pathIn(await reportOf({ 'dist/a.yaml': WARNING }))).toBeUndefined();
  });

  const others: [string, string][] = [['a Model', model], ['an object of a kind that no rule looks at', config]];
  const constructPath = { iris: { path: 'sample/route' } };

  test.each(others)('are those of the object that is written last, where %s has the same name', async (_, other) => {
    expect(pathIn(await reportOf({ 'dist/a.yaml': `${other}---\n${WARNING}` }, {}, constructPath))).toBe('sample/route');
    expect(pathIn(await reportOf({ 'dist/a.yaml': `${WARNING}\n---\n${other}` }, {}, constructPath))).toBeUndefined();
  });

  test.each(others)('are those of the chart that has the name of the file, where %s has the same name', async (_, other) => {
    const pathWith = async (files: { readonly [name: string]: string }) => pathIn(await reportOf(files, {}, constructPath));
    expect(await pathWith({ 'dist/sample.k8s.yaml': WARNING, 'dist/other.k8s.yaml': other })).toBe('sample/route');
    expect(await pathWith({ 'dist/0000-sample.k8s.yaml': WARNING, 'dist/0001-other.k8s.yaml': other })).toBe('sample/route');
    expect(await pathWith({ 'dist/sample.k8s.yaml': `${WARNING}\n---\n${other}`, 'dist/other.k8s.yaml': other })).toBeUndefined();
    expect(await pathWith({ 'dist/other.k8s.yaml': WARNING, 'dist/sample.k8s.yaml': other })).toBeUndefined();
    expect(await pathWith({ 'dist/a.yaml': WARNING, 'dist/b.yaml': other })).toBeUndefined();
  });

  test('are left out for an object that is written twice', async () => {
    const { violations } = await reportOf({ 'dist/sample.k8s.yaml': `${WARNING}\n---\n${WARNING}` }, {}, constructPath);
    expect(violations.flatMap(({ violatingConstructs }) => violatingConstructs.map((each) => each.constructPath))).toEqual([undefined, undefined]);
  });

  test('are those of the record, if there is one', async () => {
    const record = JSON.stringify([
      { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'models', name: 'iris', path: 'app/route' },
      { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', namespace: 'models', name: 'iris', path: 'app/model' },
    ]);
    expect(pathIn(await reportOf({ 'dist/a.yaml': WARNING, 'dist/b.yaml': model, 'dist/.seldon-istio-constructs': record }, {}, { iris: { path: 'app/model' } }))).toBe('app/route');
  });
});

describe('fails for properties that do not exist', () => {
  test.each([
    [{ failon: 'error' }, 'unknown property "failon" of the validation. Did you mean "failOn"?'],
    [{ zzz: 'error' }, 'unknown property "zzz" of the validation. Use failOn, config, defaultNamespace'],
    [{ failOn: 'errors' }, 'failOn must be error, warning, info or never, but is "errors"'],
    [{ config: 7 }, 'property "config" of the validation must be a string, but is 7'],
  ])('%j', (properties, message) => {
    expect(() => new Check(properties)).toThrow(message);
  });
});

interface Synthesis {
  readonly folder: string;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `cdk8s synth` prints for an app with a route and a Model of the same name. */
function synth(app: string, constructs: string): Synthesis {
  const load = `require(${JSON.stringify(require.resolve('tsx/cjs'))});`;
  const folder = folderWith({
    'cdk8s.yaml': 'language: typescript\napp: node main.js\nvalidations:\n  - { package: ./check.js, version: 1.0.0, class: Check }\n',
    'check.js': `${load}\nmodule.exports = require(${JSON.stringify(join(root, 'src/cli/cdk8s-plugin.ts'))});\n`,
    'main.js': `${load}
const { ApiObject, App, Chart } = require(${JSON.stringify(join(root, 'node_modules/cdk8s'))});
const { parse } = require(${JSON.stringify(join(root, 'node_modules/yaml'))});
const library = () => require(${JSON.stringify(join(root, 'src/index.ts'))});
const app = ${app};
const chart = new Chart(app, 'sample', { namespace: 'models' });
const route = () => new ApiObject(chart, 'route', parse(${JSON.stringify(WARNING)}));
const metadata = { name: 'iris' };
const model = () => new ApiObject(chart, 'model', { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', metadata, spec: { storageUri: 'gs://a/b' } });
${constructs}
app.synth();
`,
  });
  const { CDK8S_RECORD_CONSTRUCT_METADATA, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth'], {
    cwd: folder, encoding: 'utf8', env: { ...env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  return { folder, status, stdout, stderr };
}

describe('cdk8s synth shows the construct of a route, although a Model has its name', () => {
  test.each([
    ['constructs of this library', 'new App()', "route(); new (library().Model)(chart, 'iris', { namespace: 'seldon-mesh', storageUri: 'gs://a/b', requirements: ['sklearn'] });"],
    ['a mesh and only raw objects', 'new App()', 'library().Mesh.configure(app, {}); route(); model();'],
    ['a FastApp and only raw objects', 'new (library().FastApp)()', 'route(); model();'],
    ['nothing of this library, where the route is written last', 'new App()', 'model(); route();'],
  ])('in an app with %s', (_, app, constructs) => {
    const { folder, status, stdout, stderr } = synth(app, constructs);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('warning sticky-header-kept (1 occurrences)')]);
    expect(stdout).toContain('- Construct Path: sample/route\n');
    expect(stdout).toContain('- Resource Name: VirtualService models/iris\n');
    expect(existsSync(join(folder, 'dist'))).toBe(true);
    expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['construct-metadata.json', 'sample.k8s.yaml']);
    expect(readFileSync(join(folder, 'dist', 'sample.k8s.yaml'), 'utf8')).toContain('kind: Model');
  }, 60_000);

  test('but shows none rather than that of the Model, in an app without this library', () => {
    const { status, stdout } = synth('new App()', 'route(); model();');
    expect([status, stdout]).toEqual([0, expect.stringContaining('- Resource Name: VirtualService models/iris\n')]);
    expect(stdout).not.toContain('Construct Path: sample');
  }, 60_000);
});
