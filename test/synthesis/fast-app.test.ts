import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, AppProps, Chart, Lazy, Yaml, YamlOutputType } from 'cdk8s';
import { FastApp, Model, StringMatch, VirtualService } from '../../src';

const outdirs: string[] = [];
const METHODS = Object.getOwnPropertyDescriptors(Yaml);

afterEach(() => {
  outdirs.splice(0).forEach((outdir) => rmSync(outdir, { recursive: true }));
  expect(Object.getOwnPropertyDescriptors(Yaml)).toEqual(METHODS);
});

const configMap = (scope: Chart, id: string, data: unknown) => (
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data } as ConstructorParameters<typeof ApiObject>[2]));

function filesOf(make: (props: AppProps) => App, yamlOutputType?: YamlOutputType): { [file: string]: string } {
  const outdir = mkdtempSync(join(tmpdir(), 'fast-app-'));
  outdirs.push(outdir);
  const app = make({ outdir, yamlOutputType });
  const models = new Chart(app, 'models', { namespace: 'seldon-mesh' });
  new Model(models, 'iris', { storageUri: 'gs://models/iris', requirements: ['sklearn'] });
  new Chart(app, 'empty');
  configMap(new Chart(app, 'settings'), 'lines', { lines: ' a\nb\n', time: '10:30', url: 'http://a.test' });
  app.synth();
  return Object.fromEntries(readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort()
    .map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}

test.each(Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number'))(
  'writes the files of an App, with output type %i', (type) => {
    const files = filesOf((props) => new FastApp(props), type);
    expect(Object.keys(files).length).toBeGreaterThan(0);
    expect(files).toEqual(filesOf((props) => new App(props), type));
  });

test('validates once, however many charts there are', () => {
  let count = 0;
  const synthesize = (app: App) => {
    count = 0;
    for (const id of ['a', 'b', 'c']) configMap(new Chart(app, id), id, { a: 'b' }).node.addValidation({ validate: () => { count++; return []; } });
    return app.synthYaml();
  };
  const expected = synthesize(new App());
  expect(count).toEqual(12);
  expect(synthesize(new FastApp())).toEqual(expected);
  expect(count).toEqual(3);
});

test('writes objects in the order of their dependencies, and those of nested charts once', () => {
  const synthesize = (app: App) => {
    const [outer, other] = ['outer', 'other'].map((id) => new Chart(app, id));
    const inner = new Chart(outer, 'inner');
    const [a, b] = ['a', 'b'].map((id) => configMap(outer, id, {}));
    a.addDependency(b);
    outer.addDependency(other);
    configMap(inner, 'c', {});
    configMap(other, 'd', {});
    return app.synthYaml();
  };
  expect(synthesize(new FastApp())).toEqual(synthesize(new App()));
});

test('writes more objects than a call has room for', () => {
  const app = new FastApp({ outdir: mkdtempSync(join(tmpdir(), 'fast-app-')) });
  outdirs.push(app.outdir);
  const documents = Array.from({ length: 150_000 }, () => ({ a: 'b' }));
  class Large extends Chart {
    public toJson(): unknown[] {
      return documents;
    }
  }
  new Large(app, 'large');
  app.synth();
  expect(readFileSync(join(app.outdir, 'large.k8s.yaml'), 'utf8')).toEqual(documents.map(() => 'a: b\n').join('---\n'));
});

test('fails for an invalid app', () => {
  const app = new FastApp();
  configMap(new Chart(app, 'settings'), 'iris', {}).node.addValidation({ validate: () => ['no data'] });
  expect(() => app.synthYaml()).toThrow('[settings/iris] no data');
});

test('a chart of another app is validated', () => {
  const other = new Chart(new App(), 'settings');
  configMap(other, 'iris', {}).node.addValidation({ validate: () => ['no data'] });
  const app = new FastApp();
  configMap(new Chart(app, 'settings'), 'wine', Lazy.any({ produce: () => other.toJson() }));
  expect(() => app.synthYaml()).toThrow('[settings/iris] no data');
});

test('returns the YAML of an App', () => {
  const synthesize = (app: App) => {
    configMap(new Chart(app, 'settings'), 'iris', { a: 'b' });
    return app.synthYaml();
  };
  expect(synthesize(new FastApp())).toEqual(synthesize(new App()));
});

test('the printer of cdk8s is back after synthesis, and after one that fails', () => {
  const app = new FastApp();
  const chart = new Chart(app, 'settings');
  configMap(chart, 'broken', Lazy.any({ produce: () => { throw new Error('no data'); } }));
  expect(() => app.synthYaml()).toThrow('no data');
});

test('an app can be synthesized while another one is', () => {
  const inner = new FastApp();
  configMap(new Chart(inner, 'settings'), 'inner', { a: '0o7' });
  const outer = new FastApp();
  configMap(new Chart(outer, 'settings'), 'outer', { text: Lazy.any({ produce: () => inner.synthYaml() }), b: '0o7' });

  expect(outer.synthYaml()).toContain('  b: "0o7"\n  text: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: inner\n    data:\n      a: "0o7"\n');
});

function withMatch(app: App, value: string): string {
  new VirtualService(new Chart(app, 'routes', { namespace: 'web' }), 'web', {
    hosts: ['web.web.svc.cluster.local'],
    http: [{ match: [{ headers: { 'x-version': StringMatch.exact(value) } }], route: [{ destination: { host: 'web.web.svc.cluster.local' } }] }],
  });
  return app.synthYaml();
}

test('quotes a string that kubectl would read as a number, which an App rejects', () => {
  expect(withMatch(new FastApp(), '0o17')).toContain('exact: "0o17"\n');
  expect(() => withMatch(new App(), '0o17')).toThrow('exact is the string "0o17". Choose a value that is not a number, since kubectl would read one from the file. '
    + 'A FastApp would write it in quotes (at routes/web)');
});

test('fails for a character that kubectl cannot read in quotes either', () => {
  expect(() => withMatch(new FastApp(), 'a\ud83d')).toThrow('exact contains the character U+D83D in "a\\ud83d". Remove the character, since kubectl could not read the file');
});

test('fails if cdk8s prints an object with such a string, since it does not quote it', () => {
  const twice = { version: '0o7' };
  class Unusual extends Chart {
    public toJson(): unknown[] {
      return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'iris' }, data: [twice, twice] }];
    }
  }
  const app = new FastApp();
  new Unusual(app, 'settings');
  expect(() => app.synthYaml()).toThrow(new Error(
    'ConfigMap "iris" contains a value twice, an unusual key, or a value that is not JSON, so it cannot be written with quotes for data[0].version. Remove it'));
});

