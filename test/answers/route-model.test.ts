import { Resolver } from '../../src/answers/resolver';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { gatewayVirtualHosts } from '../../src/cluster/routing/virtual-hosts';
import { rawRequests, rawRoutes } from '../conformance/generator/raw-routes';
import { showResponder } from '../support/answers';
import { matchingRules, PlainRequest, virtualHostFor } from '../support/route-model';

// The model of routes is verified with Envoy, rule by rule. It is slow and knows no unknown ages.

const SETS = 40;

/** Who may answer by the model: the first rule of each VirtualService that matches, or only that of the first if ages are known. */
function predicted(rules: ReturnType<typeof matchingRules>, isLive: boolean): string[] {
  const competing = rules.some(({ isCatchAll }) => !isCatchAll) ? rules.filter(({ isCatchAll }) => !isCatchAll) : rules;
  const first = new Map(competing.map((rule) => [rule.virtualService, rule]).reverse() as [ClusterObject, typeof rules[number]][]);
  const answers = [...first.values()].map(({ rule }) => {
    const { host, port } = (rule.route as any)[0].destination;
    return `${host.replace('.svc.cluster.local', '')}:${port.number}`;
  });
  if (answers.length === 0) return ['not-found 404'];
  return isLive ? [answers[answers.length - 1]] : answers.sort();
}

test('the resolver agrees with the model of routes on random sets', () => {
  const requests = rawRequests().filter((_request, i) => i % 41 === 0);
  const wrong: unknown[] = [];
  for (const { port, manifests } of rawRoutes(5, SETS, 2_000)) {
    const cluster = new Cluster(manifests.map((manifest) => new ClusterObject(manifest as any, { file: 'raw.yaml' })));
    const hosts = gatewayVirtualHosts(cluster);
    const resolver = new Resolver(cluster);
    const isLive = cluster.objects.some(({ created }) => created !== undefined);
    for (const request of requests) {
      const { cases } = resolver.resolve(asked(request, port));
      const answers = cases.flatMap(({ outcomes }) => outcomes.map(({ responder }) => showResponder(responder)));
      const wanted = predicted(matchingRules(virtualHostFor(hosts, request), request), isLive);
      const found = isLive ? answers : answers.sort();
      if (found.join() !== wanted.join()) wrong.push({ port, request, found, wanted });
    }
  }

  expect(wrong).toEqual([]);
});

function asked({ host, path, method, headers }: PlainRequest, port: number) {
  const [plain, query] = path.split('?');
  return {
    entry: { kind: 'gateway' as const, port, gateway: `istio-system/gateway-${port}` },
    http: '1.1' as const,
    method,
    authority: host,
    path: plain,
    query,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}
