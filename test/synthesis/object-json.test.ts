import { ApiObject, App, AppProps, Chart, JsonPatch, Lazy, ResolutionContext } from 'cdk8s';
import { ObjectJson } from '../../src/synthesis/object-json';


const toJson = jest.spyOn(ApiObject.prototype, 'toJson');

beforeEach(() => toJson.mockClear());
afterAll(() => toJson.mockRestore());

function object(fields: object, metadata: object = {}, props: AppProps = {}): ApiObject {
  const chart = new Chart(new App(props), 'settings', { namespace: 'web', labels: { team: 'risk' } });
  return new ApiObject(chart, 'iris', { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...fields } as ConstructorParameters<typeof ApiObject>[2]);
}

/** Makes the JSON of an object, of a kind that is proven. Returns how many times cdk8s made it. */
function callsFor(made: ApiObject): number {
  const json = new ObjectJson(App.of(made) as App);
  json.of(object({}));
  toJson.mockClear();
  const text = JSON.stringify(json.of(made));
  const calls = toJson.mock.calls.length;
  expect(text).toEqual(JSON.stringify(made.toJson()));
  return calls;
}

const METADATA = {
  name: 'wine',
  namespace: 'seldon',
  labels: { b: '1', a: '2' },
  annotations: { d: '', c: 'x' },
  finalizers: ['f'],
  ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }],
  generateName: 'g',
  empty: {},
  list: [],
  nested: { empty: {} },
};

test.each<[string, object, object]>([
  ['sorted keys', { data: { b: '1', a: '2', 10: '3', 9: '4' }, binaryData: {} }, {}],
  ['values that are not set', { data: { a: undefined, b: null, c: {}, d: [], e: [{ f: null }] } }, {}],
  ['scalars', { data: { a: 0, b: false, c: '', d: 1.5, e: [1, 'a', true] } }, {}],
  ['lazy values', { data: Lazy.any({ produce: () => ({ b: Lazy.any({ produce: () => 'c' }), a: ['d'] }) }) }, {}],
  ['a lazy value without a value', { data: Lazy.any({ produce: () => undefined }) }, {}],
  ['metadata', {}, METADATA],
  ['no namespace', {}, { namespace: undefined }],
])('makes the JSON of cdk8s: %s', (_what, fields, metadata) => {
  expect(callsFor(object(fields, metadata))).toEqual(0);
});

test('labels that are added later', () => {
  const made = object({});
  made.metadata.addLabel('a', 'b');
  made.metadata.addAnnotation('c', 'd');
  made.metadata.add('e', 'f');
  expect(callsFor(made)).toEqual(0);
});

/** A union of cdk8s import, such as IntOrString. */
class Port {
  constructor(public readonly value: number) {}
}

test.each<[string, object]>([
  ['classes', { data: { port: new Port(80) } }],
  ['implicit tokens', { data: { name: { resolve: () => 'iris' } } }],
  ['maps that inherit', { data: Object.create({ resolve: () => ({ a: 'b' }) }) as object }],
  ['functions', { data: { size: () => 1 } }],
])('leaves %s to cdk8s', (_what, fields) => {
  expect(callsFor(object(fields))).toEqual(1);
});

test('leaves keys that are special in JavaScript to cdk8s', () => {
  const json = new ObjectJson(new App());
  json.of(object({}));
  expect(() => json.of(object({ data: { constructor: 'c' } }))).toThrow("can't render non-simple object of type");
  expect(json.of(object({ data: JSON.parse('{"__proto__": "a", "b": "c"}') as object }))).toMatchObject({ data: { b: 'c' } });
  expect(toJson).toHaveBeenCalledTimes(3);
});

test('leaves patched objects to cdk8s', () => {
  const made = object({ data: { a: 'b' } });
  made.addJsonPatch(JsonPatch.add('/data/c', 'd'));
  expect(callsFor(made)).toEqual(1);
});

test('leaves classes with a method of their own to cdk8s', () => {
  class Secret extends ApiObject {
    public toJson(): unknown {
      return { kind: 'Secret' };
    }
  }
  const chart = new Chart(new App(), 'settings');
  expect(new ObjectJson(App.of(chart) as App).of(new Secret(chart, 'iris', { apiVersion: 'v1', kind: 'ConfigMap' }))).toEqual({ kind: 'Secret' });

  const made = object({});
  made.metadata.toJson = () => ({ name: 'wine' });
  expect(callsFor(made)).toEqual(1);
});

test('leaves apps with a resolver to cdk8s', () => {
  const resolver = { resolve: (context: ResolutionContext) => { if (context.value === 'a') context.replaceValue('b'); } };
  expect(callsFor(object({ data: { text: 'a' } }, {}, { resolvers: [resolver] }))).toEqual(1);
});

test('leaves unsorted keys to cdk8s', () => {
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    expect(callsFor(object({ data: { b: '1', a: '2' } }))).toEqual(1);
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});

test('an error is that of cdk8s', () => {
  const json = new ObjectJson(new App());
  json.of(object({}));
  expect(() => json.of(object({ data: Lazy.any({ produce: () => { throw new Error('no data'); } }) })))
    .toThrow(/^Failed serializing construct at path 'settings\/iris' with name '.+': Error: no data$/);
});

test('cdk8s makes all objects of a kind if it makes the first one in another way', () => {
  const json = new ObjectJson(new App());
  toJson.mockImplementationOnce(() => ({ kind: 'ConfigMap', newer: true }));
  expect(json.of(object({}))).toEqual({ kind: 'ConfigMap', newer: true });
  json.of(object({}));
  json.of(object({}));
  expect(toJson).toHaveBeenCalledTimes(3);
});
