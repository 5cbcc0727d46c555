import { ApiObject, App, JsonPatch, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Warnings } from '../../../src/mesh/warnings';
import { Server, ServerProps, VolumeClaimRetention } from '../../../src/seldon/core2-runtime/server';
import { ServerConfig } from '../../../src/seldon/core2-runtime/server-config';
import { chartOf, podOf, podThatCan, specOf } from '../../support/core2';

function server(props: Partial<ServerProps> = {}, id = 'mlserver'): Server {
  return new Server(chartOf(), id, { serverConfig: ServerConfig.mlserver(), ...props });
}

const INT32 = 'Expected a whole number from 0 to 2147483647';
const NAME = 'Expected at most 52 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen';

test('defaultChild', () => {
  expect(ApiObject.of(server()).kind).toEqual('Server');
});

test('minimal', () => {
  const chart = Testing.chart();
  new Server(chart, 'mlserver', { serverConfig: ServerConfig.mlserver() });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "mlops.seldon.io/v1alpha1",
    "kind": "Server",
    "metadata": {
      "name": "mlserver",
    },
    "spec": {
      "serverConfig": "mlserver",
    },
  },
]
`);
});

test('every field', () => {
  expect(specOf(server({
    capabilities: ['sklearn', 'own'],
    podSpec: { containers: [{ name: 'agent', image: 'agent:2', resources: { limits: { memory: k8s.Quantity.fromString('1Gi') } } }], nodeName: 'n' },
    replicas: 0,
    minReplicas: 0,
    maxReplicas: 3,
    disableAutoUpdate: false,
    statefulSetPersistentVolumeClaimRetentionPolicy: { whenDeleted: VolumeClaimRetention.DELETE, whenScaled: VolumeClaimRetention.RETAIN },
    deploymentStrategy: {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(0), maxUnavailable: k8s.IntOrString.fromString('25%') },
    },
    imageOverrides: { agent: { name: 'agent', image: 'a' }, rclone: { name: 'rclone', image: 'b' } },
  }))).toEqual({
    serverConfig: 'mlserver',
    capabilities: ['sklearn', 'own'],
    podSpec: { containers: [{ name: 'agent', image: 'agent:2', resources: { limits: { memory: '1Gi' } } }], nodeName: 'n' },
    replicas: 0,
    minReplicas: 0,
    maxReplicas: 3,
    disableAutoUpdate: false,
    statefulSetPersistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
    deploymentStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } },
    imageOverrides: { agent: { name: 'agent', image: 'a' }, rclone: { name: 'rclone', image: 'b' } },
  });
});

test('is made of a ServerConfig of this app', () => {
  const serverConfig = new ServerConfig(chartOf('seldon-mesh'), 'custom', { podSpec: podThatCan('sklearn') });
  expect(specOf(server({ serverConfig, extraCapabilities: ['own'] }))).toEqual({ serverConfig: 'custom', extraCapabilities: ['own'] });
});

test('accepts capabilities when only its own pod declares them', () => {
  const serverConfig = new ServerConfig(chartOf('seldon-mesh'), 'custom', { podSpec: podOf('agent') });
  expect(specOf(server({ serverConfig, capabilities: ['own'], podSpec: podThatCan('sklearn') })).capabilities).toEqual(['own']);
});

test('accepts namespace, name and labels', () => {
  const made = server({ namespace: 'other', metadata: { name: 'gpu', labels: { a: 'b' } } });
  expect(ApiObject.of(made).toJson().metadata).toEqual({ name: 'gpu', namespace: 'other', labels: { a: 'b' } });
  expect([made.serverName, made.serverNamespace]).toEqual(['gpu', 'other']);
});

test('keeps patches with fields that the types do not have', () => {
  const made = server();
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/future', { deep: [1] }));
  expect(specOf(made)).toEqual({ serverConfig: 'mlserver', future: { deep: [1] } });
});

test.each<[string, Partial<ServerProps>, string]>([
  ['imageOverrides', { imageOverrides: { agent: { name: 'agent' } } },
    'imageOverrides. Seldon\'s operator ignores them. Use podSpec instead'],
  ['no replicas, which is one', { replicas: 0 }, 'replicas 0 without minReplicas. Some releases of Seldon read it as 1. Set minReplicas: 0 as well'],
  ['minReplicas alone', { minReplicas: 1 }, 'minReplicas without maxReplicas. Seldon scales a Server only if both are set. Set both or neither'],
  ['a most alone', { maxReplicas: 1 }, 'maxReplicas without minReplicas. Seldon scales a Server only if both are set. Set both or neither'],
])('warns of %s', (_what, props, warning) => {
  expect(Warnings.find(server(props))).toEqual([`${warning} (at chart/mlserver)`]);
});

test('warns of nothing else', () => {
  expect(Warnings.find(server({ minReplicas: 1, maxReplicas: 2, extraCapabilities: ['own'] }))).toEqual([]);
  expect(Warnings.find(server({ replicas: 0, minReplicas: 0 }))).toEqual([]);
});

test.each([
  [{ replicas: 0 }], [{ minReplicas: 2, maxReplicas: 2 }], [{ replicas: 0, minReplicas: 0, maxReplicas: 0 }],
  [{ replicas: 5, minReplicas: 0, maxReplicas: 0 }],
])('takes the replicas %j', (replicas) => {
  expect(specOf(server(replicas))).toEqual({ serverConfig: 'mlserver', ...replicas });
});

describe('a Server that this app does not define', () => {
  test('is known by name, and writes nothing', () => {
    const chart = chartOf();
    const found = Server.fromServerName(chart, 'existing', 'mlserver');
    expect([found.serverName, found.serverNamespace]).toEqual(['mlserver', 'models']);
    expect(Server.fromServerName(chart, 'other', 'mlserver', { namespace: 'team' }).serverNamespace).toEqual('team');
    expect(Testing.synth(chart)).toEqual([]);
  });

  test.each<[string, string, object, string]>([
    ['an invalid name', 'My', {},
      'name of Server "My". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
    ['no capability', 'my', { capabilities: [] }, 'empty capabilities. Seldon ignores an empty list. List the capabilities, or leave it out'],
    ['fewer than no replicas', 'my', { maxReplicas: -1 }, `maxReplicas -1. ${INT32}`],
  ])('fails with %s', (_what, name, options, message) => {
    expect(() => Server.fromServerName(chartOf(), 'existing', name, options)).toThrow(new Error(`${message} (at chart/existing)`));
  });
});

test('fails without anything', () => {
  expect(() => new Server(chartOf(), 'mlserver', undefined as never))
    .toThrow(new Error('props undefined. Expected an object with serverConfig (at chart/mlserver)'));
});

test.each(['1st', 'Ml', 'ml.server', 'ml_server', 'ml-', 'a'.repeat(53)])('fails with the name %s', (id) => {
  expect(() => server({}, id)).toThrow(new Error(`name of Server "${id}". ${NAME} (at chart/${id})`));
});

test('accepts the longest name that pods can have', () => {
  expect(server({}, 'a'.repeat(52)).serverName.length).toBe(52);
});

test.each<[string, Partial<ServerProps>, string]>([
  ['no serverConfig', { serverConfig: undefined },
    'serverConfig undefined. Expected a ServerConfig, such as ServerConfig.mlserver() or ServerConfig.fromServerConfigName(…)'],
  ['a serverConfig by its name', { serverConfig: 'mlserver' as never },
    'serverConfig "mlserver". Expected a ServerConfig, such as ServerConfig.mlserver() or ServerConfig.fromServerConfigName(…)'],
  ['a serverConfig without a name', { serverConfig: { serverConfigName: '' } },
    'name of serverConfig "". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
  ['both lists of capabilities', { capabilities: ['a'], extraCapabilities: ['b'] },
    'both capabilities and extraCapabilities. Seldon ignores extraCapabilities then. List all of them in capabilities'],
  ['no capability', { capabilities: [] }, 'empty capabilities. Seldon ignores an empty list. List the capabilities, or leave it out'],
  ['no extra capability', { extraCapabilities: [] },
    'empty extraCapabilities. Seldon ignores an empty list. List the capabilities, or leave it out'],
  ['an extra capability that is two', { extraCapabilities: ['a b'] },
    '"a b" in extraCapabilities. Expected a name without commas and spaces, since Seldon joins capabilities with commas'],
  ['negative replicas', { replicas: -1 }, `replicas -1. ${INT32}`],
  ['a fraction of minReplicas', { minReplicas: 0.5 }, `minReplicas 0.5. ${INT32}`],
  ['maxReplicas in quotes', { maxReplicas: '1' as never }, `maxReplicas 1. ${INT32}`.replace(' 1.', ' "1".')],
  ['minReplicas above maxReplicas', { minReplicas: 3, maxReplicas: 2 }, 'minReplicas 3 and maxReplicas 2. minReplicas must not exceed maxReplicas'],
  ['too few replicas', { replicas: 1, minReplicas: 2 }, 'replicas 1 and minReplicas 2. Replicas must not be less than minReplicas'],
  ['too many replicas', { replicas: 3, maxReplicas: 2 }, 'replicas 3 and maxReplicas 2. Replicas must not exceed maxReplicas'],
  ['an invalid pod', { podSpec: 'agent' as never }, 'podSpec "agent". Expected a k8s.PodSpec of cdk8s-plus-27'],
  ['two containers of one name', { podSpec: podOf('agent', 'agent') }, 'two containers "agent" in podSpec. Give each a unique name'],
  ['a container without a name in imageOverrides', { imageOverrides: { agent: {} as never } },
    'name of agent of imageOverrides undefined. Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
  ['volumes that are kept somehow', { statefulSetPersistentVolumeClaimRetentionPolicy: { whenScaled: 'Keep' as never } },
    'statefulSetPersistentVolumeClaimRetentionPolicy.whenScaled "Keep". Expected one of Retain, Delete'],
  ['a strategy of another type', { deploymentStrategy: { type: 'Blue' } },
    'type "Blue" of deploymentStrategy. Expected "RollingUpdate" or "Recreate"'],
  ['a strategy of two types', { deploymentStrategy: { type: 'Recreate', rollingUpdate: {} } },
    'rollingUpdate of a deploymentStrategy of type "Recreate". Remove rollingUpdate, or use type "RollingUpdate"'],
  ['a strategy that replaces nothing',
    { deploymentStrategy: { rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(0), maxUnavailable: k8s.IntOrString.fromString('0%') } } },
    'maxSurge and maxUnavailable of 0 in deploymentStrategy. No pod could be replaced. Set one of them to a higher value'],
])('fails with %s', (_what, props, message) => {
  expect(() => server(props)).toThrow(new Error(`${message} (at chart/mlserver)`));
});

test.each<[string, Partial<ServerProps>]>([['capabilities', { capabilities: ['own'] }], ['extraCapabilities', { extraCapabilities: ['own'] }]])(
  'fails with %s that no container would read', (field, props) => {
    const serverConfig = new ServerConfig(chartOf('seldon-mesh'), 'custom', { podSpec: podOf('agent') });
    expect(() => server({ serverConfig, ...props })).toThrow(new Error(`${field} with ServerConfig "custom", which has none. `
      + 'Seldon only changes a variable that the pod already has. Set capabilities of the ServerConfig (at chart/mlserver)'));
  });

test('warns of a container that its ServerConfig does not have, and that runs nothing', () => {
  const chart = chartOf();
  const podSpec = { containers: [{ name: 'agnet' }, { name: 'agent' }, { name: 'sidecar', image: 'sidecar:1' }] };
  const made = new Server(chart, 'mine', { serverConfig: ServerConfig.fromServerConfigName(chart, 'existing', 'custom'), podSpec });
  jest.spyOn(console, 'warn').mockImplementation();
  App.of(chart).synthYaml();
  expect(Warnings.find(made)).toEqual([]);
  new ServerConfig(chart, 'custom', { podSpec: podOf('agent', 'server'), namespace: 'seldon-mesh' });
  App.of(chart).synthYaml();
  jest.restoreAllMocks();
  expect(Warnings.find(made)).toEqual([
    'container "agnet" without an image in podSpec. ServerConfig "custom" has no container of that name. Set an image, or use one of "agent", "server" (at chart/mine)',
  ]);
});
