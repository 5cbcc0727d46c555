import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { BackendPolicy } from '../../../src/istio/destination-rule/backend-policy';
import { ClientTlsMode } from '../../../src/istio/destination-rule/client-tls';
import { DestinationRule, DestinationRuleProps } from '../../../src/istio/destination-rule/destination-rule';
import { AzureCloud, ModelStore, S3Style } from '../../../src/istio/egress/model-store';
import { ModelStoreEgress, ModelStoreEgressProps } from '../../../src/istio/egress/model-store-egress';
import { ServiceEntryResolution } from '../../../src/istio/egress/service-entry';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { manifestOf, manifestsOf, synth, testChart } from '../../support/manifests';

const STORE = ModelStore.host('models.example.com');
const { NONE, STATIC, DNS, DYNAMIC_DNS } = ServiceEntryResolution;
// What callers who write JavaScript may give.
const wrong = (value: unknown) => value as never;

function make(props: Partial<ModelStoreEgressProps> = {}, chart: Chart = testChart()): ModelStoreEgress {
  return new ModelStoreEgress(chart, 'stores', { stores: [STORE], ...props });
}

function entriesOf(props: Partial<ModelStoreEgressProps>): unknown[] {
  const chart = testChart();
  make(props, chart);
  return manifestsOf(chart, 'ServiceEntry').map(({ metadata: { name }, spec: { hosts, ports, resolution, addresses, endpoints } }) => ({
    name,
    hosts,
    ports: ports.map(({ name: port }: { name: string }) => port),
    resolution,
    ...(addresses && { addresses }),
    ...(endpoints && { endpoints }),
  }));
}

test('defaultChild', () => {
  const chart = testChart();
  const egress = make({ stores: [STORE, ModelStore.host('192.0.2.7')] }, chart);
  ApiObject.of(egress).addJsonPatch(JsonPatch.add('/metadata/labels', { team: 'models' }));

  expect(manifestsOf(chart, 'ServiceEntry').map(({ metadata }) => (metadata as { labels?: object }).labels)).toEqual([{ team: 'models' }, undefined]);
});

test('the minimal ModelStoreEgress', () => {
  const chart = testChart();
  make({}, chart);

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "ServiceEntry",
    "metadata": {
      "name": "stores",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "exportTo": [
        ".",
      ],
      "hosts": [
        "models.example.com",
      ],
      "location": "MESH_EXTERNAL",
      "ports": [
        {
          "name": "tls-443",
          "number": 443,
          "protocol": "TLS",
        },
      ],
      "resolution": "DNS",
    },
  },
]
`);
});

test('TLS is originated only for port 80', () => {
  const chart = testChart();
  make({ tlsOrigination: {} }, chart);

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "ServiceEntry",
    "metadata": {
      "name": "stores",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "exportTo": [
        ".",
      ],
      "hosts": [
        "models.example.com",
      ],
      "location": "MESH_EXTERNAL",
      "ports": [
        {
          "name": "http-80",
          "number": 80,
          "protocol": "HTTP",
          "targetPort": 443,
        },
        {
          "name": "tls-443",
          "number": 443,
          "protocol": "TLS",
        },
      ],
      "resolution": "DNS",
    },
  },
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "DestinationRule",
    "metadata": {
      "name": "models-example-com",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "exportTo": [
        ".",
      ],
      "host": "models.example.com",
      "trafficPolicy": {
        "portLevelSettings": [
          {
            "port": {
              "number": 80,
            },
            "tls": {
              "caCertificates": "/etc/ssl/certs/ca-certificates.crt",
              "mode": "SIMPLE",
              "sni": "models.example.com",
              "subjectAltNames": [
                "models.example.com",
              ],
            },
          },
        ],
      },
    },
  },
]
`);
});

