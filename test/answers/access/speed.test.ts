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

/** How often the policies look at a request, over all requests. */
function looks(amount: number): number {
  const cluster = clusterWith(amount);
  const check = new AccessPolicies(cluster).atGateway(cluster.find(ClusterKind.GATEWAY, 'istio-system', 'gateway')!);
  let count = 0;
  for (let i = 0; i < amount; i += Math.ceil(amount / 20)) {
    const request = normalRequest({ path: `/v2/models/m${i}/infer`, lines: [['seldon-model', `m${i}`], ['x-team', 'red']] });
    check.check(new Proxy(request, {
      get: (target, name, receiver) => {
        count += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    }));
  }
  return count;
}

test('the work for a request does not grow with the number of policies', () => {
  const [few, many] = [looks(20), looks(10_000)];
  expect(few).toBeGreaterThan(0);
  // A scan would look 500 times as often.
  expect(many).toBeLessThan(few * 2);
});
