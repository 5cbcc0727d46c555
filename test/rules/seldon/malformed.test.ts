import { Cluster } from '../../../src/cluster/cluster';
import { ClusterObject } from '../../../src/cluster/cluster-object';
import { JsonObject } from '../../../src/cluster/json';
import { findingsOf } from '../../../src/rules/run';
import { SELDON_RULES } from '../../../src/rules/seldon/all';

const VALUES: readonly unknown[] = [null, 3, 'x', true, [], {}, [null], [[]], { a: 1 }];
const FIELDS = [
  'steps', 'input', 'output', 'candidates', 'mirror', 'default', 'predictors', 'requirements', 'explainer', 'llm', 'serverConfig', 'capabilities',
  'podSpec', 'annotations', 'replicas', 'memory', 'parameters', 'storageUri', 'resourceType', 'name', 'graph', 'componentSpecs', 'inputs', 'batch',
  'tensorMap', 'labels', 'svcOrchSpec', 'traffic', 'children', 'logger', 'endpoint', 'implementation', 'methods', 'metadata', 'spec', 'pdbSpec',
];

/** Objects in which a field of any depth has a value of any type. */
function* malformed(value: unknown): Iterable<JsonObject> {
  const all = Object.fromEntries(FIELDS.map((field) => [field, value]));
  const node = { name: 'a', graph: { ...all, children: [all] }, componentSpecs: [all, { metadata: all, spec: { containers: [all] } }], explainer: all };
  for (const kind of ['Pipeline', 'Experiment', 'Model', 'Server', 'ServerConfig', 'SeldonDeployment']) {
    const apiVersion = kind === 'SeldonDeployment' ? 'machinelearning.seldon.io/v1' : 'mlops.seldon.io/v1alpha1';
    yield { apiVersion, kind, metadata: { name: 'a', annotations: value }, spec: value };
    yield { apiVersion, kind, metadata: value, spec: { serverType: 'kafka', ...Object.fromEntries(FIELDS.map((field) => [field, [all, node]])), input: all, output: all } };
    yield { apiVersion, kind, metadata: { name: 'b' }, spec: all };
  }
}

test.each(VALUES.map((value) => [JSON.stringify(value), value]))('rules do not fail where fields are %s', (_, value) => {
  const objects = [...malformed(value)].map((manifest) => new ClusterObject(manifest, {}));
  expect(() => findingsOf(new Cluster(objects), SELDON_RULES)).not.toThrow();
});