test.each<[string, ModelStore, string[]]>([
  ['a region of S3', ModelStore.s3({ region: 'eu-west-1' }), ['s3.eu-west-1.amazonaws.com', '*.s3.eu-west-1.amazonaws.com']],
  ['a bucket of S3', ModelStore.s3({ region: 'eu-west-1', bucket: 'models' }), ['s3.eu-west-1.amazonaws.com', 'models.s3.eu-west-1.amazonaws.com']],
  ['S3 by path', ModelStore.s3({ region: 'eu-west-1', bucket: 'my.models', style: S3Style.PATH }), ['s3.eu-west-1.amazonaws.com']],
  ['S3 by host', ModelStore.s3({ region: 'eu-west-1', bucket: 'models', style: S3Style.VIRTUAL_HOSTED }), ['models.s3.eu-west-1.amazonaws.com']],
  ['S3 in China', ModelStore.s3({ region: 'cn-north-1', style: S3Style.PATH }), ['s3.cn-north-1.amazonaws.com.cn']],
  ['S3 for the US government', ModelStore.s3({ region: 'us-gov-west-1', style: S3Style.PATH, fips: true }), ['s3-fips.us-gov-west-1.amazonaws.com']],
  ['S3 at another domain', ModelStore.s3({ region: 'eu-west-1', style: S3Style.PATH, domain: 'example.com' }), ['s3.eu-west-1.example.com']],
  ['S3 with IPv6 and tokens', ModelStore.s3({ region: 'eu-west-1', bucket: 'models', dualStack: true, tokenService: true }),
    ['s3.dualstack.eu-west-1.amazonaws.com', 'models.s3.dualstack.eu-west-1.amazonaws.com', 'sts.eu-west-1.amazonaws.com']],
  ['S3 without an endpoint', ModelStore.s3({ region: 'us-east-1', style: S3Style.PATH, globalEndpoint: true }),
    ['s3.us-east-1.amazonaws.com', 's3.amazonaws.com']],
  ['GCS', ModelStore.gcs(), ['storage.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com']],
  ['a bucket of GCS', ModelStore.gcs({ bucket: 'models', workloadIdentityFederation: true }),
    ['storage.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com', 'models.storage.googleapis.com', 'sts.googleapis.com', 'iamcredentials.googleapis.com']],
  ['Azure', ModelStore.azureBlob({ account: 'models' }), ['models.blob.core.windows.net']],
  ['Azure with all', ModelStore.azureBlob({ account: 'models', cloud: AzureCloud.US_GOVERNMENT, dataLake: true, entraId: true }),
    ['models.blob.core.usgovcloudapi.net', 'models.dfs.core.usgovcloudapi.net', 'login.microsoftonline.us']],
  ['Hugging Face', ModelStore.huggingFace(), ['huggingface.co', '*.huggingface.co', '*.hf.co']],
  ['a mirror', ModelStore.huggingFace({ hub: 'hf.example.com', cdnHosts: ['cdn.example.com'] }), ['hf.example.com', 'cdn.example.com']],
  ['MinIO', ModelStore.minio({ host: 'minio.example.com' }), ['minio.example.com']],
])('hosts of %s', (_what, store, hosts) => {
  expect(store.hosts).toEqual(hosts);
});

