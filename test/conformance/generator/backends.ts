import * as fc from 'fast-check';
import { pipeline, PipelineSpec } from './pipelines';
import {
  grpcPort, int32, labels, list, mapOf, Match, maybe, mostly, namespace, NAMESPACES, oneOf, path, prefix, rarely, record, restPort, subsetName,
  unique, usually, weight,
} from './values';

/** A Model. */
export interface ModelSpec {
  readonly kind: 'model';
  readonly name: string;
  readonly chart: number;
  readonly namespace?: string;
  /** Not made by the app. */
  readonly existing?: boolean;
  readonly props: any;
}

/** An Experiment of models that the app need not have. */
export interface ExperimentSpec {
  readonly kind: 'experiment';
  readonly name: string;
  readonly chart: number;
  readonly props: any;
}

/** A Service. */
export interface ServiceSpec {
  readonly kind: 'service';
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly grpcPort?: number;
  readonly grpcMethods?: Match;
  readonly grpcHeaders?: { readonly [name: string]: string };
  readonly paths?: readonly Match[];
  readonly subset?: string;
  readonly subsetLabels?: { readonly [label: string]: string };
  readonly requestHeaders?: { readonly [name: string]: string };
  readonly removeRequestHeaders?: readonly string[];
  readonly otherPorts?: readonly number[];
}

/** Whatever can answer. */
export type Backend = ModelSpec | ExperimentSpec | PipelineSpec | ServiceSpec;

/** The gRPC service of another protocol. */
export const OTHER_METHODS = prefix('/tensorflow.serving.PredictionService/');

const text = (good: string) => mostly(fc.constant(good), ['', ' '], 60);

const parameter = record({ name: mostly(oneOf('a', 'b'), ['']), value: oneOf('x', '') });
const modelProps = record<object>({
  storageUri: text('gs://models/iris'),
  requirements: maybe(list(text('sklearn'), 0, 2)),
  artifactVersion: rarely(int32),
  secretName: rarely(mostly(oneOf('rclone'), ['Secret', ''], 4)),
  modelType: rarely(text('sklearn')),
  replicas: rarely(int32),
  minReplicas: rarely(mostly(oneOf(0, 1, 5), [-1, 1.5])),
  maxReplicas: rarely(mostly(oneOf(0, 5, 10), [-1, 1.5])),
  server: rarely(mostly(oneOf('mlserver'), ['ML', ''], 4)),
  parameters: rarely(usually(unique(parameter, ({ name }) => name, 0, 2), list(parameter, 0, 2), 4)),
  logger: rarely(record({ percent: maybe(mostly(oneOf(10, 100), [-1, 101, 0.5])) })),
  explainer: rarely(record({ type: text('anchor_tabular'), modelRef: maybe(mostly(oneOf('iris'), ['Iris'])), pipelineRef: rarely(oneOf('pipe')) }), 20),
  llm: rarely(record({ modelRef: mostly(oneOf<string | undefined>('iris'), [undefined], 6), pipelineRef: rarely(oneOf('pipe'), 30) }), 20),
  memory: rarely(mostly(oneOf({ $mebi: 100 }, { $mebi: 1.5 }), [{ $mebi: 2 ** 43 }, { $mebi: 0.0001 }], 10)),
  cleanTopicsOnDelete: rarely(fc.boolean()),
  preloaded: rarely(fc.boolean()),
  dedicated: rarely(fc.boolean()),
  schemaUri: rarely(text('gs://schemas/iris')),
});

const model = (name: string): fc.Arbitrary<ModelSpec> => record<ModelSpec>({
  kind: fc.constant('model'),
  name: mostly(fc.constant(name), ['Iris', 'iris.v1', 'iris_1', ''], 120),
  chart: mostly(fc.constant(0), [1], 12),
  namespace: rarely(namespace),
  existing: rarely(fc.constant(true), 12),
  props: modelProps,
});

const member = record({ name: mostly(oneOf('iris1', 'iris2', 'iris3'), ['Iris', 'iris.v1']), weight });
const members = usually(unique(member, ({ name }) => name, 1, 3), list(member, 1, 3), 10);

const experiment = (name: string): fc.Arbitrary<ExperimentSpec> => record<ExperimentSpec>({
  kind: fc.constant('experiment'),
  name: mostly(fc.constant(name), ['exp.v1', 'Exp', ''], 40),
  chart: mostly(fc.constant(0), [1], 12),
  props: record<object>({
    candidates: mostly(members, [[]]),
    mirror: rarely(record({ name: mostly(oneOf('shadow'), ['iris1'], 6), percent: mostly(oneOf(10, 100, 0), [101, 0.5, -1]) }), 4),
    defaultCandidate: rarely(mostly(oneOf('iris1', 'iris2'), ['none'], 10)),
    resourceType: rarely(oneOf('model', 'pipeline')),
  }),
});

const subset = usually<Pick<ServiceSpec, 'subset' | 'subsetLabels'>>(
  rarely(record({ subset: subsetName, subsetLabels: labels }), 4).map((found) => found ?? {}),
  record({ subset: maybe(subsetName), subsetLabels: maybe(labels) }),
  10,
);

const service = (name: string): fc.Arbitrary<ServiceSpec> => fc.tuple(record<ServiceSpec>({
  kind: fc.constant('service'),
  name: mostly(fc.constant(name), ['Svc', 'svc_1', '', '-svc', 'a'.repeat(64), `${name}.example.com`, '10.0.0.1'], 80),
  namespace: mostly(oneOf<string>(...NAMESPACES), ['Models', '']),
  port: restPort,
  grpcPort: maybe(grpcPort),
  grpcMethods: rarely(mostly(oneOf(OTHER_METHODS), [prefix('x')])),
  grpcHeaders: rarely(mapOf(mostly(oneOf('x-model', 'seldon-model'), ['X Model', 'X-Model'], 20), oneOf('iris', 'wine'))),
  paths: rarely(list(path, 0, 2), 4),
  requestHeaders: rarely(mapOf(mostly(oneOf('x-target', 'x-model'), ['x target', 'host', ':path'], 20), mostly(oneOf('iris', 'wine'), ['100%', 'a\nb'], 20))),
  removeRequestHeaders: rarely(list(mostly(oneOf('x-user', 'x-target'), ['x user', 'host', ''], 20), 0, 2)),
  otherPorts: rarely(list(restPort, 0, 2)),
}), subset).map(([one, of]) => ({ ...one, ...of }));

/** One to four of them, of whatever kind; two can be the same Service. */
export const backends: fc.Arbitrary<Backend[]> = fc.tuple(
  fc.oneof({ arbitrary: model('iris1') as fc.Arbitrary<Backend>, weight: 1 }, { arbitrary: service('svc1'), weight: 1 }),
  fc.oneof({ arbitrary: model('iris2') as fc.Arbitrary<Backend>, weight: 1 }, { arbitrary: service('svc2'), weight: 1 }),
  maybe(fc.oneof({ arbitrary: service('svc3') as fc.Arbitrary<Backend>, weight: 3 }, { arbitrary: service('svc1'), weight: 1 })),
  rarely(fc.oneof(
    { arbitrary: experiment('exp') as fc.Arbitrary<Backend>, weight: 2 }, { arbitrary: pipeline('pipe'), weight: 2 }, { arbitrary: model('iris3'), weight: 1 },
  ), 2),
).map((all) => all.filter((one) => one !== undefined));
