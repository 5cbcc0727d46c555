import * as fc from 'fast-check';
import { CALLERS } from './callers';
import { Endpoint, endpointsOf, GatewayListener, listenersOf } from './promises';
import { rawRoutes, RawRoute } from './raw-promises';
import { Slot } from './slot';
import { AppSpec } from './spec';
import { ENDPOINTS, HEADERS, Match } from './values';
import { Request } from '../harness/clients';
import { Call } from '../harness/protocol';

// Requests that come close to what the app takes: its own hosts and similar hosts, its paths and what begins like them,
// its headers, a part of them, and others.

const label = fc.constantFrom('a', 'zz', 'b');

/** A host that a pattern matches, or a similar one. */
function hostNear(pattern: string, slot: Slot): fc.Arbitrary<string> {
  const inside = pattern === '*' ? fc.constantFrom('a', 'b', 'any').map((name) => slot.text(`${name}.app.test`))
    : pattern.startsWith('*.') ? label.map((name) => `${name}${pattern.slice(1)}`) : fc.constant(pattern);
  return fc.oneof(
    { arbitrary: inside, weight: 12 },
    { arbitrary: inside.map((host) => host.includes(':') ? host : `${host}:1234`), weight: 1 },
    { arbitrary: inside.map((host) => host.toUpperCase()), weight: 1 },
    { arbitrary: fc.tuple(label, inside).map(([name, host]) => `${name}.${host}`), weight: 1 },
    { arbitrary: fc.constantFrom('app.test', 'a.app.test', 'b.app.test', 'x.a.app.test', 'raw.app.test').map((host) => slot.text(host)), weight: 2 },
    { arbitrary: fc.constant('other.example.org'), weight: 1 },
  );
}

const PLAIN = [
  '/', '/v2', '/v2/health/live', '/api/predict', '/api/v1/x', '/v2/repository/index', '/metrics', '/raw/x', '/raw',
  ...ENDPOINTS.flatMap((name) => [`/v2/models/${name}`, `/v2/models/${name}/infer`, `/v2/models/${name}/versions/1/infer`]),
  '/inference.GRPCInferenceService/ModelInfer', '/tensorflow.serving.PredictionService/Predict', '/v2/models/iris/metrics',
];

