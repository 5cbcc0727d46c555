import * as fc from 'fast-check';
import { BackendPolicySpec, Raw } from './spec';
import { list, maybe, mostly, oneOf, rarely, record, unique } from './values';

// What stands around routes, and changes nothing of who answers.

// Generous limits: they show in the configuration, and no request of the suite reaches them.
const policy = record<object>({
  connectionPool: maybe(record<object>({
    tcp: maybe(record<object>({
      maxConnections: mostly(oneOf(1024, 4096), [-1, 1.5]), connectTimeout: rarely(oneOf({ $ms: 5000 }, { $ms: 30_000 })),
    })),
    http: mostly<object | undefined>(record<object>({
      http1MaxPendingRequests: oneOf(1024, 4096), http2MaxRequests: maybe(oneOf(1024, 4096)),
    }), [undefined], 6),
  })),
  loadBalancer: maybe(fc.oneof(
    { arbitrary: fc.record({ simple: oneOf('LEAST_REQUEST', 'RANDOM', 'ROUND_ROBIN') }), weight: 2 },
    { arbitrary: fc.record({ consistentHash: fc.record({ key: fc.record({ $hash: fc.constant('header'), value: oneOf('x-user') }) }) }), weight: 1 },
  )),
  outlierDetection: rarely(record<object>({ consecutive5xxErrors: oneOf(5, 100), maxEjectionPercent: maybe(oneOf(0, 50)) }), 3),
});

/** Mostly none. */
export const backendPolicies: fc.Arbitrary<BackendPolicySpec[]> = fc.oneof(
  { arbitrary: fc.constant<BackendPolicySpec[]>([]), weight: 3 },
  { arbitrary: list(fc.record({ chart: oneOf(0, 1), backend: oneOf(0, 1, 2), policy }), 1, 2), weight: 1 },
);

// Below the hosts of routes, too: an entry makes a host known and takes no requests from other routes.
const host = mostly(
  oneOf('store.example.com', 'store.app.test', '*.store.app.test', 'mesh.app.test', 'a.app.test', 'b.app.test', '*.app.test'),
  ['*', '', 'store.example.com:443', 'a b', '10.0.0.1', 'store'],
);
const port = fc.record({ number: mostly(oneOf(80, 8080, 443), [0, 65536]), protocol: fc.constant('HTTP') })
  .map((one) => one.number === 443 ? { ...one, protocol: 'HTTPS' } : one);
const endpoint = record<object>({ address: mostly(oneOf('192.0.2.1', '198.51.100.7'), ['a.example.com', ''], 10), weight: rarely(oneOf(1, 2)) });
const entry = record<any>({
  hosts: mostly(unique(host, (one) => one, 1, 2), [[]]),
  ports: mostly(unique(port, ({ number }) => number, 1, 2), [[]]),
  location: maybe(oneOf('MESH_EXTERNAL', 'MESH_INTERNAL')),
  resolution: mostly(oneOf('STATIC', 'DNS', 'NONE'), ['DYNAMIC_DNS', 'SOMEHOW'], 10),
  endpoints: rarely(list(endpoint, 1, 2), 3),
  exportTo: rarely(list(mostly(oneOf('.', '*', 'models', 'other'), ['~', 'a.b'], 8), 1, 1)),
  subjectAltNames: rarely(list(oneOf('store.example.com'), 1, 1)),
}).map((props) => {
  // Servers have addresses, which only STATIC wants here; a wildcard is no name that DNS knows.
  const isStatic = props.resolution === 'STATIC';
  const { endpoints, ...rest } = props;
  if (isStatic) return { ...rest, endpoints: endpoints ?? [{ address: '192.0.2.1' }] };
  return props.hosts.some((one: string) => one.startsWith('*')) ? { ...rest, resolution: 'NONE' } : rest;
});

/** Mostly none. */
export const serviceEntries: fc.Arbitrary<Raw[]> = fc.oneof(
  { arbitrary: fc.constant<Raw[]>([]), weight: 3 },
  { arbitrary: list(fc.record({ id: fc.constant('entry'), chart: oneOf(0, 1), props: entry }), 1, 1), weight: 1 },
);