test.each<[string, Partial<ModelStoreEgressProps>, unknown[]]>([
  ['separate entries for names and wildcards', { stores: [ModelStore.huggingFace()] }, [
    { name: 'stores', hosts: ['huggingface.co'], ports: ['tls-443'], resolution: 'DNS' },
    { name: 'stores-any', hosts: ['*.huggingface.co', '*.hf.co'], ports: ['tls-443'], resolution: 'NONE' },
  ]],
  ['wildcards by DNS', { stores: [ModelStore.huggingFace({ cdnHosts: ['*.hf.co'] })], resolution: DYNAMIC_DNS }, [
    { name: 'stores', hosts: ['huggingface.co'], ports: ['tls-443'], resolution: 'DNS' },
    { name: 'stores-any', hosts: ['*.hf.co'], ports: ['tls-443'], resolution: 'DYNAMIC_DNS' },
  ]],
  ['a host of two stores once', { stores: [ModelStore.gcs(), ModelStore.gcs()] }, [
    { name: 'stores', hosts: ['storage.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com'], ports: ['tls-443'], resolution: 'DNS' },
  ]],
  ['other ports', { stores: [STORE, ModelStore.minio({ host: 'minio.example.com' }), ModelStore.host('models.example.com', { port: 80, tls: false })] }, [
    { name: 'stores-http-80-tls-443', hosts: ['models.example.com'], ports: ['http-80', 'tls-443'], resolution: 'DNS' },
    { name: 'stores-http-9000', hosts: ['minio.example.com'], ports: ['http-9000'], resolution: 'DNS' },
  ]],
  ['addresses', { stores: [ModelStore.host('a.example.com', { addresses: ['10.0.0.1'] }), ModelStore.host('b.example.com', { addresses: ['10.1.0.0/16'] })] }, [
    { name: 'stores-a-example-com', hosts: ['a.example.com'], ports: ['tls-443'], resolution: 'STATIC', addresses: ['10.0.0.1'], endpoints: [{ address: '10.0.0.1' }] },
    { name: 'stores-b-example-com', hosts: ['b.example.com'], ports: ['tls-443'], resolution: 'NONE', addresses: ['10.1.0.0/16'] },
  ]],
  ['an address for a host', { stores: [ModelStore.minio({ host: '10.0.0.5' }), ModelStore.host('fd00::5', { port: 8443 })] }, [
    { name: 'stores-10-0-0-5-http-9000', hosts: ['10-0-0-5.address.internal'], ports: ['http-9000'], resolution: 'STATIC', addresses: ['10.0.0.5'], endpoints: [{ address: '10.0.0.5' }] },
    { name: 'stores-fd00--5-tls-8443', hosts: ['fd00-5.address.internal'], ports: ['tls-8443'], resolution: 'STATIC', addresses: ['fd00::5'], endpoints: [{ address: 'fd00::5' }] },
  ]],
  ['addresses that are dialled', { stores: [ModelStore.host('a.example.com', { addresses: ['10.0.0.1'] })], resolution: NONE }, [
    { name: 'stores-a-example-com', hosts: ['a.example.com'], ports: ['tls-443'], resolution: 'NONE', addresses: ['10.0.0.1'] },
  ]],
])('entries have %s', (_what, props, entries) => {
  expect(entriesOf(props)).toEqual(entries);
});

test('a store in the cluster needs no object', () => {
  const chart = testChart({ clusterDomain: 'k8s.example' });
  const egress = make({ stores: ['minio', 'minio.storage.svc', 'minio.storage2.svc.k8s.example'].map((host) => ModelStore.minio({ host })) }, chart);

  expect(egress.hosts).toEqual([
    'minio.seldon-mesh.svc.k8s.example', 'minio.storage.svc.k8s.example', 'minio.storage2.svc.k8s.example',
  ]);
  expect(Testing.synth(chart)).toEqual([]);
});

test('TLS is originated with the specified settings', () => {
  const chart = testChart();
  make({
    metadata: { name: 'mine', labels: { team: 'risk' } },
    exportTo: ['*'],
    tlsOrigination: { port: 8080, mode: ClientTlsMode.MUTUAL, clientCertificate: '/tls.crt', privateKey: '/tls.key', caCertificates: '/ca.crt', subjectAltNames: ['a'] },
  }, chart);
  const rule = manifestOf(chart, 'DestinationRule');

  expect(rule.metadata).toEqual({ name: 'models-example-com', namespace: 'seldon-mesh', labels: { team: 'risk' } });
  expect(rule.spec).toEqual({
    host: 'models.example.com',
    exportTo: ['*'],
    trafficPolicy: {
      portLevelSettings: [{
        port: { number: 8080 },
        tls: {
          mode: 'MUTUAL', clientCertificate: '/tls.crt', privateKey: '/tls.key', caCertificates: '/ca.crt', subjectAltNames: ['a'], sni: 'models.example.com',
        },
      }],
    },
  });
});

