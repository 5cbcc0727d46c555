import { RouteSpec } from './routes';
import { GATEWAY_PORTS, NAMESPACES } from './values';

/** Ports of gateways that are changed so that no two apps have the same one. */
const FIRST_PORT = 34_000;

/**
 * Keeps apps apart that share one call of istioctl, or one istiod and its Envoys: each has namespaces, hosts and ports of
 * gateways of its own. What is no usual name stays as it is, so that a wrong value stays wrong.
 */
export class Slot {
  /** @param index Number of the app in its batch; the first one keeps the usual ports. */
  public constructor(private readonly index: number) {}

  /** Namespaces of the charts. */
  public get charts(): string[] {
    return NAMESPACES.map((name) => this.namespace(name));
  }

  /** A namespace. */
  public namespace(name: string): string {
    return ([...NAMESPACES, 'mesh-root'] as readonly string[]).includes(name) ? `${name}-${this.index}` : name;
  }

  /** A text with hosts in it. */
  public text(value: string): string {
    return value.replace(/app\.test/g, `x${this.index}.test`)
      .replace(/\.(models|other)\.svc\b/g, (_all, name: string) => `.${this.namespace(name)}.svc`)
      .replace(/^(configmap:\/\/)(models|other)\//, (_all, scheme: string, name: string) => `${scheme}${this.namespace(name)}/`);
  }

  /** A host as a Gateway lists it. */
  public gatewayHost(value: string): string {
    const slash = value.indexOf('/');
    return slash < 0 || value.includes('//') ? this.text(value) : `${this.namespace(value.slice(0, slash))}/${this.text(value.slice(slash + 1))}`;
  }

  /** A port of a gateway. */
  public port(usual: number): number {
    const position = (GATEWAY_PORTS as readonly number[]).indexOf(usual);
    return position < 0 || this.index === 0 ? usual : FIRST_PORT + this.index * GATEWAY_PORTS.length + position;
  }

  /** The hosts that a route is given. */
  public hostsOf(route: RouteSpec, serviceHost: (backend: number) => string): string[] | undefined {
    const hosts = route.hosts?.map((host) => this.text(host));
    return route.meshHost && route.arms.length > 0 ? [...hosts ?? [], serviceHost(route.arms[0].backend)] : hosts;
  }
}
