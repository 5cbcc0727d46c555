import { IConstruct } from 'constructs';
import { objectsOf } from '../mesh/objects';

/** A Gateway as it is written, as far as policies are concerned. @internal */
export interface WrittenGateway {
  /** Its construct. */
  readonly at: IConstruct;
  /** Labels of its pods. */
  readonly selector: { readonly [label: string]: string };
  /** Its servers. */
  readonly servers: readonly WrittenServer[];
}

/** A server of it. @internal */
export interface WrittenServer {
  /** Where it listens. */
  readonly port: { readonly number: number; readonly protocol: string; readonly targetPort?: number };
  /** How it ends TLS. */
  readonly tls?: { readonly mode?: string };
}

/**
 * The Gateways that are written below a scope for its mesh, by whatever construct, with their patches.
 *
 * @internal
 */
export function writtenGateways(scope: IConstruct): WrittenGateway[] {
  return objectsOf(scope, 'networking.istio.io', 'Gateway').map((at) => {
    const { selector = {}, servers = [] } = (at.toJson() as { readonly spec?: Partial<WrittenGateway> }).spec ?? {};
    return { at, selector, servers };
  });
}