/** A path that satisfies a match, or a similar one. */
function pathNear({ $match, value }: Match): fc.Arbitrary<string> {
  if ($match === 'regex' || !value.startsWith('/') || /\s/.test(value)) return fc.constantFrom(...PLAIN);
  const closed = value.replace(/[?#].*$/, '');
  return fc.constantFrom(closed, `${closed}infer`, `${closed}/infer`, `${closed}-large/infer`, closed.replace(/\/$/, ''), `${closed}?x=1`, closed.slice(0, -1) || '/',
    `${closed}/../wine/infer`, `${closed}x`);
}

const CALLS: readonly Call[] = ['ModelInfer', 'ModelReady', 'ModelMetadata', 'ServerLive'];
const value = fc.constantFrom('iris', 'wine', 'iris-large', 'yes', 'y', 'no', '');

/** Headers: all of a set, a part of it, others, or one of them twice. */
function headersNear(sets: readonly { readonly [name: string]: string }[]): fc.Arbitrary<Record<string, string | string[]>> {
  const others = fc.dictionary(fc.constantFrom(...HEADERS.filter((name) => name !== 'cookie'), 'x-model'), value, { maxKeys: 2 }).map((map) => ({ ...map }));
  const forged = fc.constantFrom<Record<string, string>>({ 'x-seldon-route': ':iris9:' }, { 'seldon-internal-model': 'iris9' });
  const own = sets.length === 0 ? others : fc.constantFrom(...sets).map((set) => ({ ...set }));
  return fc.oneof(
    { arbitrary: own, weight: 8 },
    { arbitrary: fc.tuple(own, others).map(([a, b]) => ({ ...b, ...a })), weight: 4 },
    { arbitrary: fc.tuple(own, forged).map(([a, b]) => ({ ...a, ...b })), weight: 2 },
    { arbitrary: others, weight: 3 },
    { arbitrary: own.map((set) => Object.fromEntries(Object.entries(set).map(([name, one]) => [name, name === 'cookie' ? one : [one, 'other']]))), weight: 1 },
  ) as fc.Arbitrary<Record<string, string | string[]>>;
}

/** What requests are near to: an endpoint, or a VirtualService that is written as given. */
type Near = Pick<Endpoint, 'hosts' | 'gateways' | 'paths' | 'calls'> & { readonly arms: readonly Pick<Endpoint['arms'][0], 'matches'>[] };

function nearRaw({ hosts, gateways, rules }: RawRoute): Near {
  const matches = rules.flatMap((rule) => rule.matches);
  return { hosts, gateways, paths: matches.map(({ uri }) => uri).filter((uri) => uri !== undefined), arms: [{ matches }] };
}

/** A value of a header that satisfies a match. */
function valueFor(name: string, { $match, value: text }: Match): string {
  if ($match !== 'regex') return text;
  return name === 'cookie' ? text.replace(/^\(\.\*;\\s\*\)\?/, '').replace(/\(\\s\*;\.\*\)\?$/, '').replaceAll('\\', '') : 'yes';
}

/** Names of headers that matches of arms look at, with values that satisfy them. */
function armHeaders({ arms }: Near): { [name: string]: string }[] {
  const texts = (matches: { readonly [name: string]: Match }) => Object.fromEntries(Object.entries(matches)
    .map(([name, match]) => [name, valueFor(name, match)])
    .filter(([name]) => /^[a-z-]+$/.test(name) && name !== 'host'));
  return arms.flatMap(({ matches = [] }) => matches.flatMap(({ headers, withoutHeaders }) => [headers, withoutHeaders]))
    .filter((map) => map !== undefined).map((map) => texts(map!));
}

const usable = (sets: readonly { readonly [name: string]: string }[]) => sets.filter((set) => Object.keys(set).every((name) => /^[a-z-]+$/.test(name)));

/** Requests near an endpoint, or near none of them; undefined when there is no proxy to send them to. */
function near(
  endpoint: Near | undefined, listeners: readonly GatewayListener[], meshPorts: readonly number[],
  picked: readonly { readonly [name: string]: string }[], slot: Slot,
): fc.Arbitrary<Request> | undefined {
  const fromMesh = endpoint === undefined ? listeners.length === 0 : endpoint.gateways.length === 0;
  const own = endpoint === undefined ? listeners
    : listeners.filter(({ gateways }) => endpoint.gateways.some((position) => gateways.includes(position)));
  if ((fromMesh && meshPorts.length === 0) || (!fromMesh && own.length === 0)) return undefined;
  const where = fromMesh ? fc.record({ port: fc.constantFrom(...meshPorts), tls: fc.constant(false), fromMesh: fc.constant(true) })
    : fc.constantFrom(...own).map(({ port, tls }) => ({ port, tls, fromMesh: false }));
  const host = endpoint === undefined || endpoint.hosts.length === 0 ? hostNear('*', slot) : fc.constantFrom(...endpoint.hosts).chain((one) => hostNear(one, slot));
  const sets = usable(endpoint?.calls?.sets ?? []);
  const arms = endpoint === undefined ? [] : armHeaders(endpoint);
  const hasPaths = endpoint !== undefined && endpoint.paths.length > 0;
  const path = fc.oneof(
    { arbitrary: hasPaths ? fc.constantFrom(...endpoint.paths).chain(pathNear) : fc.constantFrom(...PLAIN), weight: 3 },
    { arbitrary: fc.constantFrom(...PLAIN), weight: 1 },
  );
  const rest = fc.record({ host, rest: path, headers: headersNear([...arms, {}, ...sets, ...picked]), query: fc.constantFrom('', '', '?arm=b', '?x=a') })
    .map(({ query, ...request }) => ({ ...request, rest: request.rest.includes('?') ? request.rest : request.rest + query }));
  const together = arms.length === 0 ? sets : sets.flatMap((set) => arms.map((arm) => ({ ...arm, ...set })));
  const grpc = fc.record({ host, grpc: fc.constantFrom(...CALLS), model: fc.constantFrom('iris', 'wine'), headers: headersNear([...sets, ...together]) });
  const either = fc.oneof<[fc.Arbitrary<object>, fc.Arbitrary<object>]>(rest, grpc);
  return fc.tuple(where, either).map(([at, request]) => ({ ...at, ...request }) as Request);
}

/** Requests near an app, always the same ones for the same app and seed. */
export function requestsFor(app: AppSpec, slot: Slot, seed: number, times: number): Request[] {
  const endpoints: Near[] = [...endpointsOf(app, slot), ...rawRoutes(app, slot).map(nearRaw)];
  const listeners = listenersOf(app, slot);
  const inMesh = endpoints.filter(({ gateways }) => gateways.length === 0);
  const ports = endpointsOf(app, slot).flatMap(({ arms }) => arms.flatMap(({ target }) => target.ports));
  const meshPorts = inMesh.length === 0 ? [] : [...new Set([80, ...ports])];
  // What picks an arm of one endpoint arrives at the others, too.
  const picked = endpoints.flatMap(armHeaders);
  const all = [...endpoints, undefined].map((endpoint) => near(endpoint, listeners, meshPorts, picked, slot)).filter((one) => one !== undefined);
  if (all.length === 0) return [];
  const any = fc.oneof(...all);
  const requests = app.access.length === 0 ? any : fc.tuple(any, fc.constantFrom(...CALLERS)).map(([request, caller]): Request =>
    request.fromMesh ? request : { ...request, headers: { ...request.headers, ...caller.headers } as Request['headers'] });
  return fc.sample(requests, { seed, numRuns: times }).filter(sendable);
}

/** Whether the clients can send it: TLS picks a server by a name, and a name in HTTP has no odd signs. */
function sendable(request: Request): boolean {
  return /^[a-zA-Z0-9.:-]+$/.test(request.host) && !(request.tls && /^[\d.:]+$/.test(request.host))
    && (!('rest' in request) || /^\/[!-~]*$/.test(request.rest));
}
