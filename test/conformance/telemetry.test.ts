import { App, Chart, Duration } from 'cdk8s';
import { accepted } from './checks/accepted';
import { cleanFiles } from './checks/clean';
import { ApiServer } from './harness/apiserver';
import { LOG_PROVIDER } from './harness/envoy';
import { validate } from './harness/istioctl';
import { Manifest, parse, printJson } from './harness/manifests';
import { startWorld } from './harness/world';
import { PolicyTargetRef } from '../../src/istio/common/policy-target';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Core1Monitor, Core2Monitor, IstioProxyMonitor } from '../../src/observability/monitors';
import { RolloutDashboard } from '../../src/observability/rollout-dashboard';
import { RolloutRules } from '../../src/observability/rollout-rules';
import { CustomTag, IstioMetric, TagOverride, Telemetry, TelemetryProps, WorkloadMode } from '../../src/observability/telemetry';
import { Model } from '../../src/seldon/core2/model';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';

// Objects that monitor the models: the API server keeps all fields, Istio accepts them, and Envoy logs as configured.

/** A chart with everything that watches, and every field of it. */
function everything(): string {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [GatewayServer.http()] });
  const [stable, canary] = ['iris1', 'iris2'].map((name) => new Model(chart, name, { storageUri: 'gs://models/iris' }));
  const { plan } = new Canary(chart, 'iris', { gateways: [gateway], stable, canary, weight: 10 });
  new RolloutDashboard(chart, 'iris-dashboard', { plan, folder: 'Models' });
  new RolloutRules(chart, 'iris-rules', {
    plan,
    baseline: 'iris1',
    maxMeanLatency: Duration.millis(250),
    missingAfter: Duration.minutes(15),
    interval: Duration.seconds(30),
    runbookUrl: 'https://example.com/runbook',
    alertLabels: { team: 'risk' },
  });
  const scraping = {
    anyNamespace: true,
    interval: Duration.seconds(30),
    scrapeTimeout: Duration.seconds(10),
    mtlsScrapeClass: 'istio-mtls',
    metadata: { labels: { release: 'prometheus' } },
  };
  new Core1Monitor(chart, 'core1', { ...scraping, orchestratorsOnly: true });
  new Core2Monitor(chart, 'core2', scraping);
  new IstioProxyMonitor(chart, 'proxies', { namespaces: ['models', 'istio-system'], selector: { istio: 'ingressgateway' } });
  new Telemetry(chart, 'all', {
    accessLogging: [
      { providers: ['envoy'], filter: 'response.code >= 400 || request.headers["seldon-model"] == "iris2"', mode: WorkloadMode.SERVER },
      { providers: ['envoy'], disabled: true, mode: WorkloadMode.CLIENT },
    ],
    tracing: {
      provider: 'zipkin',
      samplingPercentage: 12.5,
      customTags: {
        model: CustomTag.model(),
        team: CustomTag.header('x-team', 'none'),
        stage: CustomTag.literal('test'),
        node: CustomTag.environment('NODE', 'none'),
        path: CustomTag.formatter('%REQ(:PATH)%'),
      },
      disableSpanReporting: false,
      useRequestIdForTraceSampling: false,
      enableIstioTags: false,
      disableContextPropagation: false,
      mode: WorkloadMode.CLIENT_AND_SERVER,
    },
    metrics: [{
      providers: ['prometheus'],
      reportingInterval: Duration.seconds(10),
      overrides: [
        {
          metric: IstioMetric.REQUEST_COUNT,
          mode: WorkloadMode.SERVER,
          tags: { model: TagOverride.model(), connection_security_policy: TagOverride.remove() },
        },
        { customMetric: 'tokens', disabled: true },
        ...Object.values(IstioMetric).map((metric) => ({ metric, disabled: false })),
      ],
    }],
  });
  new Telemetry(chart, 'pods', { selector: { app: 'iris' }, accessLogging: [{ providers: ['envoy'] }] });
  const waypoints = { accessLogging: [{ providers: ['envoy'] }] };
  // istioctl analyze treats it as a Telemetry without a selector, and warns about two of these in a namespace.
  new Telemetry(chart, 'targets', {
    ...waypoints,
    namespace: 'waypoints',
    targetRefs: [PolicyTargetRef.gateway('waypoint'), PolicyTargetRef.service('iris'), PolicyTargetRef.serviceEntry('store')],
  });
  new Telemetry(chart, 'class', {
    ...waypoints,
    namespace: 'istio-system',
    targetRefs: [PolicyTargetRef.gatewayClass('istio-waypoint')],
  });
  return app.synthYaml();
}

