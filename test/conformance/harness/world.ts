import * as fs from 'fs';
import * as path from 'path';
import { Clients, isGrpc, portOf, Request, Response } from './clients';
import { newDirectory } from './directories';
import { ACCESS_LOG, AccessLine, Envoy, portsFor, startEnvoy } from './envoy';
import { count } from './figures';
import { gatewayNodes, isMeshBound, Node, secretsOf } from './gateways';
import { certificateSecrets, openDiscovery } from './istiod';
import { isIstio, Manifest, ofKind, parse, printJson } from './manifests';
import { freePort } from './ports';
import { ServicePort, servicesOf, StandIn } from './services';
import { egressSidecar, loopbackFilter, plainCaller, plainCalls, podAddress, podsOf, serviceObjects, workloadSidecar } from './standins';
import { Arrival, Arrivals, Decide, Identity, startStub, Stub } from './stubs';
import { EnvoyProgram } from './tools';

/** What differs from a world that follows from the manifests alone. */
export interface WorldOptions {
  /** Ports of Services, for those whose ports the manifests do not define. */
  readonly services?: readonly { readonly name: string; readonly namespace: string; readonly ports: ServicePort[] }[];
  /** Puts a client with a sidecar into this namespace. Default: `clients`, when a VirtualService holds inside the mesh. */
  readonly meshNamespace?: string;
  /** More objects that only istiod sees. */
  readonly extra?: string;
  /** Decides what the stubs answer. Default: what a model answers. */
  readonly decide?: Decide;
  /** Secrets, and ConfigMaps with authorities, that only istiod sees. Default: a Secret with a certificate that is signed by itself for every `credentialName`. */
  readonly secrets?: readonly Manifest[];
  /** Pods with a sidecar, whose policies hold for what is sent to them. */
  readonly workloads?: readonly Workload[];
  /** Services that are missing although rules name them, as `<service>.<namespace>`. */
  readonly absent?: readonly string[];
  /** Whether stubs stand in for the hosts of ServiceEntries, too. Default: false. */
  readonly externalStubs?: boolean;
  /** Clients with a sidecar. Default: one in `meshNamespace`. */
  readonly clients?: readonly MeshClient[];
  /** More of Istio's mesh configuration. */
  readonly meshConfig?: object;
  /** The release of the proxies. Default: the newest one. */
  readonly envoy?: EnvoyProgram;
}

/** A workload that sends requests through its sidecar. */
export interface MeshClient {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** The hosts of its Sidecar. Default: all. */
  readonly egressHosts?: readonly string[];
  /** Whether its Sidecar is one of the manifests, or there is none. Default: false. */
  readonly hasSidecar?: boolean;
}

/** A proxy of a world. */
export interface Proxy {
  readonly node: Node;
  readonly envoy: Envoy;
}

/** Pods with a sidecar, and a stub behind each of their ports. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly ports: number[];
}

/** A request, its answer, and where it went. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  /** The arrival that answered, if a stub did. */
  readonly answeredBy?: Arrival;
  /** Everything that arrived because of this request; complete once the world has settled. */
  arrivals(): readonly Arrival[];
  /** What Envoy logged about it. */
  explain(): Promise<AccessLine | undefined>;
}

/** Manifests at work: istiod has read them, Envoys route by them, stubs stand in for all Services. */
export interface World {
  readonly manifests: readonly Manifest[];
  /** The proxies of gateways, clients and workloads. */
  readonly proxies: readonly Proxy[];
  /** What arrived at stubs, by the id of the request. */
  readonly received: Arrivals;
  /** Whether there is a proxy with the port that a request is for. */
  takes(request: Request): boolean;
  /** Sends a request through the gateway, or through the sidecar of a client. */
  send(request: Request): Promise<Exchange>;
  /** Sends many, a few at a time. */
  sendAll(requests: readonly Request[]): Promise<Exchange[]>;
  /** Where callers find a port of a gateway on 127.0.0.1, for what `send` does not support. */
  gatewayPort(number: number): number;
  /** Waits until all mirrored requests have arrived. */
  settled(): Promise<void>;
  /** What an Envoy did not accept. */
  rejected(): Promise<string[]>;
  /** A cluster as Istio sent it to the gateway of a port. */
  cluster(gatewayPort: number, name: string): Promise<any>;
  close(): Promise<void>;
}

const AT_ONCE = 16;

