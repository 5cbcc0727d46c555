import * as fs from 'fs';
import * as http from 'http';
import * as net from 'net';
import * as path from 'path';
import { newDirectory } from './directories';
import { freePort } from './ports';
import { start, untilUp } from './processes';
import { tool } from './tools';

/** An Experiment in Seldon Core 2. */
export interface RoutedExperiment {
  readonly name: string;
  readonly kind: 'model' | 'pipeline';
  readonly candidates: readonly { readonly name: string; readonly weight: number }[];
  readonly default?: string;
  readonly mirror?: { readonly name: string; readonly percent: number };
}

/** What runs in Seldon Core 2: Models with their versions, Pipelines and Experiments. */
export interface RoutedWorld {
  readonly models: Readonly<Record<string, number>>;
  readonly pipelines: readonly string[];
  readonly experiments: readonly RoutedExperiment[];
}

/** A route for a name: the targets with their weights, as `name_version` or `name.pipeline`. */
interface NamedRoute {
  readonly name: string;
  readonly targets: readonly { readonly target: string; readonly weight: number }[];
  readonly mirror?: { readonly target: string; readonly percent: number };
  readonly isSticky: boolean;
}

const MODEL = 'seldon-model';
const ROUTE = 'x-seldon-route';
const INTERNAL = 'seldon-internal-model';
const PREFIXES = ['/v2', '/inference.GRPCInferenceService'];

/** Adds the name in the path, as Seldon's filter does. */
const NAME_FROM_PATH = `
function envoy_on_request(handle)
  local headers = handle:headers()
  local model, route = headers:get('${MODEL}') or '', headers:get('${ROUTE}') or ''
  if model ~= '' or route ~= '' then return end
  local path = headers:get(':path')
  local rest = string.match(path, '^/v2/models/(.*)')
  if rest ~= nil then
    headers:add('${MODEL}', string.match(rest, '^([^/]*)/') or rest)
    return
  end
  local pipeline = string.match(path, '^/v2/pipelines/([^/]*)/')
  if pipeline ~= nil then headers:add('${MODEL}', pipeline .. '.pipeline') end
end`;

/** The routes that Seldon's scheduler makes, without an order. */
function routesOf({ models, pipelines, experiments }: RoutedWorld): NamedRoute[] {
  const targetOf = (kind: RoutedExperiment['kind'], name: string) => (kind === 'model' ? `${name}_${models[name]}` : `${name}.pipeline`);
  const own = [
    ...Object.keys(models).map((name) => ({ name, kind: 'model' as const, route: name })),
    ...pipelines.map((name) => ({ name, kind: 'pipeline' as const, route: `${name}.pipeline` })),
  ];
  const experimentRoute = ({ kind, candidates, mirror }: RoutedExperiment, name: string): NamedRoute => ({
    name,
    targets: candidates.map((candidate) => ({ target: targetOf(kind, candidate.name), weight: candidate.weight })),
    mirror: mirror && { target: targetOf(kind, mirror.name), percent: mirror.percent },
    isSticky: candidates.length > 1,
  });
  return [
    ...own.map(({ name, kind, route }): NamedRoute => {
      const experiment = experiments.find((each) => each.kind === kind && each.default === name);
      if (experiment !== undefined) return experimentRoute(experiment, route);
      return { name: route, targets: [{ target: targetOf(kind, name), weight: 100 }], isSticky: false };
    }),
    ...experiments.map((experiment) => experimentRoute(experiment, `${experiment.name}.experiment`)),
  ];
}

const header = (key: string, value: string) => ({ header: { key, value }, append_action: 'APPEND_IF_EXISTS_OR_ADD' });
const exactly = (name: string, value: string) => ({ name, string_match: { exact: value } });

function stickyRoutes({ name, targets }: NamedRoute): object[] {
  return targets.flatMap(({ target }) => PREFIXES.map((prefix) => ({
    match: { prefix, headers: [exactly(MODEL, name), { name: ROUTE, string_match: { contains: `:${target}:` } }] },
    request_headers_to_add: [header(INTERNAL, target)],
    response_headers_to_add: [header(ROUTE, `:${target}:`)],
    route: { cluster: 'stub', timeout: '0s' },
  })));
}

function sharedRoutes({ name, targets, mirror }: NamedRoute, isMirror: boolean): object[] {
  const clusters = (isMirror ? [{ target: mirror!.target, weight: 1 }] : targets).map(({ target, weight }) => ({
    name: 'stub',
    weight,
    request_headers_to_remove: [INTERNAL],
    request_headers_to_add: [header(INTERNAL, target)],
    response_headers_to_add: [header(ROUTE, `:${target}:`)],
  }));
  return PREFIXES.map((prefix) => ({
    match: { prefix, headers: [exactly(MODEL, name), { name: ROUTE, present_match: false }] },
    route: {
      timeout: '0s',
      weighted_clusters: { clusters },
      ...mirror === undefined || isMirror ? {} : {
        request_mirror_policies: [{ cluster: 'mirrors', runtime_fraction: { default_value: { numerator: mirror.percent, denominator: 'HUNDRED' } } }],
      },
    },
  }));
}

