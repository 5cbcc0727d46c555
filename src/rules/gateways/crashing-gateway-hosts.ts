import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { listOf, objectOf, stringsOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { Level, Rule } from '../rule';

/**
 * Hosts that crash istiod.
 *
 * @internal
 */
export const crashingGatewayHosts: Rule = {
  id: 'crashing-gateway-hosts',
  level: Level.ERROR,
  title: 'Hosts of a server crash istiod',
  page: {
    explanation: 'The entry `*/*` stands for all hosts of all namespaces. istiod replaces the whole list with `*` when it reads this entry. If another '
      + 'entry whose namespace is `.` or `*` follows it, istiod writes beyond the end of the new list and crashes, again after each restart.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*/*', ./models.example.com]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*/*']
`,
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.GATEWAY).flatMap((object) => listOf(object.spec.servers).flatMap((server, i) => {
    const hosts = stringsOf(objectOf(server).hosts);
    const all = hosts.indexOf('*/*');
    const next = all < 0 ? -1 : hosts.findIndex((host, j) => j > all && /^[.*]\//.test(host));
    if (next < 0) return [];
    return [{
      object,
      field: ['spec', 'servers', i, 'hosts', next],
      problem: `servers[${i}] of ${object} lists host ${show(hosts[next])} after "*/*", which crashes istiod`,
      remedy: 'list "*/*" alone, since it includes all hosts',
    }];
  })),
};