test('fails for such a string if cdk8s no longer prints by methods of Yaml', () => {
  const synth = jest.spyOn(App.prototype, 'synth').mockImplementation(() => undefined);
  const app = new FastApp({ outdir: mkdtempSync(join(tmpdir(), 'fast-app-')) });
  outdirs.push(app.outdir);
  configMap(new Chart(app, 'settings'), 'iris', { a: '0o7' });
  try {
    expect(() => app.synth()).toThrow('');
  } finally {
    synth.mockRestore();
  }
});

test('a chart that changes what it writes writes the same as in an App', () => {
  class Changing extends Chart {
    public toJson(): any[] {
      const shared = { a: 1 };
      return super.toJson().map((object) => ({ ...object, when: new Date(0), twice: [shared, shared] }));
    }
  }
  class ChangingInPlace extends Chart {
    public toJson(): any[] {
      const objects = super.toJson();
      for (const object of objects) object.when = new Date(0);
      return objects;
    }
  }
  for (const Own of [Changing, ChangingInPlace]) {
    const written = (app: App) => {
      const chart = new Own(app, 'own');
      for (const id of ['a', 'b', 'c']) configMap(chart, id, { key: 'value' });
      return app.synthYaml();
    };
    expect(written(new FastApp())).toBe(written(new App()));
  }
});

