import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { ResourceType, SeldonIdentity } from '../../../src/plan/backend';
import { StringMatch } from '../../../src/plan/string-match';
import { Model, ModelProps } from '../../../src/seldon/core2/model';
import { Pipeline } from '../../../src/seldon/core2/pipeline';

function chartOf(namespace?: string): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function model(props: Partial<ModelProps> = {}, id = 'iris'): Model {
  return new Model(chartOf('models'), id, { storageUri: 'gs://bucket/iris', ...props });
}

function specOf(props: Partial<ModelProps>): Record<string, unknown> {
  return ApiObject.of(model(props)).toJson().spec;
}

test('defaultChild', () => {
  expect(ApiObject.of(model()).kind).toEqual('Model');
});

test('minimal', () => {
  const chart = Testing.chart();
  new Model(chart, 'iris', { storageUri: 'gs://seldon-models/mlserver/iris' });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "mlops.seldon.io/v1alpha1",
    "kind": "Model",
    "metadata": {
      "name": "iris",
    },
    "spec": {
      "storageUri": "gs://seldon-models/mlserver/iris",
    },
  },
]
`);
});

test('every field', () => {
  expect(specOf({
    artifactVersion: 0,
    secretName: 'rclone',
    requirements: ['sklearn'],
    modelType: 'mlserver',
    memory: Size.mebibytes(500),
    replicas: 2,
    minReplicas: 1,
    maxReplicas: 3,
    server: 'mlserver',
    parameters: [{ name: 'b', value: '1' }, { name: 'a', value: '' }],
    logger: { percent: 0 },
    explainer: { type: 'anchor_tabular', modelRef: 'income' },
    cleanTopicsOnDelete: false,
    preloaded: false,
    dedicated: true,
    schemaUri: 'gs://bucket/schema',
  })).toEqual({
    storageUri: 'gs://bucket/iris',
    artifactVersion: 0,
    secretName: 'rclone',
    requirements: ['sklearn'],
    modelType: 'mlserver',
    memory: '500Mi',
    replicas: 2,
    minReplicas: 1,
    maxReplicas: 3,
    server: 'mlserver',
    parameters: [{ name: 'b', value: '1' }, { name: 'a', value: '' }],
    logger: { percent: 0 },
    explainer: { type: 'anchor_tabular', modelRef: 'income' },
    dataflow: { cleanTopicsOnDelete: false },
    preloaded: false,
    dedicated: true,
    schemaUri: 'gs://bucket/schema',
  });
});

test('can wrap a large language model', () => {
  expect(specOf({ llm: { modelRef: 'chat' } }).llm).toEqual({ modelRef: 'chat' });
  expect(specOf({ llm: { pipelineRef: 'chat' }, cleanTopicsOnDelete: true }))
    .toEqual({ storageUri: 'gs://bucket/iris', llm: { pipelineRef: 'chat' }, dataflow: { cleanTopicsOnDelete: true } });
});

test('can explain a pipeline, or nothing but itself', () => {
  expect(specOf({ explainer: { type: 'anchor_text', pipelineRef: 'p' } }).explainer).toEqual({ type: 'anchor_text', pipelineRef: 'p' });
  expect(specOf({ explainer: { type: 'tree_shap' } }).explainer).toEqual({ type: 'tree_shap' });
});

test('a logger without a share is written', () => {
  expect(specOf({ logger: {} }).logger).toEqual({});
});

test('accepts namespace, name and labels', () => {
  const made = model({ namespace: 'other', metadata: { name: 'iris-2', labels: { a: 'b' } } });
  expect(ApiObject.of(made).toJson().metadata).toEqual({ name: 'iris-2', namespace: 'other', labels: { a: 'b' } });
  expect([made.modelName, made.modelNamespace]).toEqual(['iris-2', 'other']);
});

test('keeps patches with fields that the types do not have', () => {
  const made = model();
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/future', { deep: [1] }), JsonPatch.add('/future', true));
  expect(ApiObject.of(made).toJson()).toEqual({
    apiVersion: 'mlops.seldon.io/v1alpha1',
    kind: 'Model',
    metadata: { name: 'iris', namespace: 'models' },
    spec: { storageUri: 'gs://bucket/iris', future: { deep: [1] } },
    future: true,
  });
});

test('replicas 0 alone gives a warning', () => {
  expect(Warnings.find(model({ replicas: 0 }))).toEqual(['replicas 0 without minReplicas. Some releases of Seldon read it as 1. Set minReplicas: 0 as well (at chart/iris)']);
  expect(Warnings.find(model({ replicas: 0, minReplicas: 0 }))).toEqual([]);
});

describe('fields that the operator ignores', () => {
  test.each<[Partial<ModelProps>, string]>([
    [{ preloaded: false }, 'preloaded. Seldon\'s operator ignores it. Leave it out'],
    [{ dedicated: true }, 'dedicated. Seldon\'s operator ignores it. Leave it out'],
    [{ schemaUri: 'gs://bucket/schema' }, 'schemaUri. Seldon\'s operator ignores it. Leave it out'],
    [{ logger: { percent: 0 } }, 'percent of logger. Seldon\'s operator ignores it and logs everything. Leave it out'],
  ])('%j gives a warning', (props, warning) => {
    expect(Warnings.find(model(props))).toEqual([`${warning} (at chart/iris)`]);
  });

  test('are written, and their warnings only printed', () => {
    const printed = jest.spyOn(console, 'warn').mockImplementation();
    const made = model({ preloaded: true, logger: { percent: 10 } });
    const [written] = Testing.synth(Chart.of(made));
    const lines = printed.mock.calls;
    printed.mockRestore();

    expect(written).toEqual({
      apiVersion: 'mlops.seldon.io/v1alpha1',
      kind: 'Model',
      metadata: { name: 'iris', namespace: 'models' },
      spec: { storageUri: 'gs://bucket/iris', preloaded: true, logger: { percent: 10 } },
    });
    expect(lines).toEqual(Warnings.find(made).map((warning) => [`warning: ${warning}`]));
    expect(lines).toHaveLength(2);
  });

  test('others give none', () => {
    expect(Warnings.find(model({ logger: {}, cleanTopicsOnDelete: true, explainer: { type: 'anchor_tabular' } }))).toEqual([]);
  });
});

test.each([
  [Size.kibibytes(100), '100Ki'],
  [Size.gibibytes(99999), '99999Gi'],
  [Size.tebibytes(99), '99Ti'],
  // Kubernetes does not keep these as integers, and Seldon's operator would refuse them.
  [Size.gibibytes(1.5), '1610612736'],
  [Size.gibibytes(100000), '107374182400000'],
  [Size.tebibytes(100), '109951162777600'],
  [Size.pebibyte(1), '1125899906842624'],
  [Size.kibibytes(976.5625), '1000000'],
])('memory %# is written so that the operator can read it', (memory, written) => {
  expect(specOf({ memory }).memory).toEqual(written);
});

test.each([
  [{ replicas: 0 }], [{ minReplicas: 2 }], [{ replicas: 0, minReplicas: 0, maxReplicas: 0 }], [{ replicas: 5, maxReplicas: 0 }],
  [{ replicas: 2, minReplicas: 2, maxReplicas: 2 }],
])('takes the replicas %j', (replicas) => {
  expect(specOf(replicas)).toEqual({ storageUri: 'gs://bucket/iris', ...replicas });
});

describe('as a backend', () => {
  test('is picked by its name behind the Service of its namespace', () => {
    const made = model();
    expect(made.target(made)).toEqual({
      description: 'Model models/iris',
      host: 'seldon-mesh.models.svc.cluster.local',
      namespace: 'models',
      port: 80,
      grpc: { port: 80 },
      ports: [80, 9003],
      requestHeaders: { 'seldon-model': 'iris' },
      removeRequestHeaders: ['x-seldon-route', 'seldon-internal-model'],
      paths: [StringMatch.prefix('/v2')],
      protocol: 'v2',
      grpcHeaders: { 'seldon-model': 'iris' },
      seldon: SeldonIdentity.ofResource(ResourceType.MODEL, 'iris'),
    });
  });

  test('fails without a namespace', () => {
    const made = new Model(chartOf(), 'iris', { storageUri: 'gs://bucket/iris' });
    expect(() => made.target(made)).toThrow(new Error('Model iris has no namespace. '
      + 'Set the namespace of the chart or of the backend, since Seldon has one Service per namespace (at chart/iris)'));
  });
});

describe('a Model that this app does not define', () => {
  test('is known by name, in the namespace of the chart', () => {
    const chart = chartOf('models');
    Mesh.configure(chart, { clusterDomain: 'example.org' });
    const found = Model.fromModelName(chart, 'other', 'iris-v1');
    expect([found.modelName, found.modelNamespace, found.target(chart).host, found.target(chart).requestHeaders])
      .toEqual(['iris-v1', 'models', 'seldon-mesh.models.svc.example.org', { 'seldon-model': 'iris-v1' }]);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('can be in another namespace', () => {
    expect(Model.fromModelName(chartOf('models'), 'other', 'iris', { namespace: 'team' }).modelNamespace).toEqual('team');
  });

  test('fails with a name that Seldon refuses', () => {
    expect(() => Model.fromModelName(chartOf(), 'other', 'iris.v1')).toThrow(new Error('name of Model "iris.v1". Expected '
      + 'lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores (at chart/other)'));
  });
});

const RULE = 'Expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores';
const OBJECT_RULE = 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit';
const INT32 = 'Expected a whole number from 0 to 2147483647';

test('fails without anything', () => {
  expect(() => new Model(chartOf(), 'iris', undefined as never)).toThrow(new Error('props undefined. Expected an object with storageUri (at chart/iris)'));
});

test.each(['iris.v1', 'Iris', 'iris_1', '-iris', 'iris-', 'a'.repeat(254)])('fails with the name %s', (id) => {
  expect(() => model({}, id)).toThrow(new Error(`name of Model "${id}". ${RULE} (at chart/${id})`));
});

test.each<[string, Partial<ModelProps>, string]>([
  ['not set', { storageUri: undefined }, 'storageUri undefined. Set the location of the model\'s files, such as "gs://models/iris"'],
  ['another field for it', { storageUri: undefined, ...{ storageURI: 'gs://a' } }, 'unknown field "storageURI". Did you mean storageUri?'],
  ['one requirement outside a list', { requirements: 'sklearn' as never }, 'requirements "sklearn". Expected a list of strings'],
  ['a requirement that is nothing', { requirements: ['sklearn', undefined as never] }, 'requirements[1] undefined. Expected a string'],
  ['a type that is a number', { modelType: 5 as never }, 'modelType 5. Expected a string'],
  ['memory as Kubernetes writes it', { memory: '1Gi' as never }, 'memory "1Gi". Expected a Size, such as Size.gibibytes(1)'],
  ['replicas in quotes', { replicas: '1' as never }, `replicas "1". ${INT32}`],
  ['parameters outside a list', { parameters: { a: 'b' } as never }, 'parameters an object. Expected a list of objects with name and value'],
  ['a parameter without a name', { parameters: [{ value: 'b' } as never] }, 'parameters[0].name undefined. Expected a string'],
  ['a parameter that is a number', { parameters: [{ name: 'a', value: 5 as never }] }, 'parameters[0].value 5. Expected a string'],
  ['an explainer without a type', { explainer: {} as never }, 'explainer.type undefined. Expected a string'],
  ['a secret that is a number', { secretName: 5 as never }, `secretName 5. ${OBJECT_RULE}`],
  ['a name that is a number', { metadata: { name: 5 as never } }, `name of Model 5. ${RULE}`],
  ...['gs://models/iris ', ' gs://models/iris', 'gs ://models/iris', 'gs://my models/iris', 'gs://models/iris\n'].map((storageUri): [string, Partial<ModelProps>, string] => [
    'a blank', { storageUri }, `storageUri ${JSON.stringify(storageUri)} with a blank. Rclone would read it as part of the name. Remove the blank`,
  ]),
  ['no place of files', { storageUri: ' ' }, 'an empty storageUri. Set the location of the model\'s files'],
  ['an empty type', { modelType: '' }, 'an empty modelType. Set a value, or leave it out'],
  ['an empty schema', { schemaUri: '' }, 'an empty schemaUri. Set a value, or leave it out'],
  ['an empty requirement', { requirements: ['sklearn', ''] }, 'an empty requirement. Set a value, or leave it out'],
  ['a secret that is no name', { secretName: 'My Secret' }, `secretName "My Secret". ${OBJECT_RULE}`],
  ['a server that is no name', { server: '' }, `server "". ${OBJECT_RULE}`],
  ['a fraction of a version', { artifactVersion: 1.5 }, `artifactVersion 1.5. ${INT32}`],
  ['a version that Kubernetes refuses', { artifactVersion: 2147483648 }, `artifactVersion 2147483648. ${INT32}`],
  ['negative replicas', { replicas: -1 }, `replicas -1. ${INT32}`],
  ['a fraction of minReplicas', { minReplicas: 0.5 }, `minReplicas 0.5. ${INT32}`],
  ['maxReplicas that is no number', { maxReplicas: NaN }, `maxReplicas NaN. ${INT32}`],
  ['minReplicas above maxReplicas', { minReplicas: 3, maxReplicas: 2 }, 'minReplicas 3 and maxReplicas 2. minReplicas must not exceed maxReplicas'],
  ['too few replicas', { replicas: 1, minReplicas: 2 }, 'replicas 1 and minReplicas 2. Replicas must not be less than minReplicas'],
  ['too many replicas', { replicas: 3, maxReplicas: 2 }, 'replicas 3 and maxReplicas 2. Replicas must not exceed maxReplicas'],
  ['a part of a byte', { memory: Size.kibibytes(0.0001) }, 'memory of 0.0001Ki. Expected a whole number of bytes, less than 8 PiB'],
  ['too many bytes', { memory: Size.pebibyte(8) }, 'memory of 8Pi. Expected a whole number of bytes, less than 8 PiB'],
  ['a share above 100', { logger: { percent: 101 } }, 'percent of logger 101. Expected a whole number from 0 to 100'],
  ['a parameter without a name', { parameters: [{ name: '', value: '1' }] },
    'a parameter without a name. Set the name that the model reads'],
  ['a parameter given twice', { parameters: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }] },
    'parameter "a" is set twice. Only one of the values would reach the model. Remove one of them'],
  ['a private key', { parameters: [{ name: 'key', value: '-----BEGIN PRIVATE KEY-----\nMII' }] },
    'parameter "key" holds a private key. Keep it in a secret and give the name of the secret or the path of the file'],
  ['explainer and llm', { explainer: { type: 'a' }, llm: { modelRef: 'b' } }, 'both explainer and llm. A Model can be only one of them. Remove the other'],
  ['an explainer of no type', { explainer: { type: '' } }, 'an empty type of explainer. Set a type, such as "anchor_tabular"'],
  ['an explainer of two', { explainer: { type: 'a', modelRef: 'b', pipelineRef: 'c' } },
    'modelRef "b" and pipelineRef "c" of explainer. Set only one of them'],
  ['an explainer with an invalid modelRef', { explainer: { type: 'a', modelRef: 'b.c' } }, `modelRef of explainer "b.c". ${RULE}`],
  ['an llm of nothing', { llm: {} }, 'llm without a modelRef or pipelineRef. Set one of them'],
  ['an llm of two', { llm: { modelRef: 'b', pipelineRef: 'c' } }, 'modelRef "b" and pipelineRef "c" of llm. Set only one of them'],
  ['an llm with an invalid pipelineRef', { llm: { pipelineRef: 'B' } }, `pipelineRef of llm "B". ${RULE}`],
])('fails with %s', (_what, props, message) => {
  expect(() => model(props)).toThrow(new Error(`${message} (at chart/iris)`));
});

test.each([false, true])('warns of a name that Kafka has no topic for (pipeline: %s)', (isPipeline) => {
  const warned = (length: number, namespace?: string) => {
    const chart = new Chart(new App(), 'chart', { namespace });
    const id = 'a'.repeat(length);
    return Warnings.find(isPipeline ? new Pipeline(chart, id) : new Model(chart, id, { storageUri: 'gs://bucket/iris' }));
  };
  const most = isPipeline ? 218 : 221;
  expect(warned(most, 'models')).toEqual([]);
  expect(warned(most + 1)).toEqual([]);
  expect(warned(most + 1, 'models')).toEqual([`name of ${isPipeline ? 'Pipeline' : 'Model'} with ${most + 1} characters. The name of its Kafka topic would have 250 characters, `
    + `and Kafka accepts at most 249. Use a shorter name if it is used with Kafka (at chart/${'a'.repeat(most + 1)})`]);
});

describe('the place of the files', () => {
  test.each([
    ['gcs://models/iris', 'gcs', 'Use gs:// for Google Cloud Storage'],
    ['https://example.com/iris', 'https', 'Copy the files to storage that Seldon\'s rclone supports'],
    ['pvc://models/iris', 'pvc', 'Set only the path for files in the pods of the Server'],
  ])('%s is not one that Seldon\'s chart sets up', (storageUri, remote, remedy) => {
    expect(Warnings.find(model({ storageUri }))).toEqual([
      `storageUri "${storageUri}" without a secretName. Seldon's chart does not configure an rclone remote named "${remote}". ${remedy}, `
        + 'or set secretName to a Secret that defines the remote (at chart/iris)',
    ]);
  });

  test.each<[Partial<ModelProps>]>([
    [{ storageUri: 'gcs://models/iris', secretName: 'gcs' }],
    [{ storageUri: 's3://models/my iris' }],
    [{ storageUri: 'minio://models/iris' }],
    [{ storageUri: '/mnt/models/my iris' }],
    [{ storageUri: ':s3,endpoint=http://minio:9000:models/iris' }],
  ])('%j may be right', (props) => {
    expect(Warnings.find(model(props))).toEqual([]);
  });
});
