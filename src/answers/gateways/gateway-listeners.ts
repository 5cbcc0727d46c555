import { boundGateways, GatewayHost, gatewayHosts, hostsOfUnknownGateway } from './gateway-hosts';
import { GatewayPods, gatewayPodGroups } from './gateway-pods';
import { MergedServers, mergeServers } from './merged-servers';
import { routedServerNames } from './opaque-routes';
import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { computeIfAbsent } from '../../plan/groups';
import { HostTable } from '../routes/host-table';

/**
 * A port of gateway pods.
 *
 * @internal
 */
export class GatewayListener {
  private readonly tables = new Map<GatewayServer | 'plain', HostTable<GatewayHost>>();
  private ownNames?: HostTable<GatewayServer>;
  private ownServed?: HostTable<GatewayServer>;

  constructor(private readonly cluster: Cluster, public readonly pods: GatewayPods, public readonly servers: MergedServers) {}

  /** The virtual hosts of the servers without TLS. */
  public get plainHosts(): HostTable<GatewayHost> {
    return computeIfAbsent(this.tables, 'plain', () => gatewayHosts(this.cluster, this.pods, this.servers.plain));
  }

  /** The virtual hosts of a server with TLS. */
  public hostsOf(server: GatewayServer): HostTable<GatewayHost> {
    return computeIfAbsent(this.tables, server, () => gatewayHosts(this.cluster, this.pods, [server]));
  }

  /** The server names that rules for TLS tell apart, if a server forwards connections by them. */
  public get routedServerNames(): ReadonlySet<string> {
    return this.servers.tls.some(({ http }) => !http) ? this.cluster.derived(routedServerNames) : new Set();
  }

  /** The server for the server name of a TLS handshake. Only one for all hosts accepts handshakes without a name. */
  public serverFor(serverName: string | undefined): GatewayServer | undefined {
    this.ownNames ??= new HostTable(byHost(this.servers.tls));
    return this.ownNames.find(serverName?.toLowerCase() ?? '');
  }

  /** Whether some server of the listener has a host. */
  public serves(host: string): boolean {
    this.ownServed ??= new HostTable(byHost([...this.servers.plain, ...this.servers.tls]));
    return this.ownServed.find(host) !== undefined;
  }
}

function byHost(servers: readonly GatewayServer[]): ReadonlyMap<string, GatewayServer> {
  return new Map(servers.flatMap((server) => server.hosts.map(({ host }) => [host.toLowerCase(), server] as const)));
}

/**
 * The ports of all gateways of a cluster.
 *
 * @internal
 */
export class GatewayListeners {
  private readonly byPort = new Map<number, GatewayListener[]>();
  private readonly unknown = new Map<string, HostTable<GatewayHost>>();
  /** The Gateways that VirtualServices name and that are not among the objects, as `namespace/name`. */
  public readonly missing: readonly string[];

  constructor(private readonly cluster: Cluster) {
    const groups = gatewayPodGroups(cluster);
    for (const pods of groups) {
      for (const servers of mergeServers(pods).values()) {
        computeIfAbsent(this.byPort, servers.port, () => []).push(new GatewayListener(cluster, pods, servers));
      }
    }
    const known = new Set(groups.flatMap(({ gateways }) => gateways.map(({ object }) => `${object.namespace}/${object.name}`)));
    this.missing = [...boundGateways(cluster)].filter((key) => !known.has(key));
  }

  /** The listeners on a port, one for each kind of pods. */
  public onPort(port: number): readonly GatewayListener[] {
    return this.byPort.get(port) ?? [];
  }

  /** All listeners. */
  public all(): readonly GatewayListener[] {
    return [...this.byPort.values()].flat();
  }

  /** All ports on which gateways listen. */
  public ports(): readonly number[] {
    return [...this.byPort.keys()].sort((a, b) => a - b);
  }

  /** The virtual hosts of a Gateway that is not among the objects. */
  public hostsOfMissing(gateway: string, port: number, tls: boolean): HostTable<GatewayHost> {
    return computeIfAbsent(this.unknown, `${gateway} ${port} ${tls}`, () => hostsOfUnknownGateway(this.cluster, gateway, port, tls));
  }
}
