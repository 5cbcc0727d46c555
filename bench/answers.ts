import { cpuTimed } from './measure';
import type { Request } from '../src/answers/request';
import type * as resolving from '../src/answers/resolver';
import type * as clusters from '../src/cluster/cluster';
import type * as objects from '../src/cluster/cluster-object';
import type { JsonObject } from '../src/cluster/json';

// Users run the compiled package.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { Resolver }: typeof resolving = require('../lib/src/answers/resolver');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { Cluster }: typeof clusters = require('../lib/src/cluster/cluster');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ClusterObject }: typeof objects = require('../lib/src/cluster/cluster-object');

const GATEWAY_POD = { istio: 'ingressgateway' };
const NAMESPACE = 'models';

const object = (apiVersion: string, kind: string, name: string, namespace: string, spec: unknown): JsonObject => (
  { apiVersion, kind, metadata: { name, namespace }, spec }
);

/**
 * Manifests of many VirtualServices. Each has a rule for REST, of which every third is an expression, and one for gRPC with a header, and
 * sends a part of its requests to a canary. A policy closes a path of the gateway.
 *
 * @param count Number of VirtualServices.
 * @param hosts Number of hosts that they share.
 */
export function manyObjects(count: number, hosts: number): objects.ClusterObject[] {
  const manifests = [
    object('networking.istio.io/v1', 'Gateway', 'gateway', 'istio-system', { selector: GATEWAY_POD, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] }),
    object('v1', 'Service', 'seldon-mesh', NAMESPACE, { selector: { app: 'seldon-envoy' }, ports: [{ port: 80, name: 'http' }] }),
    object('security.istio.io/v1', 'AuthorizationPolicy', 'no-metrics', 'istio-system', {
      selector: { matchLabels: GATEWAY_POD }, action: 'DENY', rules: [{ to: [{ operation: { paths: ['/metrics', '/metrics/*'] } }] }],
    }),
    ...Array.from({ length: count }, (_, i) => object('networking.istio.io/v1', 'VirtualService', `model-${i}`, NAMESPACE, routes(i, i % hosts))),
    ...Array.from({ length: count }, (_, i) => ['model', 'canary'].map((name) => (
      object('mlops.seldon.io/v1alpha1', 'Model', `${name}-${i}`, NAMESPACE, { storageUri: 'gs://models' })
    ))).flat(),
  ];
  return manifests.map((manifest) => new ClusterObject(manifest, { file: 'bench.yaml' }));
}

function routes(i: number, host: number): JsonObject {
  const rest = i % 3 === 0 ? [{ uri: { regex: `/v[0-9]+/models/model-${i}/(infer|ready)` } }]
    : [{ uri: { exact: `/v2/models/model-${i}` } }, { uri: { prefix: `/v2/models/model-${i}/` } }];
  const arm = (name: string, weight: number) => ({
    destination: { host: 'seldon-mesh', port: { number: 80 } }, weight, headers: { request: { set: { 'seldon-model': name } } },
  });
  const common = { headers: { request: { remove: ['x-seldon-route', 'seldon-internal-model'] } }, route: [arm(`model-${i}`, 90), arm(`canary-${i}`, 10)] };
  return {
    hosts: [`host-${host}.example.com`],
    gateways: ['istio-system/gateway'],
    http: [
      { match: rest, ...common },
      { match: [{ uri: { prefix: '/inference.GRPCInferenceService/' }, headers: { 'seldon-model': { exact: `model-${i}` } } }], ...common },
    ],
  };
}

/** Different requests: one of REST and one of gRPC for each VirtualService, and one that no rule matches for every tenth. */
export function distinctRequests(count: number, hosts: number): Request[] {
  const entry = { kind: 'gateway' as const, port: 80 };
  return Array.from({ length: count }, (_, i) => i).flatMap((i): Request[] => {
    const own = { entry, authority: `host-${i % hosts}.example.com` };
    const accept = { name: 'accept', value: '*/*' };
    const rest = { ...own, http: '1.1' as const, method: 'POST', path: `/v2/models/model-${i}/infer`, query: `id=${i}`, headers: [accept, { name: 'user-agent', value: 'curl' }] };
    const grpc = {
      ...own, http: '2' as const, method: 'POST', path: '/inference.GRPCInferenceService/ModelInfer', headers: [{ name: 'seldon-model', value: `model-${i}` }, { name: 'te', value: 'trailers' }],
    };
    return i % 10 === 0 ? [rest, grpc, { ...rest, path: `/v1/%6dodels/./model-${i}` }] : [rest, grpc];
  });
}

/** Requests answered in a second of CPU time: the best of some passes, after one that compiles what is used. */
export function perSecond(resolver: resolving.Resolver, requests: readonly Request[], trace: boolean): number {
  const pass = () => requests.forEach((request) => resolver.resolve(request, { trace }));
  pass();
  return requests.length / (Math.min(...Array.from({ length: 5 }, () => cpuTimed(pass))) / 1000);
}

/** A resolver for many VirtualServices. */
export function resolverFor(count: number, hosts: number): resolving.Resolver {
  return new Resolver(new Cluster(manyObjects(count, hosts)));
}
