import { ApiObject, Testing } from 'cdk8s';
import { ServerCapability } from '../../../src/seldon/core2/capability';
import { ServerConfig, ServerConfigProps } from '../../../src/seldon/core2-runtime/server-config';
import { chartOf, claimOf, podOf, podThatCan, specOf } from '../../support/core2';

function serverConfig(props: Partial<ServerConfigProps> = {}): ServerConfig {
  return new ServerConfig(chartOf('seldon-mesh'), 'custom', { podSpec: podOf('rclone', 'agent', 'server'), ...props });
}

test('defaultChild', () => {
  expect(ApiObject.of(serverConfig()).kind).toEqual('ServerConfig');
});

test('minimal', () => {
  const chart = Testing.chart();
  new ServerConfig(chart, 'custom', { podSpec: podOf('agent') });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "mlops.seldon.io/v1alpha1",
    "kind": "ServerConfig",
    "metadata": {
      "name": "custom",
    },
    "spec": {
      "podSpec": {
        "containers": [
          {
            "image": "agent:1",
            "name": "agent",
          },
        ],
      },
      "volumeClaimTemplates": [],
    },
  },
]
`);
});

test('volumes are written', () => {
  expect(specOf(serverConfig({ volumeClaimTemplates: [claimOf('models')] })).volumeClaimTemplates).toEqual([
    { name: 'models', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  ]);
});

test('accepts namespace and name', () => {
  const made = serverConfig({ namespace: 'seldon-system', metadata: { name: 'other' } });
  expect(ApiObject.of(made).toJson().metadata).toEqual({ name: 'other', namespace: 'seldon-system' });
  expect(made.serverConfigName).toEqual('other');
});

describe('what its Servers can do', () => {
  test('is written for the agent', () => {
    const made = serverConfig({ capabilities: ['sklearn', 'own'] });
    expect((specOf(made).podSpec as { containers: object[] }).containers).toEqual([
      { name: 'rclone', image: 'rclone:1' },
      { name: 'agent', image: 'agent:1', env: [{ name: 'SELDON_SERVER_CAPABILITIES', value: 'sklearn,own' }] },
      { name: 'server', image: 'server:1' },
    ]);
    expect(made.serverConfigCapabilities).toEqual(['sklearn', 'own']);
  });

  test('is read from the pod', () => {
    expect(serverConfig({ podSpec: podThatCan('sklearn', ' own', '') }).serverConfigCapabilities).toEqual(['sklearn', 'own']);
  });

  test('is empty when the pod does not declare it', () => {
    expect(serverConfig().serverConfigCapabilities).toEqual([]);
  });

  test('is not known when the pod reads it from a ConfigMap, or declares two values', () => {
    const name = 'SELDON_SERVER_CAPABILITIES';
    const fromElsewhere = [{ name, valueFrom: { configMapKeyRef: { name: 'map', key: 'key' } } }];
    expect(serverConfig({ podSpec: { containers: [{ name: 'agent', env: fromElsewhere }] } }).serverConfigCapabilities).toBeUndefined();
    expect(serverConfig({ podSpec: { containers: [{ name: 'agent', env: [{ name, value: 'a' }] }, { name: 'b', env: [{ name, value: 'b' }] }] } })
      .serverConfigCapabilities).toBeUndefined();
  });
});

describe('an existing one', () => {
  test('is referenced by name, and Seldon\'s own have known capabilities', () => {
    expect(ServerConfig.mlserver()).toEqual({ serverConfigName: 'mlserver', serverConfigCapabilities: ServerCapability.ofMlserver() });
    expect(ServerConfig.triton()).toEqual({ serverConfigName: 'triton', serverConfigCapabilities: ServerCapability.ofTriton() });
    const named = (name: string) => ServerConfig.fromServerConfigName(chartOf(), 'existing', name);
    expect(['mlserver', 'triton', 'own'].map((name) => named(name).serverConfigName)).toEqual(['mlserver', 'triton', 'own']);
    expect(['mlserver', 'triton', 'own'].map((name) => named(name).serverConfigCapabilities))
      .toEqual([ServerCapability.ofMlserver(), ServerCapability.ofTriton(), undefined]);
  });

  test('accepts other capabilities', () => {
    expect(ServerConfig.fromServerConfigName(chartOf(), 'existing', 'mlserver', { capabilities: ['own'] }).serverConfigCapabilities).toEqual(['own']);
  });

  test('fails with a name that Kubernetes refuses', () => {
    expect(() => ServerConfig.fromServerConfigName(chartOf(), 'existing', 'MLServer')).toThrow(new Error('name of ServerConfig "MLServer". '
      + 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at chart/existing)'));
  });

  test('fails with an empty list', () => {
    expect(() => ServerConfig.fromServerConfigName(chartOf(), 'existing', 'own', { capabilities: [] })).toThrow(new Error('empty capabilities. '
      + 'Seldon ignores an empty list. List the capabilities, or leave it out (at chart/existing)'));
  });
});

test('fails without anything', () => {
  expect(() => new ServerConfig(chartOf(), 'custom', undefined as never)).toThrow(new Error('props undefined. Expected an object with podSpec (at chart/custom)'));
});

test.each<[string, Partial<ServerConfigProps>, string]>([
  ['no pod', { podSpec: undefined }, 'podSpec undefined. Expected a k8s.PodSpec of cdk8s-plus-27'],
  ['no container', { podSpec: podOf() }, 'podSpec without containers. Add at least one'],
  ['two containers of one name', { podSpec: podOf('agent', 'agent') }, 'two containers "agent" in podSpec. Give each a unique name'],
  ['a volume without a size', { volumeClaimTemplates: [claimOf('models', { resources: {} })] },
    'volumeClaimTemplates[0] of ServerConfig without a request for storage. Set resources.requests.storage'],
  ['capabilities as a string', { capabilities: 'sklearn' as never }, 'capabilities "sklearn". Expected a list of strings'],
  ['no capability', { capabilities: [] }, 'empty capabilities. Seldon ignores an empty list. List the capabilities, or leave it out'],
  ['two capabilities in one', { capabilities: ['sklearn,own'] }, '"sklearn,own" in capabilities. Expected a name without commas and spaces, since Seldon joins capabilities with commas'],
  ['an empty capability', { capabilities: [''] }, '"" in capabilities. Expected a name without commas and spaces, since Seldon joins capabilities with commas'],
  ['capabilities set twice', { capabilities: ['own'], podSpec: podThatCan('sklearn') },
    'capabilities and a variable SELDON_SERVER_CAPABILITIES in the podSpec. Set them in one place'],
  ['capabilities without an agent', { capabilities: ['own'], podSpec: podOf('server') },
    'capabilities of a podSpec without a container "agent". The agent reports them to Seldon\'s scheduler. Add the container, or set the variable in the container that runs the agent'],
])('fails with %s', (_what, props, message) => {
  expect(() => serverConfig(props)).toThrow(new Error(`${message} (at chart/custom)`));
});

test('fails with a private key in the pod, once it is written', () => {
  const made = serverConfig({ podSpec: { containers: [{ name: 'agent', env: [{ name: 'KEY', value: '-----BEGIN PRIVATE KEY-----' }] }] } });
  expect(() => specOf(made)).toThrow('Error: spec of ServerConfig holds a private key. '
    + 'Keep it in a secret and give the name of the secret or the path of the file (at chart/custom)');
});
