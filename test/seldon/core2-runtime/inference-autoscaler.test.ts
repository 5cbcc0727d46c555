import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Warnings } from '../../../src/mesh/warnings';
import { Model, ModelProps } from '../../../src/seldon/core2/model';
import { InferenceAutoscaler, InferenceAutoscalerProps } from '../../../src/seldon/core2-runtime/inference-autoscaler';
import { Server, ServerProps } from '../../../src/seldon/core2-runtime/server';
import { ServerConfig } from '../../../src/seldon/core2-runtime/server-config';
import { chartOf, chartOfNowhere } from '../../support/core2';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any;

interface World {
  readonly chart: Chart;
  readonly model: Model;
  readonly server: Server;
}

function worldOf(model: Partial<ModelProps> = {}, server: Partial<ServerProps> = {}, chart = chartOf()): World {
  return {
    chart,
    model: new Model(chart, 'iris', { storageUri: 'gs://bucket/iris', replicas: 1, ...model }),
    server: new Server(chart, 'mlserver', { serverConfig: ServerConfig.mlserver(), replicas: 1, ...server }),
  };
}

function scale({ chart, model, server }: World, props: Partial<InferenceAutoscalerProps> = {}, id = 'scaling'): InferenceAutoscaler {
  return new InferenceAutoscaler(chart, id, { model, server, maxReplicas: 3, requestsPerSecond: 3, ...props });
}

function autoscalersOf({ chart }: World): { metadata: object; spec: Record<string, unknown> }[] {
  return Testing.synth(chart).filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
}

