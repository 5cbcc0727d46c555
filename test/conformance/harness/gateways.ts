import { Manifest, namespaceOf, ofKind } from './manifests';

/** A proxy that accepts requests, as registered in istiod. */
export interface Node {
  readonly name: string;
  readonly type: 'router' | 'sidecar';
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** The ports that callers use. */
  readonly ports: number[];
}

/** The labels of the ingress gateway as Istio installs it. */
const INGRESS = { app: 'istio-ingressgateway', istio: 'ingressgateway' };

const covers = (labels: Record<string, string>, selector: Record<string, string>) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** The gateway nodes that the Gateways select: Istio's own, and one more for each selector that does not fit it. */
export function gatewayNodes(objects: readonly Manifest[]): Node[] {
  const nodes: Node[] = [];
  for (const gateway of ofKind(objects, 'Gateway')) {
    const selector: Record<string, string> = gateway.spec.selector ?? {};
    let node = nodes.find((one) => covers(one.labels, selector));
    if (node === undefined) {
      const standard = covers(INGRESS, selector);
      node = {
        name: standard ? 'gateway' : `gateway-${nodes.length}`,
        type: 'router',
        namespace: standard ? 'istio-system' : namespaceOf(gateway),
        labels: standard ? INGRESS : selector,
        ports: [],
      };
      nodes.push(node);
    }
    for (const server of gateway.spec.servers ?? []) {
      if (!node.ports.includes(server.port.number)) {
        node.ports.push(server.port.number);
      }
    }
  }
  return nodes;
}

/** The `namespace/name` of the Secrets that the Gateways' servers take their certificates from. */
export function secretsOf(objects: readonly Manifest[]): string[] {
  const nodes = gatewayNodes(objects);
  const names = new Set<string>();
  for (const gateway of ofKind(objects, 'Gateway')) {
    const node = nodes.find((one) => covers(one.labels, gateway.spec.selector ?? {}))!;
    for (const server of gateway.spec.servers ?? []) {
      const { credentialName, credentialNames = [], caCertCredentialName } = server.tls ?? {};
      for (const name of [credentialName, ...credentialNames, caCertCredentialName].filter((one) => one !== undefined && !one.includes('://'))) {
        names.add(`${node.namespace}/${name}`);
      }
    }
  }
  return [...names];
}

/** Whether some VirtualService holds inside the mesh. */
export const isMeshBound = (objects: readonly Manifest[]) => ofKind(objects, 'VirtualService')
  .some((virtualService) => (virtualService.spec.gateways ?? ['mesh']).includes('mesh'));