async function startStubs(
  services: readonly StandIn[], arrivals: Arrivals, decide?: Decide,
): Promise<{ stubs: Stub[]; portOf(at: Identity): number }> {
  const stubs: Stub[] = [];
  const ports = new Map<string, number>();
  const key = (at: Identity) => `${at.service} ${at.port} ${at.subset ?? ''}`;
  for (const [index, service] of services.entries()) {
    for (const port of service.ports) {
      for (const [position, subset] of podsOf(service).entries()) {
        const at = { service: `${service.name}.${service.namespace}`, port: port.number, subset: subset?.name };
        const stub = await startStub(at, arrivals, podAddress(index, position), decide);
        stubs.push(stub);
        ports.set(key(at), stub.port);
      }
    }
  }
  return { stubs, portOf: (at) => ports.get(key(at))! };
}

const entryPorts = (manifests: readonly Manifest[]): { number: number }[] => ofKind(manifests, 'ServiceEntry').flatMap(({ spec }) => spec.ports ?? []);

/** Istio's objects, with a stub as the only endpoint of each ServiceEntry with a single host. */
async function startEntryStubs(manifests: readonly Manifest[], arrivals: Arrivals, ends: (() => unknown)[], decide?: Decide): Promise<Manifest[]> {
  const stand = async (entry: Manifest, index: number): Promise<Manifest> => {
    const { hosts, ports } = entry.spec;
    if (hosts.length !== 1 || hosts[0].startsWith('*')) return entry;
    const address = `127.${90 + Math.floor(index / 250)}.${index % 250}.1`;
    const listening: Record<string, number> = {};
    for (const { name, number } of ports) {
      const stub = await startStub({ service: hosts[0], port: number }, arrivals, address, decide);
      ends.push(() => stub.close());
      listening[name] = stub.port;
    }
    return { ...entry, spec: { ...entry.spec, resolution: 'STATIC', endpoints: [{ address, ports: listening }] } };
  };
  const entries = ofKind(manifests, 'ServiceEntry');
  return Promise.all(manifests.filter(isIstio).map((manifest) => (
    entries.includes(manifest) ? stand(manifest, entries.indexOf(manifest)) : manifest
  )));
}

