import { hiddenHost } from '../../../src/rules/routes/hidden-host';
import { findingsOf } from '../../../src/rules/run';
import { clusterOf, problemsOf } from '../../support/cluster';

const ACCEPT = 'cdk8s-seldon-istio.io/accept-hidden-host';

function route(name: string, host: string, annotations: { readonly [name: string]: string } = {}): string {
  return JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'models', annotations },
    spec: {
      hosts: [host],
      gateways: ['istio-system/gateway'],
      http: [{ match: [{ uri: { prefix: `/${name}/` } }], route: [{ destination: { host: 'web', port: { number: 80 } } }] }],
    },
  });
}

const yaml = (...routes: readonly string[]) => routes.join('\n---\n');

test('the finding names all VirtualServices on the narrow host, and one on the wider host', () => {
  expect(problemsOf(hiddenHost, yaml(route('all', '*'), route('iris', 'a.test'), route('wine', 'a.test')))).toEqual([{
    at: 'info at VirtualService models/iris spec.hosts[0]',
    problem: 'requests for host "a.test" of gateway istio-system/gateway never reach VirtualService models/all, which is on "*"',
    remedy: 'if they should, add the host to that VirtualService',
    related: ['VirtualService models/all', 'VirtualService models/wine'],
  }]);
});

test.each([['the first one', 0], ['another one', 1], ['the hidden one', 2]])('it can be accepted at %s', (_what, accepted) => {
  const annotations = [0, 1, 2].map((i): Record<string, string> => (i === accepted ? { [ACCEPT]: 'by design' } : {}));
  const cluster = clusterOf(yaml(route('iris', 'a.test', annotations[0]), route('wine', 'a.test', annotations[1]), route('all', '*', annotations[2])));
  expect(findingsOf(cluster, [hiddenHost]).map((finding) => finding.accepted)).toEqual(['by design']);
});
