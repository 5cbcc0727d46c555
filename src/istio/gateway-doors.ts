import { IConstruct } from 'constructs';
import { Mesh } from '../mesh/mesh';
import { invalid, show } from '../plan/errors';
import { IGateway } from '../plan/gateway-ref';

/**
 * What one Gateway does with a port of its pods.
 *
 * @internal
 */
export interface Door {
  /** The Gateway. */
  readonly gateway: IConstruct & IGateway;
  /** Its namespace. */
  readonly namespace: string | undefined;
  /** Number of the port; 0 for a Unix socket. */
  readonly port: number;
  /** Where it listens, when that was said. */
  readonly bind: string | undefined;
  /** Hosts, each with an optional namespace before it. */
  readonly hosts: readonly string[];
  /** Whether routes see its requests. */
  readonly http: boolean;
  /** Name of the server's port. */
  readonly portName: string;
  /** Protocol as Istio writes it. */
  readonly protocol: string;
  /** Whether it sees TLS, and picks by the name that callers ask for. */
  readonly tls: boolean;
  /** Whether it takes HTTP without TLS. */
  readonly plainHttp: boolean;
  /** Whether it answers everything with a redirect to https. */
  readonly redirects: boolean;
}

/**
 * The servers of a mesh's Gateways by the pods that run them. Gateways of the same pods share their ports: where two cannot,
 * Envoy refuses the port as a whole; of two servers with TLS for one host Istio drops the later one; and a redirect of one
 * holds for the host wherever it stands.
 *
 * @internal
 */
export class GatewayDoors {
  public static of(construct: IConstruct): GatewayDoors {
    return Mesh.of(construct)._part('gateway-doors', () => new GatewayDoors());
  }

  private readonly ports = new Map<string, Door>();
  private readonly hosts = new Map<string, Door>();
  private readonly gateways = new Map<string, Door[]>();
  private readonly redirects = new Map<string, Door[]>();
  private readonly keys = new Map<Door, string>();

  /** Whether any server answers everything with a redirect. */
  public get redirect(): boolean {
    return this.redirects.size > 0;
  }

  /** The servers of a Gateway that the app makes. */
  public of(gateway: IGateway): readonly Door[] | undefined {
    return this.gateways.get(referenceOf(gateway));
  }

  /** The servers that redirect what arrives at the port of another one, on the same pods. */
  public redirectsBeside(door: Door): readonly Door[] {
    return this.redirects.get(this.keys.get(door)!) ?? [];
  }

  /** Adds a server, unless one of another Gateway keeps it from working. */
  public add(selector: { readonly [label: string]: string }, door: Door): void {
    const { port, bind, hosts } = door;
    const pods = JSON.stringify(Object.keys(selector).sort().map((label) => [label, selector[label]]));
    const key = `${pods} ${bind ?? ''} ${port}`;
    const where = bind === undefined ? `port ${port}` : `port ${port} of ${bind}`;
    const other = this.ports.get(key);
    if (other === undefined) {
      this.ports.set(key, door);
    } else if (other.gateway !== door.gateway && !(other.tls && door.tls) && !(other.plainHttp && door.plainHttp)) {
      throw invalid(door.gateway, `server ${show(door.portName)} (${door.protocol}) shares ${where} with server ${show(other.portName)} (${other.protocol}) `
        + `of ${other.gateway.node.path}, on the same pods`, 'give one of them another port or selector');
    }
    append(this.gateways, referenceOf(door.gateway), door);
    if (door.redirects) append(this.redirects, key, door);
    this.keys.set(door, key);
    for (const entry of hosts) {
      const host = entry.slice(entry.indexOf('/') + 1).toLowerCase();
      const same = this.hosts.get(`${key} ${host}`) ?? door;
      if (same.redirects !== door.redirects) {
        const [redirecting, taking] = door.redirects ? [door, same] : [same, door];
        throw invalid(door.gateway, `server ${show(redirecting.portName)} of ${redirecting.gateway.node.path} redirects host ${show(host)} on ${where}, which server `
          + `${show(taking.portName)} of ${taking.gateway.node.path} takes, on the same pods`, 'all its requests would be redirected: give one of them another host, port or selector');
      }
      if (door.tls && same.gateway !== door.gateway) {
        throw invalid(door.gateway, `server ${show(door.portName)} answers for host ${show(host)} on ${where}, as server ${show(same.portName)} `
          + `of ${same.gateway.node.path} does, on the same pods`, 'Istio would drop one of them: give one another host, port or selector, or let routes share one Gateway');
      }
      this.hosts.set(`${key} ${host}`, door);
    }
  }
}

function referenceOf({ gatewayName, gatewayNamespace }: IGateway): string {
  return `${gatewayNamespace ?? ''}/${gatewayName}`;
}

function append(lists: Map<string, Door[]>, key: string, door: Door): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [door]);
  else list.push(door);
}
