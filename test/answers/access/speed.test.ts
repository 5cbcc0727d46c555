import { AccessPolicies } from '../../../src/answers/access/access-policies';
import { Cluster } from '../../../src/cluster/cluster';
import { ClusterKind, ClusterObject } from '../../../src/cluster/cluster-object';
import { normalRequest } from '../../support/access';

/** Policies for as many models, each with a path, a header and a claim. */
function clusterWith(amount: number): Cluster {
  const manifests = [
    { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'gateway', namespace: 'istio-system' }, spec: { selector: { istio: 'ingressgateway' }, servers: [] } },
    ...Array.from({ length: amount }, (_, i) => ({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: `model-${i}`, namespace: 'istio-system' },
      spec: {
        action: i % 2 === 0 ? 'DENY' : 'ALLOW',
        rules: [
          { to: [{ operation: { paths: [`/v2/models/m${i}`, `/v2/models/m${i}/*`] } }], when: [{ key: 'request.auth.claims[groups]', notValues: ['risk'] }] },
          { when: [{ key: 'request.headers[seldon-model]', values: [`m${i}`] }, { key: 'request.headers[x-team]', values: ['red'] }] },
        ],
      },
    })),
  ];
  return new Cluster(manifests.map((manifest) => new ClusterObject(manifest, { file: 'policies.yaml' })));
}

/** Nanoseconds for each request. */
function cost(amount: number): bigint {
  const cluster = clusterWith(amount);
  const check = new AccessPolicies(cluster).atGateway(cluster.find(ClusterKind.GATEWAY, 'istio-system', 'gateway')!);
  const requests = Array.from({ length: 2_000 }, (_, i) => normalRequest({ path: `/v2/models/m${i % amount}/infer`, lines: [['seldon-model', `m${i % amount}`], ['x-team', 'red']] }));
  requests.forEach((request) => check.check(request));
  const start = process.hrtime.bigint();
  requests.forEach((request) => check.check(request));
  return (process.hrtime.bigint() - start) / BigInt(requests.length);
}

test('the cost of a request does not grow with the number of policies', () => {
  const [few, many] = [cost(20), cost(10_000)];
  // A scan would cost 500 times as much.
  expect(many).toBeLessThan(few * 20n);
});