function listener(port: number, routes: readonly object[]): object {
  const type = 'type.googleapis.com/envoy.extensions.filters';
  return {
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    filter_chains: [{
      filters: [{
        name: 'http',
        typed_config: {
          '@type': `${type}.network.http_connection_manager.v3.HttpConnectionManager`,
          'stat_prefix': 'http',
          'codec_type': 'AUTO',
          'route_config': { virtual_hosts: [{ name: 'all', domains: ['*'], routes }] },
          'http_filters': [
            { name: 'lua', typed_config: { '@type': `${type}.http.lua.v3.Lua`, 'default_source_code': { inline_string: NAME_FROM_PATH } } },
            { name: 'router', typed_config: { '@type': `${type}.http.router.v3.Router` } },
          ],
        },
      }],
    }],
  };
}

function cluster(name: string, port: number): object {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return { name, connect_timeout: '5s', load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] } };
}

/** A request to Seldon Core 2. */
export interface RoutedRequest {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Who answered: the target, or the status of an answer without one. */
export interface RoutedAnswer {
  readonly target?: string;
  readonly status?: number;
  readonly grpcStatus?: string;
  readonly route?: string;
  /** The targets of mirrored requests. */
  mirrored(): readonly string[];
  /** The hosts of all requests that arrived, the mirrored ones included. */
  hosts(): readonly string[];
}

/** A real Envoy with the routes of Seldon Core 2. */
export interface RoutedEnvoy {
  /** The names in the order of their routes. */
  readonly order: readonly string[];
  send(request: RoutedRequest): Promise<RoutedAnswer>;
  close(): Promise<void>;
}

/** Starts an Envoy with the routes of a world, in the order that a function gives to their names. */
export async function startRoutedEnvoy(world: RoutedWorld, ordered: (names: readonly string[]) => readonly string[]): Promise<RoutedEnvoy> {
  const routes = routesOf(world);
  const order = ordered(routes.map(({ name }) => name));
  const sorted = order.map((name) => routes.find((route) => route.name === name)!);
  const [arrivals, hosts] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const stub = http.createServer((request, response) => {
    const id = String(request.headers['x-id']);
    const target = String(request.headers[INTERNAL]).split(', ')[0];
    arrivals.set(id, [...arrivals.get(id) ?? [], target]);
    hosts.set(id, [...hosts.get(id) ?? [], String(request.headers.host)]);
    response.setHeader('x-target', target);
    response.end();
  });
  await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
  const stubPort = (stub.address() as net.AddressInfo).port;
  const [port, mirrors, admin] = [await freePort(), await freePort(), await freePort()];
  const directory = newDirectory('seldon-routes');
  fs.writeFileSync(path.join(directory, 'envoy.json'), JSON.stringify({
    admin: { address: { socket_address: { address: '127.0.0.1', port_value: admin } } },
    static_resources: {
      listeners: [
        listener(port, sorted.flatMap((route) => [...route.isSticky ? stickyRoutes(route) : [], ...sharedRoutes(route, false)])),
        listener(mirrors, sorted.filter(({ mirror }) => mirror !== undefined).flatMap((route) => sharedRoutes(route, true))),
      ],
      clusters: [cluster('stub', stubPort), cluster('mirrors', mirrors)],
    },
  }));
  const running = start(tool('envoy'), ['-c', 'envoy.json', '--concurrency', '1', '--log-level', 'error', '--disable-hot-restart'], { directory });
  await untilUp(running, 'Envoy with the routes of Seldon Core 2', async () => {
    const answer = await fetch(`http://127.0.0.1:${admin}/ready`).catch(() => undefined);
    return answer?.status === 200 ? true : undefined;
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  let sent = 0;
  const send = ({ path: target, headers }: RoutedRequest): Promise<RoutedAnswer> => new Promise((resolve, reject) => {
    const id = `r${sent += 1}`;
    const lines: Record<string, string | string[]> = { 'x-id': [id] };
    for (const [name, value] of headers) lines[name] = name === 'host' ? value : [...lines[name] ?? [], value];
    http.request({ host: '127.0.0.1', port, agent, method: 'POST', path: target, headers: lines }, (response) => {
      response.resume();
      response.once('end', () => {
        const { 'x-target': answeredBy, [ROUTE]: route, 'grpc-status': grpcStatus } = response.headers;
        const own = typeof answeredBy === 'string' ? answeredBy : undefined;
        resolve({
          target: own,
          ...own !== undefined ? { route: String(route) } : { status: response.statusCode },
          ...grpcStatus === undefined ? {} : { grpcStatus: String(grpcStatus) },
          mirrored: () => without(arrivals.get(id) ?? [], own),
          hosts: () => hosts.get(id) ?? [],
        });
      });
    }).once('error', reject).end();
  });
  return {
    order,
    send,
    close: async () => {
      agent.destroy();
      await running.stop();
      await new Promise((resolve) => stub.close(resolve));
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A list without one occurrence of an entry. */
function without(list: readonly string[], entry: string | undefined): string[] {
  const at = entry === undefined ? -1 : list.indexOf(entry);
  return list.filter((_each, i) => i !== at);
}
