import { startWorld } from './harness/world';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { droppedDelegate } from '../../src/rules/routes/dropped-delegate';
import { findingsOf } from '../../src/rules/run';

// Which delegates Istio uses, and which of their rules. What it drops answers 404, and the rule about delegates reports it.

interface Case {
  /** Match of the root's rule. */
  readonly root?: object;
  /** Match of the delegate's rule. */
  readonly inner?: object;
  /** More of the delegate's spec. */
  readonly spec?: object;
  /** Namespace of the delegate. */
  readonly namespace?: string;
  /** A request that satisfies both matches, where that is possible. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly used: boolean;
}

const CASES: Record<string, Case> = {
  'no matches': { used: true },
  'a match of the root only': { root: { uri: { prefix: '/api/' } }, path: '/api/x', used: true },
  'a longer path': { root: { uri: { prefix: '/api/' } }, inner: { uri: { prefix: '/api/v1/' } }, path: '/api/v1/x', used: true },
  'an exact path below a prefix': { root: { uri: { prefix: '/api/' } }, inner: { uri: { exact: '/api/v1' } }, path: '/api/v1', used: true },
  'another path': { root: { uri: { prefix: '/api/' } }, inner: { uri: { prefix: '/v1/' } }, path: '/v1/x', used: false },
  'a shorter path': { root: { uri: { prefix: '/api/' } }, inner: { uri: { prefix: '/' } }, path: '/api/x', used: false },
  'a prefix below an exact path': { root: { uri: { exact: '/api' } }, inner: { uri: { prefix: '/api' } }, path: '/api', used: false },
  'the same expression': { root: { uri: { regex: '/api/.*' } }, inner: { uri: { regex: '/api/.*' } }, path: '/api/x', used: false },
  'an expression below a prefix': { root: { uri: { prefix: '/api/' } }, inner: { uri: { regex: '/api/.*' } }, path: '/api/x', used: false },
  'an expression of the root only': { root: { uri: { regex: '/api/.*' } }, inner: { headers: { x: { exact: 'a' } } }, path: '/api/x', headers: { x: 'a' }, used: true },
  'different headers': { root: { headers: { x: { exact: 'a' } } }, inner: { headers: { y: { exact: 'b' } } }, headers: { x: 'a', y: 'b' }, used: true },
  'different values of a header': { root: { headers: { x: { exact: 'a' } } }, inner: { headers: { x: { exact: 'b' } } }, headers: { x: 'b' }, used: false },
  'the same value of a header': { root: { headers: { x: { exact: 'a' } } }, inner: { headers: { x: { exact: 'a' } } }, headers: { x: 'a' }, used: true },
  'a longer value of a header': { root: { headers: { x: { prefix: 'a' } } }, inner: { headers: { x: { prefix: 'ab' } } }, headers: { x: 'abc' }, used: true },
  'case ignored by the root only': { root: { uri: { prefix: '/api/' }, ignoreUriCase: true }, inner: { uri: { prefix: '/api/v1/' } }, path: '/api/v1/x', used: false },
  'case ignored by the root, and no path': { root: { uri: { prefix: '/api/' }, ignoreUriCase: true }, inner: { headers: { x: { exact: 'a' } } }, path: '/api/x', headers: { x: 'a' }, used: false },
  'different ports': { root: { port: 80 }, inner: { port: 81 }, used: false },
  'the same port': { root: { port: 80 }, inner: { port: 80 }, used: true },
  'a parameter with another value': { root: { queryParams: { q: { exact: '1' } } }, inner: { queryParams: { q: { exact: '2' } } }, path: '/?q=2', used: false },
  'another method': { root: { method: { exact: 'GET' } }, inner: { method: { exact: 'POST' } }, used: false },
  'hidden by exportTo': { spec: { exportTo: ['.'] }, namespace: 'other', used: false },
  'exported to the root': { spec: { exportTo: ['web'] }, namespace: 'other', used: true },
  'with hosts': { spec: { hosts: ['shop.example.com'] }, used: false },
};

function manifestsOf(name: string, { root, inner, spec, namespace = 'web' }: Case): object[] {
  const route = [{ destination: { host: 'api.web.svc.cluster.local', port: { number: 80 } } }];
  return [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: `root-${name}`, namespace: 'web' },
      spec: {
        hosts: [`${name}.example.com`], gateways: ['istio-system/gateway'], http: [{ ...root === undefined ? {} : { match: [root] }, delegate: { name, namespace } }],
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace },
      spec: { ...spec, http: [{ ...inner === undefined ? {} : { match: [inner] }, route }] },
    },
  ];
}

const GATEWAY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gateway', namespace: 'istio-system' },
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
};

test('Istio drops exactly the delegates that the rule reports', async () => {
  const cases = Object.entries(CASES).map(([title, each], i) => ({ title, each, name: `case-${i}` }));
  const world = await startWorld([GATEWAY, ...cases.flatMap(({ name, each }) => manifestsOf(name, each))] as never);
  try {
    const answers: Record<string, { used: boolean; reported: boolean }> = {};
    for (const { title, name, each } of cases) {
      const { answeredBy } = await world.send({ rest: each.path ?? '/', host: `${name}.example.com`, headers: each.headers });
      const cluster = new Cluster(manifestsOf(name, each).map((manifest) => new ClusterObject(manifest as never, {})));
      answers[title] = { used: answeredBy !== undefined, reported: findingsOf(cluster, [droppedDelegate]).length > 0 };
    }
    expect(answers).toEqual(Object.fromEntries(cases.map(({ title, each: { used } }) => [title, { used, reported: !used }])));
  } finally {
    await world.close();
  }
});
