import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { PolicyTargetRef } from '../../src/istio/common/policy-target';
import { CustomTag, IstioMetric, TagOverride, Telemetry, TelemetryProps, WorkloadMode } from '../../src/observability/telemetry';
import { messageOf } from '../support/errors';
import { synth, testChart } from '../support/manifests';

const LOGS: TelemetryProps = { accessLogging: [{ providers: ['envoy'] }] };

function made(props: TelemetryProps = LOGS, istioVersion?: string): Telemetry {
  return new Telemetry(testChart(istioVersion === undefined ? undefined : { istioVersion }), 'models', props);
}

function specOf(props: TelemetryProps): Record<string, unknown> {
  return ApiObject.of(made(props)).toJson().spec;
}

test('defaultChild', () => {
  expect(ApiObject.of(made()).kind).toEqual('Telemetry');
});

test('minimal', () => {
  const chart = testChart();
  new Telemetry(chart, 'models', LOGS);
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "telemetry.istio.io/v1",
    "kind": "Telemetry",
    "metadata": {
      "name": "models",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "accessLogging": [
        {
          "providers": [
            {
              "name": "envoy",
            },
          ],
        },
      ],
    },
  },
]
`);
});

test('the API version is that of the release', () => {
  expect(['1.22', '1.21'].map((version) => ApiObject.of(made(LOGS, version)).apiVersion)).toEqual(['telemetry.istio.io/v1', 'telemetry.istio.io/v1alpha1']);
});

test('patches with fields that the types do not have are kept', () => {
  const telemetry = made();
  ApiObject.of(telemetry).addJsonPatch(JsonPatch.add('/spec/future', 1));
  expect(ApiObject.of(telemetry).toJson().spec.future).toEqual(1);
});

describe('it applies to', () => {
  test('pods with labels', () => {
    expect(specOf({ ...LOGS, selector: { app: 'iris' } }).selector).toEqual({ matchLabels: { app: 'iris' } });
  });

  test('gateways, Services and external services', () => {
    const targetRefs = [PolicyTargetRef.gateway('waypoint'), PolicyTargetRef.service('iris'), PolicyTargetRef.serviceEntry('store')];
    expect(specOf({ ...LOGS, targetRefs }).targetRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' },
      { kind: 'Service', name: 'iris' },
      { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'store' },
    ]);
  });
});

describe('access logs', () => {
  test('have every field', () => {
    expect(specOf({
      accessLogging: [
        { providers: ['envoy', 'otel'], filter: 'response.code >= 500 || !("seldon-model" in request.headers)', mode: WorkloadMode.SERVER },
        { disabled: true, mode: WorkloadMode.CLIENT },
        { disabled: false },
      ],
    })).toEqual({
      accessLogging: [
        {
          providers: [{ name: 'envoy' }, { name: 'otel' }],
          filter: { expression: 'response.code >= 500 || !("seldon-model" in request.headers)' },
          match: { mode: 'SERVER' },
        },
        { disabled: true, match: { mode: 'CLIENT' } },
        { disabled: false },
      ],
    });
  });
});

describe('traces', () => {
  test('have every field', () => {
    expect(specOf({
      tracing: {
        provider: 'zipkin',
        samplingPercentage: 0,
        customTags: {
          model: CustomTag.model(),
          team: CustomTag.header('x-team', 'none'),
          stage: CustomTag.literal('production'),
          node: CustomTag.environment('NODE_NAME', ''),
          path: CustomTag.formatter('%REQ(:PATH)%'),
        },
        disableSpanReporting: false,
        useRequestIdForTraceSampling: true,
        enableIstioTags: false,
        disableContextPropagation: true,
        mode: WorkloadMode.CLIENT_AND_SERVER,
      },
    })).toEqual({
      tracing: [{
        providers: [{ name: 'zipkin' }],
        randomSamplingPercentage: 0,
        customTags: {
          model: { header: { name: 'seldon-model' } },
          team: { header: { name: 'x-team', defaultValue: 'none' } },
          stage: { literal: { value: 'production' } },
          node: { environment: { name: 'NODE_NAME', defaultValue: '' } },
          path: { formatter: { value: '%REQ(:PATH)%' } },
        },
        disableSpanReporting: false,
        useRequestIdForTraceSampling: true,
        enableIstioTags: false,
        disableContextPropagation: true,
        match: { mode: 'CLIENT_AND_SERVER' },
      }],
    });
  });
});

describe('metrics', () => {
  test('have every field', () => {
    expect(specOf({
      metrics: [{
        providers: ['prometheus'],
        reportingInterval: Duration.millis(1500),
        overrides: [
          {
            metric: IstioMetric.REQUEST_COUNT,
            mode: WorkloadMode.CLIENT,
            tags: { model: TagOverride.model(), host: TagOverride.upsert('request.host'), connection_security_policy: TagOverride.remove() },
          },
          { customMetric: 'tokens', disabled: true },
          { disabled: false },
        ],
      }],
    })).toEqual({
      metrics: [{
        providers: [{ name: 'prometheus' }],
        reportingInterval: '1500ms',
        overrides: [
          {
            match: { metric: 'REQUEST_COUNT', mode: 'CLIENT' },
            tagOverrides: {
              model: { operation: 'UPSERT', value: 'request.headers[\'seldon-model\']' },
              host: { operation: 'UPSERT', value: 'request.host' },
              connection_security_policy: { operation: 'REMOVE' },
            },
          },
          { match: { customMetric: 'tokens' }, disabled: true },
          { disabled: false },
        ],
      }],
    });
  });

  test('a quote in a header name does not end the string', () => {
    expect(TagOverride.requestHeader('it\'s')._toJson()).toEqual({ operation: 'UPSERT', value: 'request.headers[\'it\\\'s\']' });
  });
});

describe('fails', () => {
  test.each<[string, unknown]>([
    ['props undefined. Expected an object with accessLogging, metrics, selector or targetRefs', undefined],
    ['a Telemetry without settings. Set accessLogging, tracing or metrics', {}],
    ['accessLogging an object. Expected a list of objects with disabled, filter, mode or providers', { accessLogging: {} }],
    ['an empty list of accessLogging. Add an entry, or leave it out', { accessLogging: [] }],
    ['accessLogging[0] with an empty list of providers. List at least one, or leave providers out for the mesh\'s default', { accessLogging: [{ providers: [] }] }],
    ['accessLogging[0] with an empty provider name. Expected a provider of the mesh, such as "envoy" or "prometheus"', { accessLogging: [{ providers: [''] }] }],
    ['accessLogging[0] with provider "a" twice. List each provider once', { accessLogging: [{ providers: ['a', 'a'] }] }],
    ['accessLogging[0].providers "envoy". Expected a list of strings', { accessLogging: [{ providers: 'envoy' }] }],
    ['accessLogging[0].mode "BOTH". Expected one of CLIENT_AND_SERVER, CLIENT, SERVER', { accessLogging: [{ mode: 'BOTH' }] }],
    ['an empty accessLogging[0].filter. Set a value', { accessLogging: [{ filter: ' ' }] }],
    ['accessLogging[0].filter "response.code = 400". It is not valid CEL: unexpected "=" at character 15, did you mean "=="?',
      { accessLogging: [{ filter: 'response.code = 400' }] }],
    ['accessLogging[0].filter "string(response.code) == \'400\'". Envoy has no function string with 1 argument there. Envoy would reject the whole listener',
      { accessLogging: [{ filter: 'string(response.code) == \'400\'' }] }],
    ['accessLogging[0].filter "response.code >= (500". It is not valid CEL: unexpected end of the expression', { accessLogging: [{ filter: 'response.code >= (500' }] }],
    ['accessLogging[0].filter "a == \'b". It is not valid CEL: unexpected "\'" at character 6', { accessLogging: [{ filter: 'a == \'b' }] }],
    ['accessLogging[0] with a filter, and disabled. Set only one of them, since nothing is logged that could be filtered',
      { accessLogging: [{ filter: 'true', disabled: true }] }],
    ['tracing true. Expected one object, since Istio enforces only the first entry of a list', { tracing: true }],
    ['tracing [an object]. Expected one object, since Istio enforces only the first entry of a list', { tracing: [{ samplingPercentage: 10 }] }],
    ['tracing without settings. Set a field, or leave it out', { tracing: {} }],
    ['tracing.disableSpanReporting "true". Expected true or false', { tracing: { disableSpanReporting: 'true' } }],
    ['tracing.customTags []. Expected an object in which each entry is a CustomTag, such as CustomTag.header("x-team")', { tracing: { customTags: [] } }],
    ['accessLogging[0].disabled "true". Expected true or false', { accessLogging: [{ disabled: 'true' }] }],
    ['metrics[0].overrides[0].disabled "yes". Expected true or false', { metrics: [{ overrides: [{ disabled: 'yes' }] }] }],
    ['metrics[0].overrides[0].tags null. Expected an object in which each entry is a TagOverride, such as TagOverride.remove()', { metrics: [{ overrides: [{ tags: null, disabled: true }] }] }],
    ['tracing.samplingPercentage 101. Expected a percentage from 0 to 100', { tracing: { samplingPercentage: 101 } }],
    ['tracing.samplingPercentage -0.1. Expected a percentage from 0 to 100', { tracing: { samplingPercentage: -0.1 } }],
    ['tracing with an empty provider name. Expected a provider of the mesh, such as "envoy" or "prometheus"', { tracing: { provider: '' } }],
    ['a custom tag with an empty name. Set a name', { tracing: { customTags: { '': CustomTag.model() } } }],
    ['tracing.customTags.model "x". Expected a CustomTag, such as CustomTag.header("x-team")', { tracing: { customTags: { model: 'x' } } }],
    ['metrics[0].reportingInterval of 0.5 ms. Expected 1 ms or more, in whole milliseconds', { metrics: [{ reportingInterval: Duration.millis(0.5) }] }],
    ['metrics[0].overrides[0] without an effect. Set disabled, or add a tag', { metrics: [{ overrides: [{}] }] }],
    ['metrics[0].overrides[0] with metric and customMetric. Set only one of them',
      { metrics: [{ overrides: [{ metric: IstioMetric.REQUEST_COUNT, customMetric: 'a', disabled: true }] }] }],
    ['metrics[0].overrides[0] with an empty customMetric. Expected the name of a metric', { metrics: [{ overrides: [{ customMetric: '', disabled: true }] }] }],
    ['metrics[0].overrides[0].metric "requests". Expected one of ALL_METRICS, REQUEST_COUNT, REQUEST_DURATION, REQUEST_SIZE, RESPONSE_SIZE, '
      + 'TCP_OPENED_CONNECTIONS, TCP_CLOSED_CONNECTIONS, TCP_SENT_BYTES, TCP_RECEIVED_BYTES, GRPC_REQUEST_MESSAGES, GRPC_RESPONSE_MESSAGES',
    { metrics: [{ overrides: [{ metric: 'requests', disabled: true }] }] }],
    ...['1st', '-model', 'seldon.model', 'seldon model', ''].map((name): [string, TelemetryProps] => [
      `tag "${name}" of metrics[0].overrides[0]. Expected letters, digits, underscores and hyphens, not starting with a digit or hyphen`,
      { metrics: [{ overrides: [{ tags: { [name]: TagOverride.model() } }] }] },
    ]),
    ['tags "seldon_model" and "seldon-model" of metrics[0].overrides[0]. Both become the Prometheus label seldon_model, and Prometheus rejects duplicate labels. Set it once, with underscores',
      { metrics: [{ overrides: [{ tags: { 'seldon_model': TagOverride.model(), 'seldon-model': TagOverride.model() } }] }] }],
    ['tags "source_workload" and "source-workload" of metrics[0].overrides[0]. Both become the Prometheus label source_workload, and Prometheus rejects duplicate labels. Set it once, with underscores',
      { metrics: [{ overrides: [{ tags: { 'source-workload': TagOverride.model() } }] }] }],
    ['tags "response_code" and "response-code" of metrics[0].overrides[0]. Both become the Prometheus label response_code, and Prometheus rejects duplicate labels. Set it once, with underscores',
      { metrics: [{ overrides: [{ tags: { 'response-code': TagOverride.remove() } }] }] }],
    ['metrics[0].overrides[0].tags.model "x". Expected a TagOverride, such as TagOverride.remove()', { metrics: [{ overrides: [{ tags: { model: 'x' } }] }] }],
  ])('%s', (message, props) => {
    expect(messageOf(() => new Telemetry(testChart(), 'models', props as TelemetryProps))).toEqual(`${message} (at test/models)`);
  });

  test.each([
    ['1.21', { ...LOGS, targetRefs: [PolicyTargetRef.service('a')] }, 'targetRefs', '1.22'],
    ['1.29', { tracing: { disableContextPropagation: true } }, 'tracing.disableContextPropagation', '1.30'],
    ['1.28', { tracing: { customTags: { a: CustomTag.formatter('x') } } }, 'formatter of custom tag a', '1.29'],
    ['1.24', { tracing: { enableIstioTags: true } }, 'tracing.enableIstioTags', '1.25'],
  ])('on Istio %s for a newer field', (version, props, field, since) => {
    expect(messageOf(() => made(props, version))).toEqual(
      `${field} with istioVersion "${version}". Istio has this field only since ${since}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/models)`,
    );
    expect(messageOf(() => made(props, since))).toEqual('no error');
  });

  test.each<[string, () => unknown]>([
    ['an empty value. Set a value (at CustomTag.literal)', () => CustomTag.literal('')],
    ['an empty value. Set a value (at CustomTag.formatter)', () => CustomTag.formatter('')],
    ['value "%REQ%". %REQ% needs the name of a header, or two separated by "?" (at CustomTag.formatter)', () => CustomTag.formatter('%REQ%')],
    ['value "50% off". Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign (at CustomTag.formatter)',
      () => CustomTag.formatter('50% off')],
    ['header name "X-Team". Expected a header name in lower case, as in HTTP/2 and Envoy (at CustomTag.header)', () => CustomTag.header('X-Team')],
    ['header name "". Expected a header name in lower case, as in HTTP/2 and Envoy (at TagOverride.requestHeader)', () => TagOverride.requestHeader('')],
    ['variable "1A". Expected letters, digits, "_", "-" and ".", not starting with a digit (at CustomTag.environment)', () => CustomTag.environment('1A')],
    ['defaultValue 1. Expected a string (at CustomTag.header)', () => CustomTag.header('a', 1 as unknown as string)],
    ['expression "request.headers[\'a\'". It is not valid CEL: unexpected end of the expression (at TagOverride.upsert)', () => TagOverride.upsert('request.headers[\'a\'')],
    ['expression "a)". It is not valid CEL: unexpected ")" at character 2 (at TagOverride.upsert)', () => TagOverride.upsert('a)')],
    ['expression undefined. Expected a string (at TagOverride.upsert)', () => TagOverride.upsert(undefined as unknown as string)],
  ])('%s', (message, make) => {
    expect(messageOf(make)).toEqual(message);
  });

  test('for two of one namespace without a selector', () => {
    const app = new App();
    const charts = ['a', 'b'].map((id) => new Chart(app, id, { namespace: 'ml' }));
    charts.forEach((chart) => new Telemetry(chart, `t-${chart.node.id}`, LOGS));
    expect(messageOf(() => synth(app))).toContain(
      'two Telemetries without a selector in namespace "ml", a/t-a and b/t-b. Istio would apply only one of them. Combine them into one',
    );
  });

  test('for two with the same selector, in any order', () => {
    const chart = testChart();
    new Telemetry(chart, 'a', { ...LOGS, selector: { x: '1', y: '2' } });
    new Telemetry(chart, 'b', { ...LOGS, selector: { y: '2', x: '1' } });
    expect(messageOf(() => synth(App.of(chart)))).toContain('two Telemetries with selector x=1, y=2 in namespace "seldon-mesh", test/a and test/b');
  });
});

test('several of them do not conflict', () => {
  const chart = testChart();
  new Telemetry(chart, 'a', LOGS);
  new Telemetry(chart, 'b', { ...LOGS, selector: { app: 'b' } });
  new Telemetry(chart, 'c', { ...LOGS, targetRefs: [PolicyTargetRef.gateway('c')] });
  new Telemetry(chart, 'd', { ...LOGS, namespace: 'istio-system' });
  expect(messageOf(() => synth(App.of(chart)))).toEqual('no error');
});
