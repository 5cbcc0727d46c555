import { ApiObject, Duration, Testing } from 'cdk8s';
import { Core1Monitor, Core1MonitorProps, Core2Component, Core2Monitor, Core2MonitorProps, IstioProxyMonitor, MonitorProps } from '../../src/observability/monitors';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';

function core1(props?: Core1MonitorProps): Core1Monitor {
  return new Core1Monitor(testChart(), 'seldon', props);
}

/** Kind, name, selector and endpoint of each monitor of Seldon Core 2. */
function core2(props?: Core2MonitorProps) {
  const chart = testChart();
  new Core2Monitor(chart, 'seldon', props);
  const made = Testing.synth(chart) as { kind: string; metadata: { name: string }; spec: Record<string, any> }[];
  return made.map(({ kind, metadata: { name }, spec }) => ({
    kind, name, labels: spec.selector.matchLabels, ...(spec.podMetricsEndpoints ?? spec.endpoints)[0], scrapeClass: spec.scrapeClass,
  }));
}

test('defaultChild', () => {
  expect([core1(), new IstioProxyMonitor(testChart(), 'proxies')].map((made) => ApiObject.of(made).kind)).toEqual(['PodMonitor', 'PodMonitor']);
});

describe('of Seldon Core 1', () => {
  test('minimal', () => {
    expect(ApiObject.of(core1()).toJson()).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'seldon', namespace: 'seldon-mesh' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/managed-by': 'seldon-core' } },
        podMetricsEndpoints: [{ port: 'metrics', path: '/prometheus', interval: '15s' }],
      },
    });
  });

  test('has every field', () => {
    const made = core1({
      namespace: 'monitoring',
      metadata: { labels: { release: 'prometheus' } },
      anyNamespace: true,
      interval: Duration.minutes(1),
      scrapeTimeout: Duration.seconds(10),
      mtlsScrapeClass: 'istio-mtls',
      orchestratorsOnly: true,
    });
    expect(ApiObject.of(made).toJson()).toMatchObject({
      metadata: { name: 'seldon', namespace: 'monitoring', labels: { release: 'prometheus' } },
      spec: {
        namespaceSelector: { any: true },
        scrapeClass: 'istio-mtls',
        podMetricsEndpoints: [{
          port: 'metrics',
          path: '/prometheus',
          interval: '1m',
          scrapeTimeout: '10s',
          scheme: 'https',
          relabelings: [{ action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: 'seldon-container-engine' }],
        }],
      },
    });
  });

  test('selects the given namespaces', () => {
    expect(ApiObject.of(core1({ namespaces: ['a', 'b'] })).toJson().spec.namespaceSelector).toEqual({ matchNames: ['a', 'b'] });
  });
});

describe('of Seldon Core 2', () => {
  test('minimal', () => {
    expect(core2()).toEqual([
      { kind: 'PodMonitor', name: 'seldon-agent', labels: { 'app.kubernetes.io/name': 'seldon-server' }, port: 'metrics', path: '/metrics', interval: '15s' },
      { kind: 'PodMonitor', name: 'seldon-server', labels: { 'app.kubernetes.io/name': 'seldon-server' }, port: 'server-metrics', path: '/metrics', interval: '15s' },
      {
        kind: 'PodMonitor',
        name: 'seldon-pipelinegateway',
        labels: { 'app.kubernetes.io/name': 'seldon-pipelinegateway' },
        port: 'metrics',
        path: '/metrics',
        interval: '15s',
      },
      { kind: 'ServiceMonitor', name: 'seldon-envoy', labels: { 'app.kubernetes.io/name': 'seldon-envoy' }, port: 'stats', path: '/stats/prometheus', interval: '15s' },
    ]);
  });

  test('scrapes the given components, with mTLS', () => {
    expect(core2({ components: [Core2Component.ENVOY, Core2Component.AGENT], mtlsScrapeClass: 'mesh', metadata: { name: 'ml' } })
      .map(({ name, scheme, scrapeClass }) => [name, scheme, scrapeClass])).toEqual([['ml-envoy', 'https', 'mesh'], ['ml-agent', 'https', 'mesh']]);
  });
});

