import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { ResourceType, SeldonIdentity } from '../../../src/plan/backend';
import { StringMatch } from '../../../src/plan/string-match';
import { Experiment, ExperimentProps, ExperimentReferenceOptions } from '../../../src/seldon/core2/experiment';
import { Model } from '../../../src/seldon/core2/model';
import { TrafficSplit } from '../../../src/traffic/traffic-split';

const TWO = [{ name: 'iris1', weight: 50 }, { name: 'iris2', weight: 50 }];

function chartOf(namespace?: string): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function experiment(props: Partial<ExperimentProps> = {}, id = 'split'): Experiment {
  return new Experiment(chartOf('models'), id, { candidates: TWO, ...props });
}

test('defaultChild', () => {
  expect(ApiObject.of(experiment()).kind).toEqual('Experiment');
});

test('minimal', () => {
  const chart = Testing.chart();
  new Experiment(chart, 'split', { candidates: [{ name: 'iris', weight: 1 }] });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "mlops.seldon.io/v1alpha1",
    "kind": "Experiment",
    "metadata": {
      "name": "split",
    },
    "spec": {
      "candidates": [
        {
          "name": "iris",
          "weight": 1,
        },
      ],
    },
  },
]
`);
});

test('every field', () => {
  const made = experiment({
    candidates: [{ name: 'a', weight: 3 }, { name: 'b', weight: 0 }],
    mirror: { name: 'c', percent: 0 },
    defaultCandidate: 'b',
    resourceType: ResourceType.PIPELINE,
  });
  expect(ApiObject.of(made).toJson().spec).toEqual({
    candidates: [{ name: 'a', weight: 3 }, { name: 'b', weight: 0 }],
    default: 'b',
    mirror: { name: 'c', percent: 0 },
    resourceType: 'pipeline',
  });
});

test('with a mirror only has an empty list', () => {
  expect(ApiObject.of(experiment({ candidates: [], mirror: { name: 'a', percent: 100 } })).toJson().spec)
    .toEqual({ candidates: [], mirror: { name: 'a', percent: 100 } });
});

test('accepts namespace, name and labels', () => {
  const made = experiment({ namespace: 'other', metadata: { name: 'v2.split', labels: { a: 'b' } } });
  expect(ApiObject.of(made).toJson().metadata).toEqual({ name: 'v2.split', namespace: 'other', labels: { a: 'b' } });
  expect([made.experimentName, made.experimentNamespace]).toEqual(['v2.split', 'other']);
});

test('keeps patches with fields that the types do not have', () => {
  const made = experiment();
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/candidates/0/future', 1));
  expect(ApiObject.of(made).toJson().spec.candidates).toEqual([{ name: 'iris1', weight: 50, future: 1 }, { name: 'iris2', weight: 50 }]);
});

describe('as a backend', () => {
  test('is picked by its name and what it is', () => {
    const made = experiment();
    expect(made.target(made)).toEqual({
      description: 'Experiment models/split',
      host: 'seldon-mesh.models.svc.cluster.local',
      namespace: 'models',
      port: 80,
      grpc: { port: 80 },
      ports: [80, 9003],
      requestHeaders: { 'seldon-model': 'split.experiment' },
      removeRequestHeaders: ['x-seldon-route', 'seldon-internal-model'],
      paths: [StringMatch.prefix('/v2')],
      protocol: 'v2',
      grpcHeaders: { 'seldon-model': 'split.experiment' },
      core2: undefined,
      seldon: SeldonIdentity.ofExperiment('split', ResourceType.MODEL, 2),
    });
  });

  test('fails without a namespace', () => {
    const made = new Experiment(chartOf(), 'split', { candidates: TWO });
    expect(() => made.target(made)).toThrow(new Error('Experiment split has no namespace. '
      + 'Set the namespace of the chart or of the backend, since Seldon has one Service per namespace (at chart/split)'));
  });
});

describe('an Experiment that this app does not define', () => {
  test('is known by name, in the namespace of the chart', () => {
    const chart = chartOf('models');
    const found = Experiment.fromExperimentName(chart, 'other', 'split');
    expect([found.experimentName, found.experimentNamespace, found.target(chart).requestHeaders])
      .toEqual(['split', 'models', { 'seldon-model': 'split.experiment' }]);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('may be known better', () => {
    const chart = chartOf('models');
    const known = (id: string, options?: ExperimentReferenceOptions) => Experiment.fromExperimentName(chart, id, 'split', options).target(chart).seldon?.experiment;

    expect(known('a')).toEqual({ name: 'split' });
    expect(known('b', { resourceType: ResourceType.PIPELINE, candidates: 3 })).toEqual({ name: 'split', resourceType: 'pipeline', candidates: 3 });
  });

  test.each<[string, ExperimentReferenceOptions, string]>([
    ['something else to choose between', { resourceType: 'models' as never }, 'resourceType "models". Expected one of model, pipeline'],
    ['fewer candidates than none', { candidates: -1 }, 'candidates -1. Expected a whole number from 0 to 2147483647'],
  ])('fails with %s', (_what, options, message) => {
    expect(() => Experiment.fromExperimentName(chartOf(), 'other', 'split', options)).toThrow(new Error(`${message} (at chart/other)`));
  });

  test('can be in another namespace', () => {
    expect(Experiment.fromExperimentName(chartOf('models'), 'other', 'split', { namespace: 'team' }).experimentNamespace).toEqual('team');
  });

  test('fails with a name that Kubernetes refuses', () => {
    expect(() => Experiment.fromExperimentName(chartOf(), 'other', 'Split')).toThrow(new Error('name of Experiment "Split". '
      + 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at chart/other)'));
  });
});

test('fails without anything', () => {
  expect(() => new Experiment(chartOf(), 'split', undefined as never)).toThrow(new Error(
    'props undefined. Expected an object with candidates (at chart/split)'));
});

test.each<[unknown, string]>([
  [undefined, 'candidates undefined. Expected a list in which each entry is an object, such as { name: model.modelName, weight: 50 }'],
  [[{ name: 'iris1', weight: '50' }], 'weight "50" of iris1. Expected a whole number from 0 to 2147483647'],
  [[{ weight: 50 }], 'name of Model undefined. Expected lower-case letters, digits and hyphens, '
    + 'with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores'],
])('fails for candidates %j', (candidates, message) => {
  expect(() => new Experiment(chartOf(), 'split', { candidates: candidates as never })).toThrow(new Error(`${message} (at chart/split)`));
});

describe('a default', () => {
  const props = { candidates: TWO, defaultCandidate: 'iris1' };

  test('fails in a second Experiment of the namespace, whatever the chart', () => {
    const app = new App();
    new Experiment(new Chart(app, 'a', { namespace: 'models' }), 'first', props);
    expect(() => new Experiment(new Chart(app, 'b', { namespace: 'models' }), 'second', props)).toThrow(new Error(
      'Model "iris1" is the default of Experiments first (a/first) and second. Set defaultCandidate in only one Experiment of the namespace (at b/second)'));
  });

  test('fails in a second Experiment without a namespace', () => {
    const chart = chartOf();
    new Experiment(chart, 'first', props);
    expect(() => new Experiment(chart, 'second', props)).toThrow(new Error('Model "iris1" is the default of Experiments first (chart/first) '
      + 'and second. Set defaultCandidate in only one Experiment of the namespace (at chart/second)'));
  });

  test('can be in two namespaces, two meshes and two kinds, and differ', () => {
    const app = new App();
    const [dev, production] = ['dev', 'production'].map((id) => new Chart(app, id, { namespace: 'models' }));
    Mesh.configure(dev, {});
    Mesh.configure(production, {});
    new Experiment(dev, 'first', props);
    new Experiment(dev, 'separate', { ...props, namespace: 'other' });
    new Experiment(dev, 'pipelines', { ...props, resourceType: ResourceType.PIPELINE });
    new Experiment(dev, 'second', { ...props, defaultCandidate: 'iris2' });
    new Experiment(production, 'first', props);
    expect(Testing.synth(dev).length).toEqual(4);
    expect(Testing.synth(production).length).toEqual(1);
  });
});

const RULE = 'Expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores';

test.each<[string, Partial<ExperimentProps>, string]>([
  ['another kind', { resourceType: 'models' as never }, 'resourceType "models". Expected one of model, pipeline'],
  ['nothing in it', { candidates: [] }, 'neither a candidate nor a mirror. Add at least one candidate'],
  ['a candidate that is no name', { candidates: [{ name: 'iris.1', weight: 1 }] }, `name of Model "iris.1". ${RULE}`],
  ['a mirror that is no name', { mirror: { name: 'P', percent: 1 }, resourceType: ResourceType.PIPELINE }, `name of Pipeline "P". ${RULE}`],
  ['a candidate twice', { candidates: [...TWO, TWO[0]] }, 'Model "iris1" appears twice. List each Model or Pipeline once among the candidates and the mirror'],
  ['a candidate as mirror', { mirror: { name: 'iris2', percent: 1 } },
    'Model "iris2" appears twice. List each Model or Pipeline once among the candidates and the mirror'],
  ['a negative weight', { candidates: [{ name: 'a', weight: -1 }] }, 'weight -1 of a. Expected a whole number from 0 to 2147483647'],
  ['all weights 0', { candidates: [{ name: 'a', weight: 0 }, { name: 'b', weight: 0 }] },
    'all weights are 0 (a, b). Give at least one arm a weight above 0'],
  ['a share above 100', { mirror: { name: 'a', percent: 101 } }, 'percent of mirror "a" 101. Expected a whole number from 0 to 100'],
  ['a fraction of a percent', { mirror: { name: 'a', percent: 0.5 } }, 'percent of mirror "a" 0.5. Expected a whole number from 0 to 100'],
  ['a default that is not a candidate', { defaultCandidate: 'iris3' }, 'default "iris3" is not a candidate. Expected one of "iris1", "iris2"'],
  ['a mirror as default', { candidates: [], mirror: { name: 'a', percent: 1 }, defaultCandidate: 'a' },
    'default "a" is not a candidate. There is none'],
  ['a name that Kubernetes refuses', { metadata: { name: 'Split' } },
    'name of Experiment "Split". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
])('fails with %s', (_what, props, message) => {
  expect(() => experiment(props)).toThrow(new Error(`${message} (at chart/split)`));
});

test('later changes of the list have no effect', () => {
  const candidates = [...TWO];
  const made = experiment({ candidates });
  candidates.pop();
  expect(ApiObject.of(made).toJson().spec.candidates).toEqual(TWO);
});

describe('a default that something else shares requests with', () => {
  function warned(arms: string[], change: (chart: Chart) => void, namespace?: string): string[] {
    const chart = chartOf('models');
    new TrafficSplit(chart, 'split', {
      gateways: [], arms: arms.map((name) => ({ backend: Model.fromModelName(chart, `arm-${name}`, name, { namespace }), weight: 1 })),
    });
    change(chart);
    jest.spyOn(console, 'warn').mockImplementation();
    (chart.node.root as App).synthYaml();
    jest.restoreAllMocks();
    return Warnings.find(chart);
  }

  const trial = (chart: Chart) => { new Experiment(chart, 'trial', { candidates: [{ name: 'iris1', weight: 1 }, { name: 'other', weight: 1 }], defaultCandidate: 'iris1' }); };

  test('is a warning, whatever comes first', () => {
    expect(warned(['iris1', 'iris2'], trial)).toEqual(['Model "iris1" is one of several arms, and Experiment "trial" (chart/trial) takes over '
      + 'its requests. The arms would not get the shares of their weights. Remove defaultCandidate from the Experiment, or split the traffic in only one of the two (at chart/split)']);
  });

  test('is intended for an arm with all requests', () => {
    expect(warned(['iris1'], trial)).toEqual([]);
  });

  test('is another one in another namespace, or without a default', () => {
    expect(warned(['iris1', 'iris2'], trial, 'team')).toEqual([]);
    expect(warned(['iris1', 'iris2'], (chart) => { new Experiment(chart, 'trial', { candidates: [{ name: 'iris1', weight: 1 }] }); })).toEqual([]);
  });
});