test('a chart that adds to what it writes adds it once, however many times it is written', () => {
  class Adding extends Chart {
    public toJson(): any[] {
      const objects = super.toJson();
      for (const { spec } of objects) spec.requirements.push('xgboost');
      return objects;
    }
  }
  const app = new FastApp();
  const chart = new Adding(app, 'models', { namespace: 'seldon-mesh' });
  for (const id of ['iris', 'wine']) new Model(chart, id, { storageUri: `gs://models/${id}`, requirements: ['sklearn'] });
  const written = app.synthYaml();
  expect(written.match(/xgboost/g)).toHaveLength(2);
  expect(app.synthYaml()).toEqual(written);
});

test('YAML that a lazy value prints is that of cdk8s', () => {
  const written = (app: App) => {
    const chart = new Chart(app, 'own');
    for (const id of ['a', 'b']) configMap(chart, id, { inner: Lazy.any({ produce: () => Yaml.stringify({ mode: '0o7' }) }) });
    return app.synthYaml();
  };
  expect(written(new FastApp())).toBe(written(new App()));
});

test('an unusual key next to a string that needs quotes is rejected, with its path', () => {
  const app = new FastApp();
  configMap(new Chart(app, 'own'), 'a', { ['x'.repeat(1025)]: 1, mode: '0o7' });
  expect(() => app.synthYaml()).toThrow(
    'ConfigMap "a" contains a value twice, an unusual key, or a value that is not JSON, so it cannot be written with quotes for data.mode. Remove it');
});

test.each([['---'], ['<<']])('a key %s next to a string that needs quotes is as an App writes it', (key) => {
  const written = (app: App, mode: string) => {
    configMap(new Chart(app, 'own'), 'a', { [key]: 1, mode });
    return app.synthYaml();
  };
  expect(written(new FastApp(), '0o7')).toBe(written(new App(), 'mode').replace(': mode', ': "0o7"'));
});

test('objects that all depend on each other are written in their order, as soon as others', () => {
  const app = new FastApp();
  const chart = new Chart(app, 'own');
  const objects = Array.from({ length: 40 }, (_, i) => configMap(chart, `o${i}`, {}));
  objects.reverse().forEach((object, i) => object.addDependency(...objects.slice(0, i)));
  expect([...app.synthYaml().matchAll(/name: (\w+)/g)].map(([, name]) => name)).toEqual(objects.map(({ name }) => name));
});

/** cdk8s, loaded once more. */
function secondCopy(): typeof import('cdk8s') {
  let copy: typeof import('cdk8s');
  jest.isolateModules(() => { copy = jest.requireActual('cdk8s'); });
  return copy!;
}

const TWO_COPIES = 'Remove one of the two copies of cdk8s: "npm ls cdk8s" lists them, and "npm dedupe" removes those that are not needed';

test('an App of another copy of cdk8s is rejected, since it would not know our lazy values', () => {
  const copy = secondCopy();
  expect(copy.App).not.toBe(App);
  const chart = new copy.Chart(new copy.App(), 'models', { namespace: 'seldon-mesh' });
  expect(() => new Model(chart, 'iris', { storageUri: 'gs://models/iris' }))
    .toThrow(`the App is of another copy of cdk8s than the constructs of this library. ${TWO_COPIES} (at models/iris)`);
});

test('a lazy value of another copy of cdk8s is rejected with the remedy, and its objects are written', () => {
  const copy = secondCopy();
  const write = (data: unknown) => {
    const app = new FastApp();
    new copy.ApiObject(new copy.Chart(app, 'own'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data } as never);
    return app.synthYaml();
  };
  expect(write({ key: 'value' })).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  key: value\n');
  expect(() => write(copy.Lazy.any({ produce: () => ({}) }))).toThrow(
    `Failed serializing construct at path 'own/a' with name 'a': Error: can't render non-simple object of type 'Lazy'. ${TWO_COPIES}`);
});