describe('of Istio\'s proxies', () => {
  test('minimal', () => {
    expect(ApiObject.of(new IstioProxyMonitor(testChart(), 'proxies')).toJson().spec).toEqual({
      selector: { matchLabels: {} },
      podMetricsEndpoints: [{ port: 'http-envoy-prom', path: '/stats/prometheus', interval: '15s' }],
    });
  });

  test('never uses mTLS, since the port has none', () => {
    const made = new IstioProxyMonitor(testChart(), 'proxies', { selector: { istio: 'ingressgateway' }, namespaces: ['istio-system'], mtlsScrapeClass: 'mesh' });
    expect(ApiObject.of(made).toJson().spec).toEqual({
      selector: { matchLabels: { istio: 'ingressgateway' } },
      namespaceSelector: { matchNames: ['istio-system'] },
      podMetricsEndpoints: [{ port: 'http-envoy-prom', path: '/stats/prometheus', interval: '15s' }],
    });
  });
});

describe('fails', () => {
  test.each([
    ['orchestratorsOnly', Core1Monitor], ['components', Core2Monitor], ['selector', IstioProxyMonitor],
  ] as const)('without props, which could have %s', (field, Monitor) => {
    expect(messageOf(() => new Monitor(testChart(), 'seldon', null as never)))
      .toEqual(`props null. Expected an object with ${field}, metadata, namespace or anyNamespace (at test/seldon)`);
  });

  test.each<[string, MonitorProps]>([
    ['an empty list of namespaces. List at least one, or leave namespaces out for the monitor\'s own namespace', { namespaces: [] }],
    ['namespaces "a". Expected a list of strings', { namespaces: 'a' as unknown as string[] }],
    ['namespace "A". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends', { namespaces: ['A'] }],
    ['namespaces and anyNamespace. Set only one of them', { namespaces: ['a'], anyNamespace: true }],
    ['anyNamespace "false". Expected true or false', { anyNamespace: 'false' as unknown as boolean }],
    ['interval of 500 ms. Expected whole seconds, 1 or more', { interval: Duration.millis(500) }],
    ['interval "15s". Expected a Duration, such as Duration.seconds(5)', { interval: '15s' as unknown as Duration }],
    ['scrapeTimeout of 30s. It must not exceed the interval of 15s', { scrapeTimeout: Duration.seconds(30) }],
    ['mtlsScrapeClass "". Expected the name of a scrape class, such as "istio-mtls"', { mtlsScrapeClass: '' }],
    ['mtlsScrapeClass true. Expected a string', { mtlsScrapeClass: true as unknown as string }],
  ])('%s', (message, props) => {
    for (const Monitor of [Core1Monitor, Core2Monitor, IstioProxyMonitor]) {
      expect(messageOf(() => new Monitor(testChart(), 'seldon', props))).toEqual(`${message} (at test/seldon)`);
    }
  });

  test.each<[string, Core2MonitorProps]>([
    ['an empty list of components. List at least one, or leave components out for all of them', { components: [] }],
    ['components[0] "kafka". Expected one of agent, server, pipelinegateway, envoy', { components: ['kafka' as Core2Component] }],
    ['component agent is listed twice. List each component once', { components: [Core2Component.AGENT, Core2Component.AGENT] }],
    ['components "agent". Expected a list in which each entry is one of agent, server, pipelinegateway, envoy', { components: 'agent' as unknown as Core2Component[] }],
  ])('%s', (message, props) => {
    expect(messageOf(() => core2(props))).toEqual(`${message} (at test/seldon)`);
  });

  test('for an invalid selector', () => {
    expect(messageOf(() => new IstioProxyMonitor(testChart(), 'proxies', { selector: null as never }))).toEqual('selector null. Expected an object of strings (at test/proxies)');
  });

  test('for an empty selector', () => {
    expect(messageOf(() => new IstioProxyMonitor(testChart(), 'proxies', { selector: {} }))).toEqual('an empty selector. Set a label, or leave the selector out (at test/proxies)');
  });
});
