import { TRACE_PROVIDER } from './harness/envoy';
import { validate } from './harness/istioctl';
import { Manifest, printJson } from './harness/manifests';
import { startWorld } from './harness/world';
import { COMMANDS } from '../../src/plan/expressions/envoy-commands';
import { ACCEPTED, ACCEPTED_FORMATS, REFUSED_BY_ENVOY, REFUSED_BY_ISTIO, REFUSED_FORMATS } from '../support/header-values';

// What Istio and Envoy accept as values of headers. The unit tests check that the library accepts the same.

const GATEWAY: Manifest = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw', namespace: 'istio-system' },
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
};

const routes = (values: readonly string[]): Manifest[] => values.map((value, i) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: `value-${i}`, namespace: 'models' },
  spec: {
    hosts: [`v${i}.example.com`],
    gateways: ['istio-system/gw'],
    http: [{
      route: [{ destination: { host: 'iris.models.svc.cluster.local', port: { number: 80 } } }],
      headers: { request: { set: { 'x-a': value } }, response: { add: { 'x-b': value } } },
    }],
  },
}));

async function rejected(values: readonly string[]): Promise<string[]> {
  const world = await startWorld([GATEWAY, ...routes(values)]);
  try {
    return await world.rejected();
  } finally {
    await world.close();
  }
}

/** A value with each command, which is given what most of them need. */
const PLAIN = [...COMMANDS].flatMap(([name, check]) => [
  ...check('') === undefined ? [`%${name}%`] : [],
  ...['x', 'a:b', 'ROUTE:a', 'uri'].filter((argument) => check(argument) === undefined).map((argument) => `%${name}(${argument})%`).slice(0, 1),
]);

test('Istio and Envoy accept the values that the library accepts, with every command of the list', async () => {
  const values = [...ACCEPTED, ...PLAIN, 'x'.repeat(16384)];
  expect(values.length).toBeGreaterThan(COMMANDS.size);
  expect(await validate(printJson(routes(values)))).toEqual([]);
  expect(await rejected(values)).toEqual([]);
});

test.each([...REFUSED_BY_ENVOY, ['x'.repeat(16385)]].map(([value]) => [value.slice(0, 40), value]))('Envoy refuses all routes because of %j', async (_name, value) => {
  expect(await rejected([value])).toEqual([expect.stringMatching(/^RouteConfiguration http\.80 is rejected: /)]);
});

test('Istio refuses the others', async () => {
  const [{ message }] = await validate(printJson(routes(REFUSED_BY_ISTIO.map(([value]) => value))));
  for (let i = 0; i < REFUSED_BY_ISTIO.length; i++) expect(message).toContain(`value-${i}`);
});

const tracesWith = (formats: readonly string[]): Manifest => ({
  apiVersion: 'telemetry.istio.io/v1',
  kind: 'Telemetry',
  metadata: { name: 'traces', namespace: 'istio-system' },
  spec: {
    tracing: [{
      providers: [{ name: TRACE_PROVIDER }],
      randomSamplingPercentage: 100,
      customTags: Object.fromEntries(formats.map((value, i) => [`tag-${i}`, { formatter: { value } }])),
    }],
  },
});

async function refusedBecauseOfTags(formats: readonly string[]): Promise<string[]> {
  const services = [{ name: 'zipkin', namespace: 'istio-system', ports: [{ number: 9411, name: 'http' }] }];
  const world = await startWorld([GATEWAY, ...routes(['iris']), tracesWith(formats)], { services });
  try {
    return await world.rejected();
  } finally {
    await world.close();
  }
}

test('Envoy accepts the formats of tags that the library accepts, with every command of the list', async () => {
  expect(await refusedBecauseOfTags([...ACCEPTED.filter((value) => value !== ''), ...ACCEPTED_FORMATS, ...PLAIN])).toEqual([]);
});

test.each(REFUSED_FORMATS)('Envoy refuses the whole listener because of a tag %j, which Istio accepts', async (format) => {
  expect(await validate(printJson([tracesWith([format])]))).toEqual([]);
  expect(await refusedBecauseOfTags([format])).not.toEqual([]);
});
