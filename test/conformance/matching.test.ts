import { Manifest } from './harness/manifests';
import { startWorld, World } from './harness/world';

// Hosts and query parameters that Istio accepts and that no request matches; the library refuses them.

const route = (hosts: readonly string[], match?: object): Manifest[] => [
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gw', namespace: 'istio-system' },
    spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
  },
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'iris', namespace: 'models' },
    spec: {
      hosts,
      gateways: ['istio-system/gw'],
      http: [{ match: match && [match], route: [{ destination: { host: 'iris.models.svc.cluster.local', port: { number: 80 } } }] }],
    },
  },
];

let world: World;

afterEach(() => world?.close());

const statusOf = async (rest: string, host = 'models.example.com') => (await world.send({ rest, host })).response.status;

test.each([['2001:db8::1', ['[2001:db8::1]', '[2001:db8::1]:80', '2001:db8::1'], 404], ['10.0.0.1', ['10.0.0.1', '10.0.0.1:80'], 200]])(
  'callers of host %s', async (host, called, status) => {
    world = await startWorld(route([host]));
    expect(await Promise.all(called.map((one) => statusOf('/', one)))).toEqual(called.map(() => status));
  });

test.each(['a b', 'é', 'a#b', 'a&b', '50%', '"a"', '{a}'])('a query parameter %j matches only as callers encode it', async (value) => {
  const encoded = encodeURIComponent(value);
  world = await startWorld(route(['*'], { queryParams: { user: { exact: value } } }));
  expect(await statusOf(`/?user=${encoded}`)).toBe(404);
  await world.close();
  world = await startWorld(route(['*'], { queryParams: { user: { exact: encoded } } }));
  expect(await statusOf(`/?user=${encoded}`)).toBe(200);
});
