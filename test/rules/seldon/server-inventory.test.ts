import { Cluster } from '../../../src/cluster/cluster';
import { ClusterObject } from '../../../src/cluster/cluster-object';
import { JsonObject } from '../../../src/cluster/json';
import { MLSERVER_CAPABILITIES } from '../../../src/objects/core2/capabilities';
import { chartServerFor, replicasOf, requirementsOf, serversByNamespace } from '../../../src/rules/seldon/server-inventory';

const object = (kind: string, name: string, spec: object, namespace = 'models') =>
  new ClusterObject({ apiVersion: 'mlops.seldon.io/v1alpha1', kind, metadata: { name, namespace }, spec }, { file: 'a.yaml' });
const config = (name: string, podSpec: object, namespace?: string) => object('ServerConfig', name, { podSpec }, namespace);
const pod = (...env: object[]) => ({ containers: [{ name: 'rclone' }, { name: 'agent', env }] });
const declares = (value: string) => pod({ name: 'OTHER', value: 'x' }, { name: 'SELDON_SERVER_CAPABILITIES', value });

/** The capabilities and the maximum number of replicas of a Server. */
function view(spec: JsonObject, ...configs: ClusterObject[]) {
  const [{ capabilities, maximum }] = serversByNamespace(new Cluster([...configs, object('Server', 'own', spec)])).get('models')!;
  return { capabilities: capabilities && [...capabilities], maximum };
}

test.each<[string, JsonObject, ClusterObject[], readonly string[] | undefined]>([
  ['its own', { serverConfig: 'mlserver', capabilities: ['a, b', 'c'] }, [], ['a', 'b', 'c']],
  ['its own, and no others', { serverConfig: 'mlserver', capabilities: ['a'], extraCapabilities: ['b'] }, [], ['a']],
  ['those of the chart', { serverConfig: 'mlserver', capabilities: [] }, [], MLSERVER_CAPABILITIES],
  ['those of the chart, and others', { serverConfig: 'mlserver', extraCapabilities: ['gpu, ,big'] }, [], [...MLSERVER_CAPABILITIES, 'gpu', 'big']],
  ['those of its configuration', { serverConfig: 'mine' }, [config('mine', declares('a,b ,, c'))], ['a', 'b', 'c']],
  ['those of its configuration, whose name is that of the chart', { serverConfig: 'mlserver' }, [config('mlserver', declares('a'))], ['a']],
  ['those of its pod', { serverConfig: 'mine', podSpec: declares('b') }, [config('mine', declares('a'))], ['b']],
  ['those of its configuration, with a pod that declares none', { serverConfig: 'mine', podSpec: pod({ name: 'OTHER', value: 'b' }) },
    [config('mine', declares('a'))], ['a']],
  ['not known without a configuration', { extraCapabilities: ['a'] }, [], undefined],
  ['not known with an unknown one', { serverConfig: 'mine' }, [], undefined],
  ['not known with one that declares none', { serverConfig: 'mine' }, [config('mine', pod())], undefined],
  ['not known with two of one name', { serverConfig: 'mine' }, [config('mine', declares('a')), config('mine', declares('a'), 'other')], undefined],
  ['not known from another object', { serverConfig: 'mine' }, [config('mine', pod({ name: 'SELDON_SERVER_CAPABILITIES', valueFrom: {} }))], undefined],
  ['not known if two containers differ', { serverConfig: 'mine' },
    [config('mine', pod({ name: 'SELDON_SERVER_CAPABILITIES', value: 'a' }, { name: 'SELDON_SERVER_CAPABILITIES', value: 'b' }))], undefined],
  ['those that two containers declare', { serverConfig: 'mine' },
    [config('mine', pod({ name: 'SELDON_SERVER_CAPABILITIES', value: 'a' }, { name: 'SELDON_SERVER_CAPABILITIES', value: 'a' }))], ['a']],
  ['not known with malformed variables', { serverConfig: 'mine' }, [config('mine', { containers: ['text', { env: ['text', null] }] })], undefined],
])('the capabilities of a Server are %s', (_what, spec, configs, expected) => {
  expect(view(spec, ...configs).capabilities).toEqual(expected);
});

test.each<[JsonObject, number]>([
  [{}, 1],
  [{ replicas: 3 }, 3],
  [{ replicas: 3, minReplicas: 2 }, 3],
  [{ replicas: 3, maxReplicas: 5 }, 3],
  [{ replicas: 3, minReplicas: 1, maxReplicas: 5 }, 5],
  [{ minReplicas: 1, maxReplicas: 0 }, Infinity],
])('the maximum of a Server with %j is %d', (spec, expected) => {
  expect(view(spec).maximum).toBe(expected);
});

test.each<[JsonObject, number]>([
  [{}, 1], [{ replicas: 0 }, 1], [{ replicas: 0, minReplicas: 0 }, 0], [{ replicas: 2, minReplicas: 1 }, 2], [{ minReplicas: 2 }, 2],
  [{ minReplicas: 0 }, 1], [{ minReplicas: -1 }, 1],
])('the replicas of %j are %d', (spec, expected) => {
  expect(replicasOf(spec)).toBe(expected);
});

test.each<[JsonObject, string[]]>([
  [{}, []],
  [{ requirements: [' a', 'b', 'a'], modelType: ' b ' }, ['a', 'b']],
  [{ requirements: ['a'], explainer: { type: 'anchor_tabular' } }, ['a', 'alibi-explain']],
  [{ requirements: 'a', explainer: 'text' }, []],
])('the requirements of %j', (spec, expected) => {
  expect(requirementsOf(spec)).toEqual(expected);
});

test.each<[string[], string | undefined]>([
  [['sklearn'], 'mlserver'], [['onnx'], 'triton'], [['sklearn', 'onnx'], undefined], [['sklearn', 'xgboost'], 'mlserver'], [['gpu'], undefined], [[], 'mlserver'],
])('Seldon\'s chart has a Server for %j: %s', (requirements, expected) => {
  expect(chartServerFor(requirements)).toBe(expected);
});