test('CA certificates can come from a ConfigMap, or verification can be skipped', () => {
  const chart = testChart();
  make({ tlsOrigination: { credentialName: 'configmap://seldon-mesh/authorities' } }, chart);
  new ModelStoreEgress(chart, 'lax', { stores: [ModelStore.host('lax.example.com')], tlsOrigination: { insecureSkipVerify: true } });

  expect(manifestsOf(chart, 'DestinationRule').map(({ spec }) => spec.trafficPolicy.portLevelSettings[0].tls)).toEqual([
    { mode: 'SIMPLE', credentialName: 'configmap://seldon-mesh/authorities', subjectAltNames: ['models.example.com'], sni: 'models.example.com' },
    { mode: 'SIMPLE', insecureSkipVerify: true, sni: 'lax.example.com' },
  ]);
});

test('fails for two that a namespace sees', () => {
  const chart = testChart();
  make({}, chart);

  expect(() => new ModelStoreEgress(chart, 'again', { stores: [STORE], namespace: 'tools', exportTo: ['seldon-mesh'] })).toThrow(new Error(
    'a second entry for host "models.example.com", which has test/stores/Entry. A namespace that sees both gets one of them, or a mixture. '
    + 'Put everything about the host into one entry, or export them to different namespaces (at test/again/Entry)'));
});

const TLS = {
  mode: 'SIMPLE', caCertificates: '/etc/ssl/certs/ca-certificates.crt', subjectAltNames: ['models.example.com'], sni: 'models.example.com',
};
const BREAKER = { outlierDetection: { consecutive5xxErrors: 3 } };

describe('one rule has the policy for a store and TLS origination', () => {
  const backend = ServiceBackend.of({ name: 'models.example.com', namespace: 'seldon-mesh', port: 80 });
  const written = { host: 'models.example.com', trafficPolicy: { ...BREAKER, portLevelSettings: [{ port: { number: 80 }, ...BREAKER, tls: TLS }] } };

  test('after a BackendPolicy, whose settings apply to the port too', () => {
    const chart = testChart();
    new BackendPolicy(chart, 'policy', { backend, ...BREAKER });
    make({ tlsOrigination: {} }, chart);

    expect(manifestOf(chart, 'DestinationRule').spec).toEqual(written);
  });

  test('before a BackendPolicy', () => {
    const chart = testChart();
    make({ tlsOrigination: {} }, chart);
    new BackendPolicy(chart, 'policy', { backend, ...BREAKER });

    expect(manifestOf(chart, 'DestinationRule').spec).toEqual({ ...written, exportTo: ['.'] });
  });

  test('after a DestinationRule', () => {
    const chart = testChart();
    new DestinationRule(chart, 'rule', { host: 'models.example.com', trafficPolicy: BREAKER, exportTo: ['seldon-mesh', 'tools'] });
    make({ tlsOrigination: {}, exportTo: ['.', 'tools'] }, chart);

    expect(manifestOf(chart, 'DestinationRule').spec).toEqual({ ...written, exportTo: ['seldon-mesh', 'tools'] });
  });
});

test('fails when a DestinationRule is created after the one that originates TLS', () => {
  const chart = testChart();
  make({ tlsOrigination: {} }, chart);

  expect(() => new DestinationRule(chart, 'rule', { host: 'models.example.com', trafficPolicy: BREAKER })).toThrow(new Error(
    'a second DestinationRule for host "models.example.com", which has test/stores/Tls-models.example.com. Put everything about the host '
    + 'into one rule, or export the rules to different namespaces (at test/rule)'));
});

