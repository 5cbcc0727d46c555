import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { SeldonComponent, SeldonServiceType } from '../../../src/seldon/core2-runtime/seldon-component';
import { SeldonConfig } from '../../../src/seldon/core2-runtime/seldon-config';
import { SeldonRuntime, SeldonRuntimeProps } from '../../../src/seldon/core2-runtime/seldon-runtime';
import { chartOf, chartOfNowhere, podOf, specOf } from '../../support/core2';

function runtime(props: SeldonRuntimeProps = {}, chart = chartOf()): SeldonRuntime {
  return new SeldonRuntime(chart, 'seldon', props);
}

const DEFAULTS = { serviceConfig: { grpcServicePrefix: 'http2-', serviceType: 'ClusterIP' } };

test('defaultChild', () => {
  expect(ApiObject.of(runtime()).kind).toEqual('SeldonRuntime');
});

test('minimal', () => {
  const chart = Testing.chart();
  new SeldonRuntime(chart, 'seldon');
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "mlops.seldon.io/v1alpha1",
    "kind": "SeldonRuntime",
    "metadata": {
      "name": "seldon",
    },
    "spec": {
      "config": {
        "serviceConfig": {
          "grpcServicePrefix": "http2-",
          "serviceType": "ClusterIP",
        },
      },
      "seldonConfig": "default",
    },
  },
]
`);
});

test('is made of a SeldonConfig of this app, or of an existing one', () => {
  const chart = chartOf('seldon-mesh');
  const seldonConfig = new SeldonConfig(chart, 'custom');
  expect(specOf(runtime({ seldonConfig })).seldonConfig).toEqual('custom');
  expect(specOf(runtime({ seldonConfig: SeldonConfig.fromSeldonConfigName(chart, 'existing', 'other') })).seldonConfig).toEqual('other');
});

test('settings are merged with the defaults', () => {
  expect(specOf(runtime({ config: { kafkaConfig: { topicPrefix: 'ml' }, scalingConfig: { models: { enabled: true } } } }))).toEqual({
    seldonConfig: 'default',
    config: { kafkaConfig: { topicPrefix: 'ml' }, scalingConfig: { models: { enabled: true } }, ...DEFAULTS },
  });
});

test('each default can be changed without the other', () => {
  expect(specOf(runtime({ config: { serviceConfig: { grpcServicePrefix: '' } } })).config)
    .toEqual({ serviceConfig: { grpcServicePrefix: '', serviceType: 'ClusterIP' } });
  const open = runtime({ config: { serviceConfig: { serviceType: SeldonServiceType.LOAD_BALANCER } } });
  expect(specOf(open).config).toEqual({ serviceConfig: { grpcServicePrefix: 'http2-', serviceType: 'LoadBalancer' } });
  expect(open.serviceType).toEqual(SeldonServiceType.LOAD_BALANCER);
});

test('disableAutoUpdate is written, false included', () => {
  expect(specOf(runtime({ disableAutoUpdate: false })).disableAutoUpdate).toEqual(false);
});

describe('an override', () => {
  test('with every field', () => {
    expect(specOf(runtime({
      overrides: [{
        name: SeldonComponent.ENVOY, disable: false, replicas: 0, serviceType: SeldonServiceType.NODE_PORT, podSpec: { containers: [], nodeName: 'n' },
      }],
    })).overrides).toEqual([{ name: 'seldon-envoy', disable: false, replicas: 0, serviceType: 'NodePort', podSpec: { nodeName: 'n' } }]);
  });

  test('keeps the type of the runtime where Seldon would forget it', () => {
    const config = { serviceConfig: { serviceType: SeldonServiceType.LOAD_BALANCER } };
    const overrides = Object.values(SeldonComponent).map((name) => ({ name, replicas: 1 }));
    expect(specOf(runtime({ config, overrides })).overrides).toEqual([
      { name: 'seldon-scheduler', replicas: 1, serviceType: 'LoadBalancer' },
      { name: 'seldon-envoy', replicas: 1, serviceType: 'LoadBalancer' },
      { name: 'seldon-dataflow-engine', replicas: 1 },
      { name: 'hodometer', replicas: 1 },
      { name: 'seldon-modelgateway', replicas: 1 },
      { name: 'seldon-pipelinegateway', replicas: 1 },
    ]);
  });

  test('warns of a type that nothing reads', () => {
    const made = runtime({ overrides: [{ name: SeldonComponent.HODOMETER, serviceType: SeldonServiceType.CLUSTER_IP }] });
    expect(Warnings.find(made)).toEqual(['serviceType of override hodometer. Seldon\'s operator ignores it, '
      + 'since only the Services of seldon-scheduler and seldon-envoy have a configurable type. Remove it (at chart/seldon)']);
  });
});

test('has its namespace and the host of its Models', () => {
  const chart = chartOf();
  Mesh.configure(chart, { clusterDomain: 'example.org' });
  const made = runtime({ namespace: 'team', metadata: { name: 'other' } }, chart);
  expect([made.runtimeName, made.runtimeNamespace, made.meshHost]).toEqual(['other', 'team', 'seldon-mesh.team.svc.example.org']);
  expect(new SeldonRuntime(chartOfNowhere(), 'seldon').meshHost).toBeUndefined();
});

describe('a namespace can have only one', () => {
  const taken = (id: string) => `namespace "models" has SeldonRuntimes seldon (a/seldon) and ${id}. A namespace can have only one, since both would write the same Services and pods. Remove one of them`;

  test('fails with a second one in another chart', () => {
    const app = new App();
    const [a, b] = ['a', 'b'].map((id) => new Chart(app, id, { namespace: 'models' }));
    new SeldonRuntime(a, 'seldon');
    expect(() => new SeldonRuntime(b, 'other')).toThrow(new Error(`${taken('other')} (at b/other)`));
  });

  test('fails with a second one in a chart without a namespace', () => {
    const chart = chartOfNowhere();
    new SeldonRuntime(chart, 'seldon');
    expect(() => new SeldonRuntime(chart, 'other')).toThrow(new Error('the namespace of chart chart has SeldonRuntimes seldon (chart/seldon) and other. '
      + 'A namespace can have only one, since both would write the same Services and pods. Remove one of them (at chart/other)'));
  });

  test('other namespaces, charts without one and other meshes have their own', () => {
    const app = new App();
    for (const [id, namespace] of [['a', 'models'], ['b', 'team'], ['c', undefined], ['d', undefined]] as const) {
      new SeldonRuntime(new Chart(app, id, { namespace }), 'seldon');
    }
    const production = new Chart(app, 'production', { namespace: 'models' });
    Mesh.configure(production, {});
    expect(new SeldonRuntime(production, 'seldon').runtimeNamespace).toEqual('models');
  });
});

test.each<[string, SeldonRuntimeProps, string]>([
  ['a SeldonConfig by its name', { seldonConfig: 'default' as never },
    'seldonConfig "default". Expected a SeldonConfig, or SeldonConfig.fromSeldonConfigName(…) for an existing one'],
  ['a SeldonConfig without a name', { seldonConfig: { seldonConfigName: '' } },
    'name of seldonConfig "". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
  ['overrides outside a list', { overrides: {} as never }, 'overrides an object. Expected a list of objects with name'],
  ['an override of nothing that Seldon has', { overrides: [{ name: 'seldon-mesh' as never }] },
    'overrides[0].name "seldon-mesh". Expected one of seldon-scheduler, seldon-envoy, seldon-dataflow-engine, hodometer, seldon-modelgateway, seldon-pipelinegateway'],
  ['two overrides of one', { overrides: [1, 2].map((replicas) => ({ name: SeldonComponent.ENVOY, replicas })) },
    'two overrides for seldon-envoy. Merge them into one'],
  ['negative replicas', { overrides: [{ name: SeldonComponent.ENVOY, replicas: -1 }] },
    'replicas of override seldon-envoy -1. Expected a whole number from 0 to 2147483647'],
  ['a type of Service that Kubernetes does not have', { overrides: [{ name: SeldonComponent.ENVOY, serviceType: '' as never }] },
    'overrides[0].serviceType "". Expected one of ClusterIP, NodePort, LoadBalancer'],
  ['two containers of one name', { overrides: [{ name: SeldonComponent.ENVOY, podSpec: podOf('envoy', 'envoy') }] },
    'two containers "envoy" in podSpec of override seldon-envoy. Give each a unique name'],
  ['an invalid setting', { config: { tracingConfig: { ratio: 2 } } }, 'ratio 2 of tracingConfig. Expected a share from 0 to 1'],
])('fails with %s', (_what, props, message) => {
  expect(() => runtime(props)).toThrow(new Error(`${message} (at chart/seldon)`));
});

describe('a prefix of nothing, which is that of the SeldonConfig,', () => {
  const config = (grpcServicePrefix: string) => ({ serviceConfig: { grpcServicePrefix } });
  const custom = (chart: Chart, prefix?: string) =>
    new SeldonConfig(chart, 'custom', { namespace: 'seldon-mesh', config: prefix === undefined ? undefined : config(prefix) });
  const warning = (name: string) => [`grpcServicePrefix "". Seldon uses the prefix of SeldonConfig "${name}", and without a prefix Istio loses the status of gRPC calls. `
    + 'If Istio routes to them, leave it out, or start it with "http2-" or "grpc-" (at chart/seldon)'];

  test('warns when that has none, or is not known', () => {
    const chart = chartOf();
    expect(Warnings.find(runtime({ config: config('') }))).toEqual(warning('default'));
    expect(Warnings.find(runtime({ config: config(''), seldonConfig: custom(chart) }, chart))).toEqual(warning('custom'));
  });

  test('is well where that has one', () => {
    const chart = chartOf();
    expect(Warnings.find(runtime({ config: config(''), seldonConfig: custom(chart, 'grpc-') }, chart))).toEqual([]);
  });
});

test('warns of an override of what its SeldonConfig does not have', () => {
  const chart = chartOf();
  const components = [{ name: SeldonComponent.ENVOY, podSpec: podOf('envoy') }];
  const seldonConfig = new SeldonConfig(chart, 'custom', { namespace: 'seldon-mesh', components });
  const overrides = [{ name: SeldonComponent.ENVOY, replicas: 2 }, { name: SeldonComponent.HODOMETER, replicas: 2 }];
  const made = runtime({ seldonConfig, overrides }, chart);
  expect(Warnings.find(made)).toEqual([
    'override hodometer. SeldonConfig "custom" does not have this component, so it does not run. Add it there, or remove the override (at chart/seldon)',
  ]);
});
