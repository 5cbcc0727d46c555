import * as fs from 'fs';
import * as path from 'path';
import { newDirectory } from './harness/directories';
import { Manifest, parse } from './harness/manifests';
import { startWorld } from './harness/world';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterKind, ClusterObject } from '../../src/cluster/cluster-object';
import { ProxyFilters, ProxyPart } from '../../src/cluster/proxy-filters';

// Answers depend on the EnvoyFilters, WasmPlugins and TrafficExtensions at the proxies on the way. Those are the proxies to which istiod sends them.

const GATEWAY = { app: 'istio-ingressgateway', istio: 'ingressgateway' };
const WORKLOAD = { name: 'iris', namespace: 'models', labels: { app: 'iris', version: 'v1' }, ports: [8080] };
const CLIENT = { name: 'client', namespace: 'clients', labels: { app: 'client' } };

const MANIFESTS = parse(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [iris.models.svc.cluster.local]
  gateways: [istio-system/gateway, mesh]
  http: [{ route: [{ destination: { host: iris.models.svc.cluster.local, port: { number: 8080 } } }] }]
`);

const NAMESPACES = ['istio-system', 'models', 'clients', 'others'];
const SELECTORS: readonly (object | undefined)[] = [undefined, {}, { istio: 'ingressgateway' }, { app: 'iris' }, { app: 'iris', version: 'v1' }, { app: 'iris', version: 'v2' }, { app: 'client' }];
const TARGETS = [
  { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'gateway' },
  { kind: 'Service', group: '', name: 'iris' }, { kind: 'ServiceEntry', group: 'networking.istio.io', name: 'iris' },
];

/** A lower case word that no other object of the test contains. */
const nameOf = (index: number) => `probe-${index}-end`;

interface Placed {
  readonly namespace: string;
  readonly spec: object;
}

/** An object in each namespace, for each selector and each reference. */
function placed<T extends object>(specs: readonly T[], selectorOf: (labels: object) => object): (Placed & { readonly spec: T })[] {
  const selected = SELECTORS.map((labels) => (labels === undefined ? {} : selectorOf(labels)));
  const targets = [...selected, ...TARGETS.map((target) => ({ targetRefs: [target] }))];
  const all = targets.flatMap((target) => specs.map((spec) => ({ ...target, ...spec })));
  return NAMESPACES.flatMap((namespace) => all.map((spec) => ({ namespace, spec })));
}

const lua = (name: string) => ({
  name, typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', 'default_source_code': { inline_string: 'function envoy_on_request(handle) end' } },
});

function envoyFilters(): Manifest[] {
  const patch = (context: string | undefined) => ({
    applyTo: 'HTTP_FILTER',
    match: { ...context === undefined ? {} : { context }, listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } } },
  });
  const contexts: (readonly (string | undefined)[])[] = [[undefined], ['ANY'], ['GATEWAY'], ['SIDECAR_OUTBOUND'], ['SIDECAR_INBOUND'], ['WAYPOINT'], ['GATEWAY', 'SIDECAR_INBOUND']];
  return placed(contexts.map((all) => ({ configPatches: all.map(patch) })), (labels) => ({ workloadSelector: { labels } }))
    .map(({ namespace, spec }, i) => ({
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: nameOf(i), namespace },
      spec: { ...spec, configPatches: spec.configPatches.map((each) => ({ ...each, patch: { operation: 'INSERT_FIRST', value: lua(nameOf(i)) } })) },
    }));
}

const MODES: readonly (readonly object[] | undefined)[] = [undefined, [], [{ mode: 'CLIENT' }], [{ mode: 'SERVER' }], [{ mode: 'CLIENT_AND_SERVER' }], [{ mode: 'CLIENT' }, { mode: 'SERVER' }], [{}]];

function extensions(kind: string, more: object): Manifest[] {
  return placed(MODES.map((match) => (match === undefined ? {} : { match })), (matchLabels) => ({ selector: { matchLabels } }))
    .map(({ namespace, spec }, i) => ({ apiVersion: 'extensions.istio.io/v1alpha1', kind, metadata: { name: nameOf(i), namespace }, spec: { ...spec, ...more } }));
}

/** The parts of the proxies, with the direction that Envoy has for their listeners. */
const PARTS = [
  { node: 'gateway', part: ProxyPart.GATEWAY, direction: 'OUTBOUND', pods: { namespace: 'istio-system', labels: GATEWAY } },
  { node: CLIENT.name, part: ProxyPart.OUTBOUND, direction: 'OUTBOUND', pods: CLIENT },
  { node: WORKLOAD.name, part: ProxyPart.INBOUND, direction: 'INBOUND', pods: WORKLOAD },
] as const;

/** In what the proxies are others than expected. Each part gets some of the filters, and not all. */
async function compare(filters: readonly Manifest[]): Promise<string[]> {
  const model = ProxyFilters.of(new Cluster([...MANIFESTS, ...filters].map((manifest) => new ClusterObject(manifest, { file: 'filters.yaml' }))));
  const world = await startWorld([...MANIFESTS, ...filters], { workloads: [WORKLOAD], clients: [CLIENT] });
  try {
    return (await Promise.all(PARTS.map(async ({ node, part, direction, pods }) => {
      const { envoy } = world.proxies.find((proxy) => proxy.node.name === node)!;
      const listeners = JSON.stringify((await envoy.listeners()).filter((listener) => (listener.traffic_direction ?? 'OUTBOUND') === direction));
      const expected = new Set(model.at(pods, part).map(({ name }) => name));
      const sent = filters.filter(({ metadata }) => listeners.includes(metadata.name));
      expect(sent.length).toBeGreaterThan(5);
      expect(sent.length).toBeLessThan(filters.length / 2);
      return filters.flatMap((filter) => {
        const isSent = sent.includes(filter);
        if (isSent === expected.has(filter.metadata.name)) return [];
        return [`${part}: istiod ${isSent ? 'sends' : 'does not send'} ${filter.kind} in ${filter.metadata.namespace} ${JSON.stringify(filter.spec)}`];
      });
    }))).flat();
  } finally {
    await world.close();
  }
}

test.each<[kind: string, filters: () => readonly Manifest[]]>([
  [ClusterKind.ENVOY_FILTER, envoyFilters],
  [ClusterKind.TRAFFIC_EXTENSION, () => extensions('TrafficExtension', { lua: { inlineCode: 'function envoy_on_request(handle) end' } })],
  [ClusterKind.WASM_PLUGIN, () => {
    const file = path.join(newDirectory('wasm'), 'empty.wasm');
    fs.writeFileSync(file, Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    return extensions('WasmPlugin', { url: `file://${file}`, failStrategy: 'FAIL_OPEN' });
  }],
])('%s: istiod sends it to the proxies for which it is a condition', async (_kind, filters) => {
  const all = filters();
  expect(all.length).toBeGreaterThan(200);
  const wrong = await compare(all);
  expect(wrong.slice(0, 10)).toEqual([]);
}, 300_000);
