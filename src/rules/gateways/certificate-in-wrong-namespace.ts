import { Cluster } from '../../cluster/cluster';
import { ClusterKind, nameIn } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';
import { Gateways, PASSTHROUGH_MODES } from '../../cluster/gateways';
import { objectOf, stringOf, stringsOf } from '../../cluster/json';
import { workloadsWith } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * Certificates that are not in the namespace of the gateway's pods.
 *
 * @internal
 */
export const certificateInWrongNamespace: Rule = {
  id: 'certificate-in-wrong-namespace',
  level: Level.ERROR,
  title: 'The Secret of a certificate is not in the namespace of the gateway\'s pods',
  codes: ['IST0101', 'IST0161'],
  page: {
    explanation: 'Istio reads the Secret of a `credentialName` in the namespace of the gateway\'s pods, not in that of the Gateway. Without it the server '
      + 'resets all connections. This rule reports a Secret that exists in another namespace only, if the workload of the gateway is among the objects.',
    wrong: `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-ingress}
spec:
  selector: {matchLabels: {istio: ingress}}
  template:
    metadata: {labels: {istio: ingress}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: models-certificate, namespace: models}
type: kubernetes.io/tls
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: models}
spec:
  selector: {istio: ingress}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
`,
    right: `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-ingress}
spec:
  selector: {matchLabels: {istio: ingress}}
  template:
    metadata: {labels: {istio: ingress}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: models-certificate, namespace: istio-ingress}
type: kubernetes.io/tls
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: models}
spec:
  selector: {istio: ingress}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
`,
  },
  check: findMisplaced,
};

function findMisplaced(cluster: Cluster): Problem[] {
  const secrets = groupBy(cluster.all(ClusterKind.SECRET), ({ name }) => name);
  if (secrets.size === 0) return [];
  return Gateways.of(cluster).all.flatMap(({ selector, servers }) => {
    const namespaces = new Set(workloadsWith(cluster, selector).map(({ namespace }) => namespace));
    if (namespaces.size === 0) return [];
    return servers.flatMap((server) => credentialsOf(server).flatMap(({ name, field }) => {
      const named = secrets.get(name);
      const missing = [...namespaces].filter((namespace) => cluster.find(ClusterKind.SECRET, namespace, name) === undefined);
      if (named === undefined || missing.length < namespaces.size) return [];
      return [{
        object: server.gateway,
        field: [...server.field, 'tls', ...field],
        problem: `${server.gateway} refers to Secret ${show(name)}, which exists as ${nameIn(named[0].namespace, name)}, and the gateway's pods are in namespace ${missing.join(', ')}`,
        remedy: `create the Secret in namespace ${missing[0]}, where Istio reads it`,
        related: [{ object: named[0] }],
      }];
    }));
  });
}

function credentialsOf({ json, tlsMode }: GatewayServer): { readonly name: string; readonly field: readonly (string | number)[] }[] {
  if (tlsMode === undefined || PASSTHROUGH_MODES.includes(tlsMode)) return [];
  const { credentialName, credentialNames } = objectOf(json.tls);
  const single = stringOf(credentialName);
  return [
    ...single === undefined ? [] : [{ name: single, field: ['credentialName'] }],
    ...stringsOf(credentialNames).map((name, i) => ({ name, field: ['credentialNames', i] })),
  ];
}
