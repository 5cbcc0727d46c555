import { hostsFor } from './gateway-host';
import { gatewayKey } from './gateway-reference';
import { GatewayListener, IGateway } from '../../plan/gateway-ref';
import { hostIntersection } from '../../plan/hosts';
import { podsKey, PodSelectors } from '../../plan/pod-selectors';

/**
 * A host on a listener.
 *
 * @internal
 */
export interface HostListener {
  /** Key of the listener: a port of selected pods, or a server of a Gateway. */
  readonly listener: string;
  /** The host pattern. */
  readonly host: string;
}

/**
 * The listeners of the gateways that an app refers to. What is known from one reference to a Gateway applies to all.
 *
 * @internal
 */
export class HostListeners {
  private readonly known = new Map<string, IGateway>();
  private readonly selectors = new PodSelectors();

  constructor(gateways: Iterable<IGateway>) {
    for (const gateway of gateways) {
      if (gateway.gatewayListeners !== undefined) this.known.set(gatewayKey(gateway), gateway);
    }
    for (const { gatewaySelector } of this.known.values()) {
      if (gatewaySelector !== undefined) this.selectors.add(gatewaySelector);
    }
  }

  /** The listeners that serve some hosts. Gateways of the same pods share the routes of a plain port, even when different charts create them. */
  public of(reference: IGateway, hosts: readonly string[], namespace: string | undefined): HostListener[] {
    const gateway = this.known.get(gatewayKey(reference));
    if (gateway === undefined) return hosts.map((host) => ({ listener: gatewayKey(reference), host }));
    const listeners = new Map<string, HostListener>();
    for (const each of gateway.gatewayListeners!) {
      for (const pods of this.podsOf(gateway, each)) {
        const listener = `${pods}:${each.port}`;
        for (const served of servedHosts(gateway, each, namespace)) {
          for (const asked of hosts) {
            const host = hostIntersection(served.toLowerCase(), asked);
            if (host !== undefined) listeners.set(`${listener}|${host}`, { listener, host });
          }
        }
      }
    }
    return [...listeners.values()];
  }

  /** Each server with TLS has its own routes. */
  private podsOf(gateway: IGateway, { tls }: GatewayListener): string[] {
    const { gatewaySelector } = gateway;
    return tls || gatewaySelector === undefined ? [gatewayKey(gateway)] : this.selectors.mostPrecise(podsKey(gatewaySelector));
  }
}

/**
 * The hosts of a listener that routes in a namespace may use, without the namespace prefixes.
 *
 * @internal
 */
export function servedHosts(gateway: IGateway, listener: GatewayListener, namespace: string | undefined): string[] {
  return hostsFor(listener.hosts, gateway.gatewayNamespace, namespace);
}
