import { IConstruct } from 'constructs';
import { Mesh } from '../mesh/mesh';
import { invalid, show } from '../plan/errors';

/** What one Gateway does with a port of its pods. */
interface Door {
  /** The Gateway. */
  readonly gateway: IConstruct;
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

  /** Adds a server, unless one of another Gateway keeps it from working. */
  public add(selector: { readonly [label: string]: string }, port: number, bind: string | undefined, door: Door, hosts: readonly string[]): void {
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
