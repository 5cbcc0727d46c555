import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject, nameIn } from '../../cluster/cluster-object';
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
      + 'resets all connections. This rule reports a Secret that exists, or that cert-manager creates for a Certificate, in another namespace only, if the workload of the gateway is among the objects.',
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

/** A Secret, or the Certificate for which cert-manager writes it. */
interface KnownSecret {
  readonly object: ClusterObject;
  readonly name: string;
}

function knownSecrets(cluster: Cluster): KnownSecret[] {
  return [
    ...cluster.all(ClusterKind.SECRET).map((object) => ({ object, name: object.name })),
    ...cluster.all(ClusterKind.CERTIFICATE).flatMap((object) => {
      const name = stringOf(object.spec.secretName);
      return name === undefined ? [] : [{ object, name }];
    }),
  ];
}

function findMisplaced(cluster: Cluster): Problem[] {
  const secrets = groupBy(knownSecrets(cluster), ({ name }) => name);
  if (secrets.size === 0) return [];
  return Gateways.of(cluster).all.flatMap(({ selector, servers }) => {
    const namespaces = new Set(workloadsWith(cluster, selector).map(({ namespace }) => namespace));
    if (namespaces.size === 0) return [];
    return servers.flatMap((server) => credentialsOf(server).flatMap(({ name, field }) => {
      const named = secrets.get(name);
      const missing = [...namespaces].filter((namespace) => named?.every(({ object }) => object.namespace !== namespace));
      // A template often sets where to copy the Secret.
      if (named === undefined || missing.length < namespaces.size || named.some(({ object }) => object.spec.secretTemplate !== undefined)) return [];
      const [{ object }] = named;
      const where = object.type === ClusterKind.SECRET ? `exists as ${nameIn(object.namespace, name)}` : `${object} creates as ${nameIn(object.namespace, name)}`;
      return [{
        object: server.gateway,
        field: [...server.field, 'tls', ...field],
        problem: `${server.gateway} refers to Secret ${show(name)}, which ${where}, and the gateway's pods are in namespace ${missing.join(', ')}`,
        remedy: object.type === ClusterKind.SECRET
          ? `create the Secret in namespace ${missing[0]}, where Istio reads it`
          : `move the Certificate to namespace ${missing[0]}, where Istio reads the Secret`,
        related: [{ object }],
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