test('minimal: one for the Model, one for the Server', () => {
  const world = worldOf();
  scale(world);
  expect(autoscalersOf(world)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
      "name": "scaling-model",
      "namespace": "models",
    },
    "spec": {
      "maxReplicas": 3,
      "metrics": [
        {
          "object": {
            "describedObject": {
              "apiVersion": "mlops.seldon.io/v1alpha1",
              "kind": "Model",
              "name": "iris",
            },
            "metric": {
              "name": "infer_rps",
            },
            "target": {
              "averageValue": "3",
              "type": "AverageValue",
            },
          },
          "type": "Object",
        },
      ],
      "minReplicas": 1,
      "scaleTargetRef": {
        "apiVersion": "mlops.seldon.io/v1alpha1",
        "kind": "Model",
        "name": "iris",
      },
    },
  },
  {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
      "name": "scaling-server",
      "namespace": "models",
    },
    "spec": {
      "maxReplicas": 3,
      "metrics": [
        {
          "object": {
            "describedObject": {
              "apiVersion": "mlops.seldon.io/v1alpha1",
              "kind": "Model",
              "name": "iris",
            },
            "metric": {
              "name": "infer_rps",
            },
            "target": {
              "averageValue": "3",
              "type": "AverageValue",
            },
          },
          "type": "Object",
        },
      ],
      "minReplicas": 1,
      "scaleTargetRef": {
        "apiVersion": "mlops.seldon.io/v1alpha1",
        "kind": "Server",
        "name": "mlserver",
      },
    },
  },
]
`);
});

test('each object is that of a child', () => {
  const made = scale(worldOf());
  expect(made.node.children.map((child) => [child.node.id, ApiObject.of(child).name])).toEqual([['model', 'scaling-model'], ['server', 'scaling-server']]);
});

test('every field', () => {
  const world = worldOf({ replicas: 2 }, { replicas: 3 });
  scale(world, {
    minReplicas: 2,
    maxReplicas: 4,
    requestsPerSecond: 2.5,
    metric: 'own_rps',
    behavior: { scaleUp: { stabilizationWindowSeconds: 0 }, scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
  });
  const [model, server] = autoscalersOf(world).map(({ spec }) => spec);
  expect(model).toEqual({
    scaleTargetRef: { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', name: 'iris' },
    minReplicas: 2,
    maxReplicas: 4,
    metrics: [{
      type: 'Object',
      object: {
        metric: { name: 'own_rps' },
        describedObject: { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', name: 'iris' },
        target: { type: 'AverageValue', averageValue: '2500m' },
      },
    }],
    behavior: { scaleUp: { stabilizationWindowSeconds: 0 }, scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
  });
  expect(server).toEqual({ ...model, scaleTargetRef: { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Server', name: 'mlserver' } });
});

test('can leave the Server to Seldon', () => {
  const world = worldOf({}, { replicas: undefined, minReplicas: 1, maxReplicas: 3 });
  scale(world, { server: undefined });
  expect(autoscalersOf(world).map(({ metadata }) => metadata)).toEqual([{ name: 'scaling-model', namespace: 'models' }]);
});

test('can scale existing objects, in their namespace', () => {
  const chart = chartOf();
  const options = { namespace: 'team' };
  new InferenceAutoscaler(chart, 'scaling', {
    model: Model.fromModelName(chart, 'model', 'iris', options),
    server: Server.fromServerName(chart, 'server', 'mlserver', options),
    maxReplicas: 3,
    requestsPerSecond: 0.001,
  });
  expect(Testing.synth(chart).map(({ metadata }) => metadata)).toEqual([
    { name: 'scaling-model', namespace: 'team' }, { name: 'scaling-server', namespace: 'team' },
  ]);
});

test('a Model may be for the Server that is scaled with it', () => {
  expect(scale(worldOf({ server: 'mlserver' })).node.children.length).toBe(2);
});

const NATIVE = 'Seldon would scale it as well. Remove them, and set the bounds of the InferenceAutoscaler';
const INT32 = 'Expected a whole number from 1 to 2147483647';

test.each<[string, Partial<ModelProps>, Partial<ServerProps>, string]>([
  ['a Model without replicas', { replicas: undefined }, {},
    'Model "iris" without replicas. Kubernetes scales this field. Set an initial value, such as 1'],
  ['a Server without replicas', {}, { replicas: undefined },
    'Server "mlserver" without replicas. Kubernetes scales this field. Set an initial value, such as 1'],
  ['a Model that Seldon scales', { minReplicas: 1 }, {}, `minReplicas of Model "iris". ${NATIVE}`],
  ['a Model that Seldon does not let grow', { maxReplicas: 3 }, {}, `maxReplicas of Model "iris". ${NATIVE}`],
  ['a Model with a minReplicas of 0', { minReplicas: 0 }, {}, `minReplicas of Model "iris". ${NATIVE}`],
  ['a Server that Seldon scales', {}, { minReplicas: 1, maxReplicas: 3 }, `minReplicas and maxReplicas of Server "mlserver". ${NATIVE}`],
  ['a Model without replicas', { replicas: 0 }, {}, 'replicas 0 of Model "iris". Expected 1 to 3, the bounds of the InferenceAutoscaler'],
  ['a Server that is too large', {}, { replicas: 4 }, 'replicas 4 of Server "mlserver". Expected 1 to 3, the bounds of the InferenceAutoscaler'],
  ['a Model that is for another Server', { server: 'gpu' }, {}, 'Model "iris" runs on Server "gpu". Scale that Server instead of "mlserver"'],
  ['a Server in another namespace', {}, { namespace: 'team' },
    'Model "iris" in namespace "models" and Server "mlserver" in namespace "team". A Model can only run on Servers of its namespace. Name a Server there'],
])('fails with %s', (_what, model, server, message) => {
  expect(() => scale(worldOf(model, server))).toThrow(new Error(`${message} (at chart/scaling)`));
});

test('fails with a Server in a namespace when that of the Model is not specified', () => {
  expect(() => scale(worldOf({}, { namespace: 'team' }, chartOfNowhere()))).toThrow(new Error('Model "iris" in an unspecified namespace and '
    + 'Server "mlserver" in namespace "team". A Model can only run on Servers of its namespace. Name a Server there (at chart/scaling)'));
});

test.each<[string, Partial<InferenceAutoscalerProps>, string]>([
  ['no Model', { model: undefined }, 'model undefined. Expected a Model, or Model.fromModelName(…) for an existing one'],
  ['a Server by its name', { server: 'mlserver' as never }, 'server "mlserver". Expected a Server, or Server.fromServerName(…) for an existing one'],
  ['no most', { maxReplicas: undefined }, `maxReplicas undefined. ${INT32}`],
  ['a most of 0', { maxReplicas: 0 }, `maxReplicas 0. ${INT32}`],
  ['minReplicas of 0', { minReplicas: 0 }, `minReplicas 0. ${INT32}`],
  ['minReplicas above maxReplicas', { minReplicas: 4 }, 'minReplicas 4 and maxReplicas 3. minReplicas must not exceed maxReplicas'],
  ['no target', { requestsPerSecond: undefined }, 'requestsPerSecond undefined. Expected 0.001 or more, in steps of 0.001'],
  ['a target of nothing', { requestsPerSecond: 0 }, 'requestsPerSecond 0. Expected 0.001 or more, in steps of 0.001'],
  ['a target without end', { requestsPerSecond: Infinity }, 'requestsPerSecond Infinity. Expected 0.001 or more, in steps of 0.001'],
  ['a target that Kubernetes cannot write', { requestsPerSecond: 0.0014 }, 'requestsPerSecond 0.0014. Expected 0.001 or more, in steps of 0.001'],
  ['an empty metric', { metric: '' }, 'metric "". Expected the name of the metric in prometheus-adapter, such as "infer_rps"'],
])('fails with %s', (_what, props, message) => {
  expect(() => scale(worldOf(), props)).toThrow(new Error(`${message} (at chart/scaling)`));
});

test('fails without anything', () => {
  expect(() => new InferenceAutoscaler(chartOf(), 'scaling', undefined as never))
    .toThrow(new Error('props undefined. Expected an object with maxReplicas, model and requestsPerSecond (at chart/scaling)'));
});

test('fails for a Model that has an autoscaler', () => {
  const world = worldOf();
  scale(world);
  expect(() => scale(world, { server: undefined }, 'other')).toThrow(new Error('Model "iris" is already scaled by chart/scaling. '
    + 'Two autoscalers would undo each other\'s changes. Remove one of them (at chart/other)'));
});

test('fails for a Server that is scaled with another Model', () => {
  const world = worldOf();
  scale(world);
  const wine = new Model(world.chart, 'wine', { storageUri: 'gs://bucket/wine', replicas: 1 });
  expect(() => scale(world, { model: wine }, 'other')).toThrow(new Error('Server "mlserver" is already scaled by chart/scaling. '
    + 'Two autoscalers would undo each other\'s changes. Remove one of them (at chart/other)'));
});

test('a target is counted in thousandths, whatever binary fractions make of it', () => {
  const world = worldOf();
  scale(world, { requestsPerSecond: 1.1 + 2.2 });
  expect(autoscalersOf(world).map(({ spec }) => (spec as Any).metrics[0].object.target.averageValue)).toEqual(['3300m', '3300m']);
});

/** What synthesis reports when the objects are made after the autoscaler that names them. */
function laterFindingsOf(model: Partial<ModelProps>, server: Partial<ServerProps>, more: (chart: Chart) => void = () => {}): string[] {
  const chart = chartOf();
  new InferenceAutoscaler(chart, 'scaling', {
    model: Model.fromModelName(chart, 'model', 'iris'),
    server: Server.fromServerName(chart, 'server', 'mlserver'),
    maxReplicas: 3,
    requestsPerSecond: 3,
  });
  worldOf(model, server, chart);
  more(chart);
  jest.spyOn(console, 'warn').mockImplementation();
  try {
    (chart.node.root as App).synthYaml();
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  } finally {
    jest.restoreAllMocks();
  }
  return Warnings.find(chart);
}

describe('what is made after the autoscaler that names it', () => {
  test('may be right', () => {
    expect(laterFindingsOf({}, {})).toEqual([]);
  });

  test.each<[string, Partial<ModelProps>, Partial<ServerProps>, string]>([
    ['a Model that Seldon scales', { minReplicas: 1, maxReplicas: 3 }, {}, `minReplicas and maxReplicas of Model "iris". ${NATIVE}`],
    ['a Server that Seldon scales', {}, { minReplicas: 1, maxReplicas: 3 }, `minReplicas and maxReplicas of Server "mlserver". ${NATIVE}`],
    ['a Server that is too large', {}, { replicas: 4 }, 'replicas 4 of Server "mlserver". Expected 1 to 3, the bounds of the InferenceAutoscaler'],
    ['a Model without replicas', { replicas: undefined }, {},
      'Model "iris" without replicas. Kubernetes scales this field. Set an initial value, such as 1'],
    ['a Model that is for another Server', { server: 'mlserver2' }, {}, 'Model "iris" runs on Server "mlserver2". Scale that Server instead of "mlserver"'],
  ])('fails at synthesis for %s', (_what, model, server, message) => {
    const other = (chart: Chart) => { Server.fromServerName(chart, 'other', 'mlserver2'); };
    expect(laterFindingsOf(model, server, other)).toEqual([`[chart/scaling] ${message} (at chart/scaling)`]);
  });
});

test('a second Model for the Server is a warning', () => {
  expect(laterFindingsOf({ server: 'mlserver' }, {}, (chart) => {
    new Model(chart, 'wine', { storageUri: 'gs://bucket/wine', server: 'mlserver' });
    new Model(chart, 'separate', { storageUri: 'gs://bucket/wine', server: 'mlserver', namespace: 'team' });
  })).toEqual(['Server "mlserver" is scaled by the requests for Model "iris" and also runs Model "wine". '
    + 'Requests for the latter add no replicas. Give each Model its own Server (at chart/scaling)']);
});
