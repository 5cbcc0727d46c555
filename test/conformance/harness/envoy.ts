import * as fs from 'fs';
import * as path from 'path';
import { until } from './deadline';
import { Node } from './gateways';
import { freePort } from './ports';
import { Running, start, untilUp } from './processes';
import { errorStates, rejectedUpdates } from './rejections';
import { EnvoyProgram, tool } from './tools';

/** The header by which requests, their mirrored copies and their lines in the access log are identified. */
export const REQUEST_ID = 'x-conformance-id';

/** Envoy's log entry for one request. */
export interface AccessLine {
  readonly id: string;
  /** The name of the route that Envoy took; for Istio, the name of the rule. */
  readonly route: string | null;
  /** The path of the object that the route was made from. */
  readonly object: string | null;
  readonly cluster: string | null;
  readonly flags: string | null;
  readonly details: string | null;
  readonly code: number;
}

const ACCESS_LINE = {
  id: `%REQ(${REQUEST_ID})%`,
  route: '%ROUTE_NAME%',
  object: '%METADATA(ROUTE:istio:config)%',
  cluster: '%UPSTREAM_CLUSTER%',
  flags: '%RESPONSE_FLAGS%',
  details: '%RESPONSE_CODE_DETAILS%',
  code: '%RESPONSE_CODE%',
};

/** The name by which a Telemetry finds the log that the tests read. */
export const LOG_PROVIDER = 'conformance';

/** The name by which a Telemetry finds Service zipkin of istio-system, to which traces go. */
export const TRACE_PROVIDER = 'zipkin';

/** The part of Istio's mesh configuration that makes Envoy write an AccessLine for each request, unless a Telemetry overrides it. */
export const ACCESS_LOG = {
  accessLogFile: 'access.log',
  accessLogEncoding: 'JSON',
  accessLogFormat: JSON.stringify(ACCESS_LINE),
  extensionProviders: [
    { name: LOG_PROVIDER, envoyFileAccessLog: { path: 'access.log', logFormat: { labels: ACCESS_LINE } } },
    { name: TRACE_PROVIDER, zipkin: { service: 'zipkin.istio-system.svc.cluster.local', port: 9411 } },
  ],
};

/** A running proxy. */
export interface Envoy {
  /** Where a caller finds a port of the node. */
  port(number: number): number;
  /** What was logged about a request; waits until it is there. */
  accessLine(id: string): Promise<AccessLine | undefined>;
  /** What was logged about all requests so far, by their ids. */
  accessLines(): ReadonlyMap<string, AccessLine>;
  /** The route configurations as Istio sent them, by name. */
  routes(): Promise<ReadonlyMap<string, any>>;
  /** Waits until every request that the proxy has sent was answered, mirrored ones included. */
  settled(): Promise<void>;
  /** What Envoy did not accept of istiod's configuration. */
  rejected(): Promise<string[]>;
  /** The listeners as Istio sent them. */
  listeners(): Promise<any[]>;
  /** The clusters as Istio sent them, by name. */
  clusters(): Promise<Map<string, any>>;
  stop(): Promise<void>;
}

/** Loopback ports for the ports of a node. */
export async function portsFor(node: Node): Promise<Map<number, number>> {
  const ports = new Map<number, number>();
  for (const number of node.ports) {
    ports.set(number, await freePort());
  }
  return ports;
}

/** The address that the node gives as its own; no Service has an endpoint there. */
const ADDRESS = '127.0.0.10';

/** The runtime flags that Istio's own proxies start with, as far as they decide which routes and requests Envoy accepts. */
const ISTIO_RUNTIME = {
  're2.max_program_size.error_level': '32768',
  'envoy.reloadable_features.http_reject_path_with_fragment': false,
};

function bootstrap(node: Node, ads: number, admin: number): object {
  const address = (port: number) => ({ socket_address: { address: '127.0.0.1', port_value: port } });
  const fromAds = { ads: {}, resource_api_version: 'V3' };
  return {
    node: {
      id: `${node.type}~${ADDRESS}~${node.name}.${node.namespace}~${node.namespace}.svc.cluster.local`,
      cluster: `${node.name}.${node.namespace}`,
      metadata: {
        NAMESPACE: node.namespace,
        NAME: node.name,
        LABELS: { ...node.labels, [NODE_LABEL]: node.name },
        INSTANCE_IPS: ADDRESS,
        ISTIO_VERSION: '1.31.0',
        CLUSTER_ID: 'Kubernetes',
        // No iptables lead to the proxy: it listens on its ports itself.
        INTERCEPTION_MODE: 'NONE',
      },
    },
    admin: { address: address(admin) },
    layered_runtime: { layers: [{ name: 'global config', static_layer: ISTIO_RUNTIME }] },
    dynamic_resources: {
      ads_config: { api_type: 'GRPC', transport_api_version: 'V3', grpc_services: [{ envoy_grpc: { cluster_name: 'istiod' } }] },
      cds_config: fromAds,
      lds_config: fromAds,
    },
    static_resources: {
      clusters: [{
        name: 'istiod',
        connect_timeout: '5s',
        load_assignment: { cluster_name: 'istiod', endpoints: [{ lb_endpoints: [{ endpoint: { address: address(ads) } }] }] },
        typed_extension_protocol_options: {
          'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
            '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
            'explicit_http_config': { http2_protocol_options: {} },
          },
        },
      }],
    },
  };
}