test('fails when a DestinationRule has other TLS settings for the port', () => {
  const chart = testChart();
  const tls = { mode: ClientTlsMode.DISABLE };
  new DestinationRule(chart, 'rule', { host: 'models.example.com', trafficPolicy: { portLevelSettings: [{ port: 80, tls }] } });

  expect(() => make({ tlsOrigination: {} }, chart)).toThrow(new Error(
    'tls of port 80 for host "models.example.com", which test/rule sets to a different '
    + 'value. Istio applies one DestinationRule for a host, whichever construct creates it. Set it in one place, or to the same value everywhere (at test/stores)'));
});

test('fails when TLS origination adds a field that the release does not support to an existing rule', () => {
  const chart = testChart({ istioVersion: '1.11' });
  new DestinationRule(chart, 'rule', { host: 'models.example.com', trafficPolicy: BREAKER });

  expect(() => make({ tlsOrigination: { insecureSkipVerify: true } }, chart)).toThrow(new Error(
    'tlsOrigination.portLevelSettings[0].tls.insecureSkipVerify with istioVersion "1.11". '
    + 'Istio has this field only since 1.12. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/stores)'));
});

test.each([
  [{ namespace: 'tools' }, 'namespace "tools"'],
  [{ exportTo: ['.'] }, 'namespace "seldon-mesh", exported to "."'],
])('fails when a DestinationRule is not seen by all who see the store: %j', (props, where) => {
  const chart = testChart();
  new DestinationRule(chart, 'rule', { host: 'models.example.com', trafficPolicy: BREAKER, ...props });

  expect(() => make({ tlsOrigination: {}, exportTo: ['*'] }, chart)).toThrow(new Error(
    `tlsOrigination for host "models.example.com", which has DestinationRule test/rule in ${where}. Some namespaces that see the store would not see the rule that originates TLS on port 80. `
    + 'Put the rule into the namespace of the egress, and export it to all namespaces that see the egress (at test/stores)'));
});

describe('TLS in TLS', () => {
  const problems = (rules: Record<string, Partial<DestinationRuleProps>>, props: Partial<ModelStoreEgressProps> = {}): string => {
    const chart = testChart();
    make(props, chart);
    for (const [id, rule] of Object.entries(rules)) new DestinationRule(chart, id, { host: 'models.example.com', ...rule });
    try {
      synth(chart.node.root as never);
    } catch (e) {
      return (e as Error).message.replace('Validation failed with the following errors:\n  [test] ', '');
    }
    return '';
  };
  const leave = 'Clients that use HTTPS would hang. Leave it out, and set tlsOrigination for clients that use plain HTTP (at test/stores)';
  const narrow = 'Clients that use HTTPS would hang. Narrow the host of the rule, and set tlsOrigination for clients that use plain HTTP (at test/stores)';
  const started = (mode: ClientTlsMode) => ({ trafficPolicy: { tls: { mode, clientCertificate: '/tls.crt', privateKey: '/tls.key' } } });
  const simple = started(ClientTlsMode.SIMPLE);
  const onPort = (port: number, mode = ClientTlsMode.SIMPLE) => ({ trafficPolicy: { portLevelSettings: [{ port, tls: { mode } }] } });

  test.each([ClientTlsMode.SIMPLE, ClientTlsMode.MUTUAL, ClientTlsMode.ISTIO_MUTUAL])('fails for the whole host with mode %s', (mode) => {
    expect(problems({ rule: started(mode) })).toContain(`DestinationRule test/rule originates TLS for the whole host "models.example.com". ${leave}`);
  });

  test('fails for the port of the store', () => {
    expect(problems({ rule: onPort(443) })).toContain(`DestinationRule test/rule originates TLS for port 443 of host "models.example.com". ${leave}`);
  });

  test.each(['*.example.com', '*.com', '*ls.example.com', '*'])('fails for a rule for %s', (host) => {
    expect(problems({ rule: { host, ...simple } }))
      .toContain(`DestinationRule test/rule originates TLS for the whole host "models.example.com", which its host "${host}" covers. ${narrow}`);
  });

  test('fails for a rule of the root namespace, where the namespace of the store has none', () => {
    expect(problems({ rule: { namespace: 'istio-system', ...simple } }))
      .toContain(`DestinationRule test/rule originates TLS for the whole host "models.example.com". ${leave}`);
  });

  test('fails for a rule of another namespace that sees the store', () => {
    expect(problems({ rule: { namespace: 'tools', ...simple } }, { exportTo: ['.', 'tools'] }))
      .toContain(`DestinationRule test/rule originates TLS for the whole host "models.example.com". ${leave}`);
  });

  test.each<[string, Record<string, Partial<DestinationRuleProps>>]>([
    ['mode DISABLE', { rule: started(ClientTlsMode.DISABLE) }],
    ['another port', { rule: onPort(8080) }],
    ['a port that inherits nothing', { rule: { trafficPolicy: { ...simple.trafficPolicy, ...onPort(443, ClientTlsMode.DISABLE).trafficPolicy } } }],
    ['a rule for other hosts', { rule: { host: '*.example.org', ...simple } }],
    ['a nearer rule', { rule: {}, wide: { host: '*.example.com', ...simple } }],
    ['a nearer rule than that of the root namespace', { rule: { host: '*' }, wide: { namespace: 'istio-system', host: '*.example.com', ...simple } }],
    ['a namespace that does not see the store', { rule: { namespace: 'tools', ...simple } }],
  ])('%s is fine', (_what, rules) => {
    expect(problems(rules)).toBe('');
  });
});

