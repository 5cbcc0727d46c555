import { isIstio, Manifest, namespaceOf, ofKind } from './manifests';

/** A port of a Service that stands in for a real one. */
export interface ServicePort {
  readonly number: number;
  /** Istio selects the upstream protocol by it. */
  readonly name: string;
}

/** A subset of a Service: the pods with these labels. */
export interface Subset {
  readonly name: string;
  readonly labels: Record<string, string>;
}

/** A Service that the manifests send requests to. */
export interface StandIn {
  readonly name: string;
  readonly namespace: string;
  readonly ports: ServicePort[];
  readonly subsets: Subset[];
}

/** The host of Seldon Core 2's own Envoy is a Service of this name, one in each namespace with a runtime. */
const SELDON_MESH = 'seldon-mesh';

/** The ports that Seldon's operator gives that Service, by the `grpcServicePrefix` of the runtime. */
export const seldonMeshPorts = (prefix: string): ServicePort[] => [{ number: 80, name: `${prefix}data` }, { number: 9003, name: 'stats' }];

/** The ports of that Service where the manifests have no runtime: Seldon's chart can set `http2-`, too. */
export const SELDON_MESH_PORTS = seldonMeshPorts('http2-');

/** The gRPC ports of Seldon Core 1: of the executor, and of a server without one. */
export const GRPC_PORTS = [5001, 9500];

/** The ports that the runtime of a namespace brings about, where it is one of the manifests. */
function meshPortsOf(objects: readonly Manifest[], namespace: string): ServicePort[] {
  const runtime = ofKind(objects, 'SeldonRuntime').find((one) => namespaceOf(one) === namespace);
  return runtime === undefined ? SELDON_MESH_PORTS : seldonMeshPorts(runtime.spec.config?.serviceConfig?.grpcServicePrefix ?? '');
}

/** Splits a host of the cluster; undefined for any other host. */
export function clusterService(host: string, namespace: string): { name: string; namespace: string } | undefined {
  const labels = host.split('.');
  if (labels.length === 1) {
    return { name: host, namespace };
  }
  return labels[2] === 'svc' ? { name: labels[0], namespace: labels[1] } : undefined;
}

function destinations(objects: readonly Manifest[]): { host: string; port?: number; namespace: string }[] {
  const found: { host: string; port?: number; namespace: string }[] = [];
  const add = (destination: any, namespace: string) => {
    if (destination?.host !== undefined) {
      found.push({ host: destination.host, port: destination.port?.number, namespace });
    }
  };
  for (const virtualService of ofKind(objects, 'VirtualService')) {
    const namespace = namespaceOf(virtualService);
    for (const rule of virtualService.spec.http ?? []) {
      for (const arm of rule.route ?? []) {
        add(arm.destination, namespace);
      }
      add(rule.mirror, namespace);
      for (const mirror of rule.mirrors ?? []) {
        add(mirror.destination, namespace);
      }
    }
  }
  for (const rule of ofKind(objects, 'DestinationRule')) {
    add({ host: rule.spec.host }, namespaceOf(rule));
  }
  return found;
}

/**
 * The Services that must be there for the manifests to work, read from the manifests.
 *
 * Services that are listed (`known`) keep their ports; so does Seldon Core 2's own. For any other one the ports
 * are those that the destinations name.
 */
export function servicesOf(objects: readonly Manifest[], known: readonly Omit<StandIn, 'subsets'>[] = []): StandIn[] {
  const services = new Map<string, StandIn>();
  const seen = new Set<string>();
  const get = (name: string, namespace: string) => {
    const key = `${name}.${namespace}`;
    if (!services.has(key)) {
      services.set(key, { name, namespace, ports: [], subsets: [] });
    }
    return services.get(key)!;
  };
  const add = (name: string, namespace: string, ports: readonly ServicePort[]) => {
    if (!seen.has(`${name}.${namespace}`)) {
      seen.add(`${name}.${namespace}`);
      get(name, namespace).ports.push(...ports);
    }
  };

  for (const service of known) {
    add(service.name, service.namespace, service.ports);
  }
  for (const service of ofKind(objects, 'Service').filter((object) => object.apiVersion === 'v1')) {
    add(service.metadata.name, namespaceOf(service), service.spec.ports.map((port: any) => ({ number: port.port, name: port.name ?? 'http' })));
  }
  for (const { host, port, namespace } of destinations(objects.filter(isIstio))) {
    const at = clusterService(host, namespace);
    if (at === undefined) {
      continue;
    }
    if (at.name === SELDON_MESH) {
      add(at.name, at.namespace, meshPortsOf(objects, at.namespace));
    }
    const service = get(at.name, at.namespace);
    if (port !== undefined && !seen.has(`${at.name}.${at.namespace}`) && !service.ports.some((one) => one.number === port)) {
      service.ports.push({ number: port, name: GRPC_PORTS.includes(port) ? `grpc-${port}` : `http-${port}` });
    }
  }
  for (const rule of ofKind(objects, 'DestinationRule')) {
    const at = clusterService(rule.spec.host, namespaceOf(rule));
    if (at !== undefined) {
      const subsets: any[] = rule.spec.subsets ?? [];
      get(at.name, at.namespace).subsets.push(...subsets.map(({ name, labels = {} }) => ({ name, labels })));
    }
  }
  // A Service without a port is invalid; 80 is what a destination without a number means behind a gateway's port 80.
  return [...services.values()].map((service) => service.ports.length > 0 ? service : { ...service, ports: [{ number: 80, name: 'http' }] });
}