/** A label by which the world's own objects find the node. */
export const NODE_LABEL = 'conformance/node';

/** Starts a proxy for the node and waits until it has its whole configuration. */
export async function startEnvoy(
  node: Node, ports: Map<number, number>, ads: number, directory: string, program: EnvoyProgram = 'envoy',
): Promise<Envoy> {
  const admin = await freePort();
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, 'bootstrap.json'), JSON.stringify(bootstrap(node, ads, admin)));
  const running: Running = start(tool(program), [
    '-c', 'bootstrap.json', '--concurrency', '1', '--log-level', 'warning',
    '--disable-hot-restart', '--file-flush-interval-msec', '50', '--drain-time-s', '1',
  ], { directory });

  const ask = async (question: string): Promise<string> => (await fetch(`http://127.0.0.1:${admin}/${question}`)).text();
  const stats = async (filter: string): Promise<Map<string, number>> => new Map(
    (await ask(`stats?filter=${encodeURIComponent(filter)}`)).split('\n')
      .map((line) => line.split(': '))
      .filter(([, value]) => /^\d+$/.test(value ?? ''))
      .map(([name, value]) => [name, Number(value)]),
  );

  try {
    await untilUp(running, `Envoy of ${node.name} has its configuration`, async () => {
      const seen = await stats('^(listener_manager\\.[a-z_.]+|cluster_manager\\.warming_clusters)$');
      const of = (name: string) => seen.get(`listener_manager.${name}`) ?? 0;
      const isAnswered = of('lds.update_success') + of('lds.update_rejected') > 0;
      const isWarm = of('total_listeners_warming') === 0 && seen.get('cluster_manager.warming_clusters') === 0;
      // A listener exists before the one worker thread listens on it.
      const isListening = of('workers_started') === 1 && of('listener_create_success') >= of('total_listeners_active');
      return isAnswered && isWarm && isListening ? true : undefined;
    });
  } catch (error) {
    await running.stop();
    throw error;
  }

  const accessLog = path.join(directory, 'access.log');
  return {
    port: (number) => {
      const port = ports.get(number);
      if (port === undefined) {
        throw new Error(`${node.name} has no port ${number}, only ${[...ports.keys()].join(', ')}`);
      }
      return port;
    },
    accessLine: (id) => until(`the access log speaks of ${id}`, () => fs.readFileSync(accessLog, 'utf8').split('\n')
      .filter((line) => line.includes(id))
      .map((line) => JSON.parse(line) as AccessLine)[0], 3).catch(() => undefined),
    accessLines: () => new Map((fs.existsSync(accessLog) ? fs.readFileSync(accessLog, 'utf8') : '').split('\n').filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as AccessLine).map((line) => [line.id, line])),
    routes: async () => {
      const dump = await ask('config_dump?resource=dynamic_route_configs');
      // Envoy's answer is a sentence if it has none.
      const { configs = [] } = dump.startsWith('{') ? JSON.parse(dump) as { configs?: any[] } : {};
      return new Map(configs.map(({ route_config }) => [route_config.name as string, route_config]));
    },
    settled: async () => {
      await until('all requests are answered', async () => {
        const active = await stats('^cluster\\.outbound.*upstream_rq_(active|pending_active)$');
        return [...active.values()].every((value) => value === 0) ? true : undefined;
      }, 60);
    },
    rejected: async () => {
      const [dump, counters] = await Promise.all([ask('config_dump'), stats('\\.update_rejected$')]);
      return [...errorStates(JSON.parse(dump)), ...rejectedUpdates(counters, running.output())];
    },
    clusters: async () => {
      const { configs } = JSON.parse(await ask('config_dump?resource=dynamic_active_clusters')) as { configs: any[] };
      return new Map(configs.map(({ cluster }) => [cluster.name as string, cluster]));
    },
    listeners: async () => {
      const { configs } = JSON.parse(await ask('config_dump?resource=dynamic_listeners')) as { configs: any[] };
      return configs.map(({ active_state }) => active_state.listener);
    },
    stop: () => running.stop(),
  };
}