test('a DestinationRule may have other settings for a host', () => {
  const chart = testChart();
  make({}, chart);
  new DestinationRule(chart, 'rule', { host: 'models.example.com', trafficPolicy: { outlierDetection: {} } });

  expect(() => synth(chart.node.root as never)).not.toThrow();
});

test.each<[() => unknown, string]>([
  [() => make({ stores: wrong(STORE) }),
    'stores an object. Expected a list in which each entry is a ModelStore, such as ModelStore.gcs() (at test/stores)'],
  [() => make({ stores: [] }),
    'no store. List at least one, such as ModelStore.gcs() (at test/stores)'],
  [() => make({ stores: [wrong('s3')] }),
    'stores[0] "s3". Expected a ModelStore, such as ModelStore.gcs() (at test/stores)'],
  [() => make({ stores: [ModelStore.huggingFace()], resolution: DNS }),
    'host "*.huggingface.co" with resolution "DNS". A wildcard cannot be resolved in advance. Set NONE, or DYNAMIC_DNS with Istio 1.28 or later, or list the hosts (at test/stores)'],
  [() => make({ stores: [ModelStore.huggingFace()], resolution: STATIC }),
    'host "huggingface.co" with resolution "STATIC". Its addresses are not specified. Set addresses of the store, or set DNS (at test/stores)'],
  [() => make({ resolution: DYNAMIC_DNS }),
    'resolution "DYNAMIC_DNS" without a wildcard. Istio accepts it only for wildcards. Leave it out, or set DNS (at test/stores)'],
  [() => make({ resolution: STATIC }),
    'host "models.example.com" with resolution "STATIC". Its addresses are not specified. Set addresses of the store, or set DNS (at test/stores)'],
  [() => make({ stores: [ModelStore.host('a.example.com', { addresses: ['10.0.0.1'] })], resolution: DNS }),
    'host "a.example.com" with resolution "DNS". Its addresses are specified, so DNS is not queried. Set STATIC or NONE (at test/stores)'],
  [() => make({ stores: [ModelStore.minio({ host: '10.0.0.5' })], resolution: DNS }),
    'host "10.0.0.5" with resolution "DNS". Its addresses are specified, so DNS is not queried. Set STATIC or NONE (at test/stores)'],
  [() => make({ stores: [ModelStore.host('a.example.com', { addresses: ['10.0.0.0/8'] })], resolution: STATIC }),
    'host "a.example.com" with resolution "STATIC". A CIDR block is not an address to connect to. Set NONE (at test/stores)'],
  [() => make({ stores: [STORE, ModelStore.host('models.example.com', { addresses: ['10.0.0.1'] })] }),
    'two stores with host "models.example.com" and different addresses. Set the same addresses for both (at test/stores)'],
  [() => make({ stores: [STORE, ModelStore.host('models.example.com', { port: 443, tls: false })] }),
    'two stores with host "models.example.com" and port 443, one with TLS and one without. Set tls to the same value for both (at test/stores)'],
  [() => make({ exportTo: ['~'] }),
    'exportTo "~". Istio accepts it only for a ServiceEntry. Set names of namespaces, "." for this one or "*" for all (at test/stores)'],
  [() => make({ stores: [ModelStore.minio({ host: 'a.b.c.svc' })] }),
    'host "a.b.c.svc". Expected name and namespace of a Service, such as "minio.storage.svc" (at test/stores)'],
  [() => make({ metadata: { name: 'A' } }),
    'name of ModelStoreEgress "A". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at test/stores)'],
  [() => make({ tlsOrigination: wrong(true) }),
    'tlsOrigination true. Expected an object, which may be empty (at test/stores)'],
  [() => make({ tlsOrigination: { port: 0 } }),
    'tlsOrigination.port 0. Expected a whole number from 1 to 65535 (at test/stores)'],
  [() => make({ tlsOrigination: { mode: ClientTlsMode.ISTIO_MUTUAL } }),
    'tlsOrigination.mode "ISTIO_MUTUAL". Expected SIMPLE or MUTUAL, since the store is not part of the mesh (at test/stores)'],
  [() => make({ tlsOrigination: { credentialName: 'secret' } }),
    'tlsOrigination.credentialName "secret". Expected configmap://namespace/name, since sidecars read a Secret only for a rule with a workloadSelector (at test/stores)'],
  [() => make({ tlsOrigination: { mode: ClientTlsMode.MUTUAL } }),
    'trafficPolicy.portLevelSettings[0].tls with mode "MUTUAL" and no clientCertificate. Set credentialName, or clientCertificate and privateKey (at test/stores/Tls-models.example.com)'],
  [() => make({ stores: [ModelStore.huggingFace()], tlsOrigination: {} }),
    'tlsOrigination for host "*.huggingface.co". Connections to a wildcard keep the port that the client dialled. List the hosts, for example by setting the bucket (at test/stores)'],
  [() => make({ stores: [ModelStore.host('10.0.0.5')], tlsOrigination: {} }),
    'tlsOrigination for host "10.0.0.5". The certificate of a store is for a DNS name. Set that name as the host, and its addresses (at test/stores)'],
  [() => make({ resolution: NONE, tlsOrigination: {} }),
    'tlsOrigination for host "models.example.com". With resolution "NONE" connections keep the port that the client dialled. Set DNS, or STATIC with addresses (at test/stores)'],
  [() => make({ stores: [STORE, ModelStore.host('models.example.com', { port: 8443 })], tlsOrigination: {} }),
    'tlsOrigination for host "models.example.com". It has several ports with TLS, 443 and 8443, but the plain port forwards to only one. Leave the others out (at test/stores)'],
  [() => make({ stores: [STORE, ModelStore.host('models.example.com', { port: 80, tls: false })], tlsOrigination: {} }),
    'tlsOrigination for host "models.example.com". It already has a port 80. Set another tlsOrigination.port (at test/stores)'],
  [() => make({ stores: [ModelStore.minio({ host: 'minio.example.com' })], tlsOrigination: {} }),
    'tlsOrigination without a store that uses TLS. Leave it out (at test/stores)'],
  [() => make({ stores: [ModelStore.minio({ host: 'minio', tls: true })], tlsOrigination: {} }),
    'tlsOrigination with Service "minio". The Service is part of the cluster. Add a port for plain HTTP to it, or create a DestinationRule (at test/stores)'],
  [() => ModelStore.s3(wrong(undefined)),
    'props undefined. Expected an object with region (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'Europe' }),
    'region "Europe". Expected a region such as "eu-west-1" (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'eu-west-1', bucket: 'My_Models' }),
    'bucket "My_Models". Expected a bucket of 3 to 63 lower-case letters, digits, hyphens and dots (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'eu-west-1', bucket: 'a..b' }),
    'bucket "a..b". Expected labels separated by dots, and not an IP address (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'eu-west-1', bucket: 'my.models' }),
    'bucket "my.models" with style both. The certificate of S3 does not cover a host with dots in the bucket. Set S3Style.PATH (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'eu-west-1', style: wrong('x') }),
    'style "x". Expected one of both, path, virtual-hosted (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'cn-north-1', globalEndpoint: true }),
    'globalEndpoint in the partition of amazonaws.com.cn. This partition has no global endpoint. Let clients use the endpoint of the region (at ModelStore.s3)'],
  [() => ModelStore.s3({ region: 'eu-west-1', domain: '*.com' }),
    'domain "*.com". Expected a DNS name (at ModelStore.s3)'],
  [() => ModelStore.gcs({ bucket: 'a' }),
    'bucket "a". Expected a bucket of 3 to 63 letters, digits, hyphens and underscores (at ModelStore.gcs)'],
  [() => ModelStore.gcs({ bucket: 'my_models' }),
    'bucket "my_models". A host cannot contain an underscore. Let clients use path-style access, and leave bucket out (at ModelStore.gcs)'],
  [() => ModelStore.azureBlob({ account: 'models.blob.core.windows.net' }),
    'account "models.blob.core.windows.net". Expected 3 to 24 lower-case letters and digits, without a host (at ModelStore.azureBlob)'],
  [() => ModelStore.azureBlob({ account: 'models', cloud: wrong('moon') }),
    'cloud "moon". Expected one of public, china, us-government (at ModelStore.azureBlob)'],
  [() => ModelStore.huggingFace({ hub: 'https://huggingface.co' }),
    'hub "https://huggingface.co" with a scheme. Set only the host, such as "models.example.com" (at ModelStore.huggingFace)'],
  [() => ModelStore.huggingFace({ cdnHosts: ['*'] }),
    'CDN host "*". Expected a DNS name such as "models.example.com", a wildcard such as "*.example.com", or an IP address (at ModelStore.huggingFace)'],
  [() => ModelStore.minio({ host: 'minio.example.com:9000' }),
    'host "minio.example.com:9000" with a port. Set only the host, and use the option for the port (at ModelStore.minio)'],
  [() => ModelStore.minio({ host: 'minio.example.com', port: 0 }),
    'port 0. Expected a whole number from 1 to 65535 (at ModelStore.minio)'],
  [() => ModelStore.host('example.com/models'),
    'host "example.com/models" with a path. Istio distinguishes hosts, not paths. Set only the host (at ModelStore.host)'],
  [() => ModelStore.host(wrong(5)),
    'host 5. Expected a string (at ModelStore.host)'],
  [() => ModelStore.host('a_b.com'),
    'host "a_b.com". Expected a DNS name such as "models.example.com", a wildcard such as "*.example.com", or an IP address (at ModelStore.host)'],
  [() => ModelStore.host('a.com', { addresses: [] }),
    'no addresses of a.com. List at least one, or leave addresses out (at ModelStore.host)'],
  [() => ModelStore.host('a.com', { addresses: ['x'] }),
    'address "x". Expected an IP address or a CIDR block such as "10.0.0.0/8" (at ModelStore.host)'],
  [() => ModelStore.host('10.0.0.1', { addresses: ['10.0.0.1'] }),
    'addresses of 10.0.0.1. The host is itself an IP address. Leave addresses out, or set a DNS name as the host (at ModelStore.host)'],
  [() => ModelStore.host('*.a.com', { addresses: ['10.0.0.1'] }),
    'addresses of "*.a.com". Addresses belong to one DNS name. Set that name as the host (at ModelStore.host)'],
])('fails: %s', (act, message) => {
  expect(act).toThrow(new Error(message));
});