/** Starts a world from manifests. */
export async function startWorld(objects: string | readonly Manifest[], options: WorldOptions = {}): Promise<World> {
  const manifests = typeof objects === 'string' ? parse(objects) : objects;
  const ends: (() => unknown)[] = [];
  const close = async () => {
    // Last started, first ended; a part that fails to end must not keep the others.
    for (const end of ends.reverse().splice(0)) {
      await Promise.resolve().then(end).catch(() => undefined);
    }
  };
  try {
    const directory = newDirectory('world');
    ends.push(() => fs.rmSync(directory, { recursive: true, force: true }));
    const isPresent = ({ name, namespace }: StandIn) => !(options.absent ?? []).includes(`${name}.${namespace}`);
    const services = servicesOf(manifests, options.services).filter(isPresent);
    const arrivals = new Arrivals();
    const { stubs, portOf: stubPort } = await startStubs(services, arrivals, options.decide);
    ends.push(...stubs.map((stub) => () => stub.close()));

    const nodes = gatewayNodes(manifests);
    const meshNamespace = options.meshNamespace ?? (isMeshBound(manifests) ? 'clients' : undefined);
    const portsCalled = [...services.flatMap((service) => service.ports), ...options.externalStubs ? entryPorts(manifests) : []];
    const called = [...new Set(portsCalled.map((port) => port.number))];
    const clientsOf = options.clients ?? (meshNamespace === undefined ? [] : [{ name: 'client', namespace: meshNamespace, labels: { app: 'client' } }]);
    const clientNodes = clientsOf.map(({ name, namespace, labels }): Node => ({ name, namespace, labels, type: 'sidecar', ports: called }));
    const [mesh] = clientNodes as (Node | undefined)[];
    const workloads = (options.workloads ?? []).map((workload): Node => ({ ...workload, type: 'sidecar' }));
    const all = [...nodes, ...clientNodes, ...workloads];
    const served = new Map<Node, Map<number, number>>();
    const addresses = new Map<Node, string>();
    for (const node of workloads) {
      // Rules may name the ports of pods, so the ports are the real ones, at a separate address.
      const unique = await freePort();
      addresses.set(node, `127.${100 + Math.floor(unique / 1000)}.${unique % 1000 % 250}.${100 + Math.floor(unique % 1000 / 250)}`);
      served.set(node, new Map());
      for (const port of node.ports) {
        const stub = await startStub({ service: `${node.name}.${node.namespace}`, port }, arrivals, '127.0.0.1');
        ends.push(() => stub.close());
        served.get(node)!.set(port, stub.port);
      }
    }
    const ports = new Map<Node, Map<number, number>>();
    for (const node of all) {
      ports.set(node, workloads.includes(node) ? new Map(node.ports.map((port) => [port, port])) : await portsFor(node));
    }
    const own = [
      ...all.filter((node) => !workloads.includes(node)).map((node) => loopbackFilter(node, ports.get(node)!)),
      ...workloads.flatMap((node) => workloadSidecar(node, addresses.get(node)!, (port) => served.get(node)!.get(port)!)),
      ...[...new Set(workloads.map(({ namespace }) => namespace))].map(plainCalls),
      ...clientNodes.flatMap((node, i) => [plainCaller(node), ...clientsOf[i].hasSidecar ? [] : [egressSidecar(node, clientsOf[i].egressHosts)]]),
    ];
    const given = options.secrets ?? [];
    const isGiven = (secret: string) => given.some(({ metadata }) => `${metadata.namespace}/${metadata.name}` === secret);
    const secrets = [...given, ...await certificateSecrets(secretsOf(manifests).filter((secret) => !isGiven(secret)))];
    const istio = options.externalStubs ? await startEntryStubs(manifests, arrivals, ends, options.decide) : manifests.filter(isIstio);
    const discovery = await openDiscovery({
      istio: printJson([...istio, ...own, ...parse(options.extra ?? '')]),
      kubernetes: printJson([...services.flatMap((service, index) => serviceObjects(service, index, stubPort)), ...secrets]),
      meshConfig: JSON.stringify({ ...ACCESS_LOG, enableAutoMtls: false, ...options.meshConfig }),
      namespaces: [...new Set(all.map((node) => node.namespace))],
    });
    ends.push(() => discovery.close());
    const envoys = new Map<Node, Envoy>();
    const starting = await Promise.allSettled(all.map(async (node) => {
      const envoy = await startEnvoy(node, ports.get(node)!, discovery.port, path.join(directory, node.name), options.envoy);
      ends.push(() => envoy.stop());
      envoys.set(node, envoy);
    }));
    for (const started of starting) {
      if (started.status === 'rejected') {
        throw started.reason;
      }
    }
    count('worlds started', 1);

    const clients = new Clients();
    ends.push(() => clients.close());
    const nodeFor = (request: Request) => {
      if (request.workload !== undefined) {
        return workloads.find(({ name }) => name === request.workload);
      }
      return request.fromMesh ? mesh : nodes.find((one) => one.ports.includes(portOf(request)));
    };
    const envoyFor = (request: Request): Envoy => {
      const node = nodeFor(request);
      if (node === undefined) {
        throw new Error(request.workload !== undefined ? `no workload ${request.workload}`
          : request.fromMesh ? 'no client in the mesh: give meshNamespace' : `no gateway has port ${portOf(request)}`);
      }
      return envoys.get(node)!;
    };
    let sent = 0;
    const send = async (request: Request): Promise<Exchange> => {
      const envoy = envoyFor(request);
      sent += 1;
      const id = `r${sent}-${isGrpc(request) ? 'grpc' : 'rest'}`;
      count('requests sent', 1);
      const response = await clients.send(request, envoy.port(portOf(request)), id, addresses.get(nodeFor(request)!));
      const answeredBy = response.serial === undefined ? undefined : arrivals.of(id).find((arrival) => arrival.serial === response.serial);
      return { request, response, answeredBy, arrivals: () => arrivals.of(id), explain: () => envoy.accessLine(id) };
    };
    return {
      manifests,
      proxies: [...envoys].map(([node, envoy]) => ({ node, envoy })),
      received: arrivals,
      takes: (request) => nodeFor(request)?.ports.includes(portOf(request)) ?? false,
      send,
      gatewayPort: (number) => envoys.get(nodes.find((one) => one.ports.includes(number))!)!.port(number),
      sendAll: async (requests) => {
        const exchanges: Exchange[] = new Array(requests.length);
        let next = 0;
        await Promise.all(Array.from({ length: AT_ONCE }, async () => {
          while (next < requests.length) {
            const index = next;
            next += 1;
            exchanges[index] = await send(requests[index]);
          }
        }));
        return exchanges;
      },
      settled: async () => { await Promise.all([...envoys.values()].map((envoy) => envoy.settled())); },
      cluster: async (number, name) => (await envoys.get(nodes.find((one) => one.ports.includes(number))!)!.clusters()).get(name),
      rejected: async () => (await Promise.all([...envoys].map(async ([node, envoy]) => {
        const free = ports.get(node)!;
        // Envoy reports the free port instead of the real one.
        return (await envoy.rejected()).map((reason) => reason.replace(/127\.0\.0\.1:(\d+)/g, (_address, number: string) =>
          `${node.name}:${[...free].find(([, one]) => one === Number(number))?.[0] ?? number}`));
      }))).flat(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
