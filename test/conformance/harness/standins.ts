import { NODE_LABEL } from './envoy';
import { Node } from './gateways';
import { Manifest } from './manifests';
import { GRPC_PORTS, StandIn, Subset } from './services';
import { Identity } from './stubs';

const labelsOf = (standIn: StandIn, subset?: Subset) => ({ app: standIn.name, ...subset?.labels });

function service(standIn: StandIn, clusterIP?: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: standIn.name, namespace: standIn.namespace },
    spec: {
      clusterIP,
      selector: { app: standIn.name },
      ports: standIn.ports.map((port) => ({ name: port.name, port: port.number, protocol: 'TCP', targetPort: port.number })),
    },
  };
}

function pod(name: string, namespace: string, labels: Record<string, string>, container = 'server'): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: container, image: 'stand-in' }] },
  };
}

/** The pods of a Service: one for each subset, or a single one that belongs to none. */
export const podsOf = (standIn: StandIn): readonly (Subset | undefined)[] => standIn.subsets.length > 0 ? standIn.subsets : [undefined];

/** The loopback address of a pod. Istio identifies the endpoints of a Service by their addresses, so no two have the same. */
export const podAddress = (serviceIndex: number, position: number) =>
  `127.${1 + Math.floor(serviceIndex / 250)}.${serviceIndex % 250}.${position + 1}`;

/** A Service with endpoints where the stubs listen; with pods, where subsets select them by label. */
export function serviceObjects(standIn: StandIn, index: number, stubPort: (at: Identity) => number): Manifest[] {
  const { name, namespace } = standIn;
  const objects: Manifest[] = [service(standIn, `10.96.${Math.floor(index / 200)}.${index % 200 + 1}`)];
  podsOf(standIn).forEach((subset, position) => {
    const podName = `${name}-${subset?.name ?? 'pod'}`;
    const address = podAddress(index, position);
    if (subset !== undefined) {
      const status = { phase: 'Running', podIP: address, podIPs: [{ ip: address }] };
      objects.push({ ...pod(podName, namespace, labelsOf(standIn, subset)), status });
    }
    objects.push({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: podName, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: [{
        addresses: [address],
        conditions: { ready: true },
        ...(subset === undefined ? {} : { targetRef: { kind: 'Pod', name: podName, namespace } }),
      }],
      ports: standIn.ports.map((port) => ({
        name: port.name, protocol: 'TCP', port: stubPort({ service: `${name}.${namespace}`, port: port.number, subset: subset?.name }),
      })),
    });
  });
  return objects;
}

/** Keeps the node's listeners on free loopback ports; without it they would take the real ports of all addresses. */
export function loopbackFilter(node: Node, ports: ReadonlyMap<number, number>): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: `loopback-${node.name}`, namespace: node.namespace },
    spec: {
      workloadSelector: { labels: { [NODE_LABEL]: node.name } },
      configPatches: [...ports].map(([number, free]) => ({
        applyTo: 'LISTENER',
        match: { context: node.type === 'router' ? 'GATEWAY' : 'SIDECAR_OUTBOUND', listener: { portNumber: number } },
        patch: { operation: 'MERGE', value: { address: { socket_address: { address: '127.0.0.1', port_value: free } } } },
      })),
    },
  };
}

/** What a client's sidecar needs to listen without iptables. */
export function egressSidecar(node: Node, hosts: readonly string[] = ['*/*']): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
    metadata: { name: node.name, namespace: node.namespace },
    spec: {
      workloadSelector: { labels: node.labels },
      egress: node.ports.map((number) => ({
        port: { number, protocol: 'HTTP', name: `http-${number}` }, bind: '127.0.0.2', captureMode: 'NONE', hosts,
      })),
    },
  };
}

/** Lets a client's sidecar do without certificates. */
export function plainCaller({ name, namespace }: Node): Manifest {
  return { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name, namespace }, spec: { mtls: { mode: 'DISABLE' } } };
}

/** What the sidecar of a workload needs to accept requests without iptables and without certificates, and to forward them to stubs. */
export function workloadSidecar(node: Node, address: string, stubPort: (port: number) => number): Manifest[] {
  return [{
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
    metadata: { name: node.name, namespace: node.namespace },
    spec: {
      workloadSelector: { labels: { [NODE_LABEL]: node.name } },
      ingress: node.ports.map((number) => ({
        port: { number, protocol: GRPC_PORTS.includes(number) ? 'GRPC' : 'HTTP', name: `http-${number}` },
        bind: address,
        captureMode: 'NONE',
        defaultEndpoint: `127.0.0.1:${stubPort(number)}`,
      })),
    },
  }];
}

/** Lets sidecars of a namespace take calls without certificates. */
export function plainCalls(namespace: string): Manifest {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'workloads', namespace },
    spec: { mtls: { mode: 'DISABLE' } },
  };
}

/** What the API server must contain in addition to the manifests, so that an analysis of the whole finds nothing missing. */
export function clusterObjects(
  objects: readonly Manifest[], services: readonly StandIn[], gateways: readonly Node[], secrets: readonly Manifest[],
): Manifest[] {
  const present = new Set(objects.map((object) => `${object.kind} ${object.metadata.namespace} ${object.metadata.name}`));
  const ingress = gateways.flatMap((node): Manifest[] => [
    pod(node.name, node.namespace, node.labels, 'istio-proxy'),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: node.labels.app ?? node.name, namespace: node.namespace, labels: node.labels },
      spec: { selector: node.labels, ports: node.ports.map((number) => ({ name: `tcp-${number}`, port: number, protocol: 'TCP' })) },
    },
  ]);
  // No controller makes the pods of a Deployment, and istioctl looks for those of a subset.
  const deployed = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata, spec }) =>
    pod(`${metadata.name}-pod`, metadata.namespace ?? 'default', spec.template.metadata?.labels ?? {}, 'istio-proxy'));
  return [...services.map((standIn) => service(standIn)), ...ingress, ...deployed, ...secrets]
    .filter((object) => !present.has(`${object.kind} ${object.metadata.namespace} ${object.metadata.name}`));
}