test('the API server accepts and keeps all that watches', async () => {
  const yaml = everything();
  expect([...new Set(parse(yaml).map(({ kind }) => kind))].sort()).toEqual([
    'ConfigMap', 'Gateway', 'Model', 'PodMonitor', 'PrometheusRule', 'ServiceMonitor', 'Telemetry', 'VirtualService',
  ]);
  const api = ApiServer.connect();
  try {
    expect(await accepted(api, yaml)).toEqual([]);
  } finally {
    await api.remove(parse(yaml));
  }
});

test('istioctl reports nothing about it', async () => {
  expect(await cleanFiles(everything())).toEqual([]);
});

const filtered = (expression: string): Manifest => ({
  apiVersion: 'telemetry.istio.io/v1',
  kind: 'Telemetry',
  metadata: { name: 'logs', namespace: 'istio-system' },
  spec: { accessLogging: [{ providers: [{ name: LOG_PROVIDER }], filter: { expression } }] },
});

test.each(['response.code >=', 'response.code = 400', 'a.all(b.c, true)', '9223372036854775808'])('istioctl objects to %s', async (expression) => {
  expect((await validate(printJson([filtered(expression)]))).map(({ message }) => message).join()).toMatch(/CEL/);
});

test.each([
  'string(response.code) == "400"', '[1].exists(x, x == 1)', 'request.path.lowerAscii() == "a"', 'a.b{c: 1} == d',
])('istioctl accepts %s, and Envoy refuses the whole listener', async (expression) => {
  expect(await validate(printJson([filtered(expression)]))).toEqual([]);
  const world = await startWorld([...parse(logging({ accessLogging: [{ disabled: true }] })).filter(({ kind }) => kind !== 'Telemetry'), filtered(expression)]);
  try {
    expect(await world.rejected()).not.toEqual([]);
    expect((await world.send(ANSWERED)).response.status).toBeUndefined();
  } finally {
    await world.close();
  }
});

/** A gateway that logs as configured. */
function logging(props: TelemetryProps): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'ml' });
  const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [GatewayServer.http()] });
  new ModelRoute(chart, 'iris', {
    gateways: [gateway], backend: ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 8080, requestHeaders: { 'seldon-model': 'iris' } }),
  });
  new Telemetry(chart, 'logs', { namespace: 'istio-system', ...props });
  return App.of(chart).synthYaml();
}

const ANSWERED = { rest: '/v2/models/iris/infer', host: 'models.example.com' };
const NOT_FOUND = { rest: '/v2/models/wine/infer', host: 'models.example.com' };

/** Which of two requests Envoy logs, the answered one and the one that no route takes. */
async function logged(props: TelemetryProps): Promise<string[]> {
  const world = await startWorld(logging(props));
  try {
    expect(await world.rejected()).toEqual([]);
    const exchanges = [await world.send(ANSWERED), await world.send(NOT_FOUND)];
    expect(exchanges.map(({ response: { status } }) => status)).toEqual([200, 404]);
    const lines = await Promise.all(exchanges.map((exchange) => exchange.explain()));
    return lines.flatMap((line) => line === undefined ? [] : [String(line.code)]);
  } finally {
    await world.close();
  }
}

describe('Envoy logs', () => {
  const providers = [LOG_PROVIDER];

  test.each<[string, TelemetryProps, string[]]>([
    ['all requests without a filter', { accessLogging: [{ providers }] }, ['200', '404']],
    ['those that the filter picks', { accessLogging: [{ providers, filter: 'response.code >= 400' }] }, ['404']],
    ['by values of functions', {
      accessLogging: [{
        providers,
        filter: 'size(request.headers) > 1 && request.path.matches(".*/infer") && int("400") <= response.code && duration("1s") > duration("1ms")',
      }],
    }, ['404']],
    ['by the model that the route sets', { accessLogging: [{ providers, filter: 'request.headers["seldon-model"] == "iris"' }] }, ['200']],
    ['nothing when that is disabled', { accessLogging: [{ providers, disabled: true }] }, []],
    ['at gateways on the side of clients', { accessLogging: [{ providers, mode: WorkloadMode.CLIENT }] }, ['200', '404']],
    ['nothing for other pods', { selector: { istio: 'other' }, accessLogging: [{ providers, disabled: true }] }, ['200', '404']],
  ])('%s', async (_name, props, expected) => {
    expect(await logged(props)).toEqual(expected);
  });
});
