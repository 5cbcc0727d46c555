import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { namespaceOf, writeManifest } from '../../src/mesh/manifest';
import { ManifestProps } from '../../src/mesh/manifest-props';
import { Mesh } from '../../src/mesh/mesh';

/** A construct like those of the library. */
class Thing extends Construct {
  public size = 1;

  constructor(scope: Construct, id: string, props: ManifestProps = {}) {
    super(scope, id);
    writeManifest(this, { apiVersion: 'example.com/v1', kind: 'Thing', spec: () => ({ size: this.size, none: undefined }) }, props);
  }
}

function chartWith(differs: { namespace?: string; labels?: { [name: string]: string } }): Chart {
  return new Chart(Testing.app(), 'chart', differs);
}

test('defaultChild', () => {
  expect(ApiObject.of(new Thing(chartWith({}), 'iris')).kind).toEqual('Thing');
});

test('minimal', () => {
  const chart = chartWith({});
  new Thing(chart, 'iris');

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "example.com/v1",
    "kind": "Thing",
    "metadata": {
      "name": "iris",
    },
    "spec": {
      "size": 1,
    },
  },
]
`);
});

test('the child that holds the manifest is called Resource', () => {
  expect(new Thing(chartWith({}), 'iris').node.tryFindChild('Resource')).toBeInstanceOf(ApiObject);
});

test('the spec is read when the manifest is written', () => {
  const chart = chartWith({});
  new Thing(chart, 'iris').size = 0;

  expect(Testing.synth(chart)[0].spec).toEqual({ size: 0 });
});

test('the mesh can no longer be configured afterwards', () => {
  const chart = chartWith({});
  new Thing(chart, 'iris');

  expect(() => Mesh.configure(chart, {})).toThrow(new Error(
    'Mesh.configure called after chart/iris used the mesh. Configure the mesh before creating constructs below this scope (at chart)'));
});

describe('metadata', () => {
  test('the name can differ from the id', () => {
    expect(ApiObject.of(new Thing(chartWith({}), 'Iris!', { metadata: { name: 'iris.v2' } })).name).toEqual('iris.v2');
  });

  test('the labels of the chart and of the object are both written, and the object\'s take precedence', () => {
    const chart = chartWith({ labels: { team: 'a', tier: 'x' } });
    new Thing(chart, 'iris', { metadata: { labels: { tier: 'y' }, annotations: { note: 'z' } } });

    expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'iris', labels: { team: 'a', tier: 'y' }, annotations: { note: 'z' } });
  });

  test.each<[string, ManifestProps, string]>([
    ['the chart\'s', {}, 'chart-ns'],
    ['that of the construct', { namespace: 'own' }, 'own'],
    ['that of the metadata', { metadata: { namespace: 'meta' } }, 'meta'],
    ['the same in both', { namespace: 'own', metadata: { namespace: 'own' } }, 'own'],
  ])('the namespace is %s', (_what, props, expected) => {
    const chart = chartWith({ namespace: 'chart-ns' });
    new Thing(chart, 'iris', props);

    expect(Testing.synth(chart)[0].metadata.namespace).toEqual(expected);
    expect(namespaceOf(new Construct(chart, 'other'), props)).toEqual(expected);
  });

  test('there is no namespace when none is set', () => {
    const chart = chartWith({});
    new Thing(chart, 'iris');

    expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'iris' });
    expect(namespaceOf(chart, {})).toBeUndefined();
  });

  test('fails for two namespaces', () => {
    expect(() => new Thing(chartWith({}), 'iris', { namespace: 'a', metadata: { namespace: 'b' } })).toThrow(
      new Error('namespace "a" and metadata.namespace "b". Set only one of them, or both to the same namespace (at chart/iris)'));
  });

  test('fails for an invalid namespace, also that of the chart', () => {
    const error = (where: string) => new Error(
      `namespace "Models". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at ${where})`);

    expect(() => new Thing(chartWith({}), 'iris', { namespace: 'Models' })).toThrow(error('chart/iris'));
    expect(() => new Thing(chartWith({ namespace: 'Models' }), 'iris')).toThrow(error('chart/iris'));
  });

  test.each<[string, ManifestProps]>([['Iris_1', {}], ['iris', { metadata: { name: 'Iris_1' } }]])('fails for an invalid name: %s %j', (id, props) => {
    expect(() => new Thing(chartWith({}), id, props)).toThrow(new Error(
      `name of Thing "Iris_1". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at chart/${id})`));
  });
});

describe('fails for metadata that Kubernetes refuses', () => {
  test.each<[string, object, string]>([
    ['a label', { labels: { 'a b': 'c' } },
      'label "a b" of metadata. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
    ['the value of a label', { labels: { team: 'a b' } },
      'value "a b" of label team of metadata. Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    ['a label that is a number', { labels: { version: 2 } }, 'value 2 of label version of metadata. Expected a string of at most 63 characters'],
    ['an annotation that is a number', { annotations: { version: 2 } }, 'value 2 of annotation version of metadata. Expected a string'],
  ])('%s', (_what, metadata, problem) => {
    expect(() => new Thing(chartWith({}), 'iris', { metadata })).toThrow(new Error(`${problem} (at chart/iris)`));
  });
});

describe('private keys', () => {
  const KEYS = ['-----BEGIN PRIVATE KEY-----\nMIIE', 'x -----BEGIN EC PRIVATE KEY-----', '-----END RSA PRIVATE KEY-----', '-----BEGIN PGP PRIVATE KEY BLOCK-----'];
  const REMEDY = 'Keep it in a secret and give the name of the secret or the path of the file';

  class Holder extends Construct {
    constructor(scope: Construct, id: string, spec: unknown) {
      super(scope, id);
      writeManifest(this, { apiVersion: 'example.com/v1', kind: 'Holder', spec: () => spec }, {});
    }
  }

  test.each(KEYS)('fails for one in an annotation: %j', (key) => {
    expect(() => new Thing(chartWith({}), 'iris', { metadata: { annotations: { note: key } } })).toThrow(new Error(
      `an annotation holds a private key. ${REMEDY} (at chart/iris)`));
  });

  test.each(KEYS)('fails for one anywhere in the spec, when the app is written: %j', (key) => {
    for (const spec of [key, { a: [{ b: [0, null, key] }] }]) {
      const chart = chartWith({});
      new Holder(chart, 'iris', spec);

      expect(() => Testing.synth(chart)).toThrow(`spec of Holder holds a private key. ${REMEDY} (at chart/iris)`);
    }
  });

  test('can be mentioned, and certificates are allowed', () => {
    const spec = { a: 'the PRIVATE KEY of iris', b: '-----BEGIN CERTIFICATE-----', c: '-----BEGIN PUBLIC KEY-----', d: undefined, e: 1 };
    const chart = chartWith({});
    new Holder(chart, 'iris', spec);

    expect(Testing.synth(chart)[0].spec).toEqual({ a: spec.a, b: spec.b, c: spec.c, e: 1 });
  });
});

test('patches can add fields that the types do not have, and change existing ones', () => {
  const chart = chartWith({});
  ApiObject.of(new Thing(chart, 'iris')).addJsonPatch(
    JsonPatch.add('/spec/brandNew', { deep: [1] }),
    JsonPatch.replace('/spec/size', 7),
  );

  expect(Testing.synth(chart)[0].spec).toEqual({ size: 7, brandNew: { deep: [1] } });
});
