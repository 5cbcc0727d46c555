import { IConstruct } from 'constructs';
import { objectsOf } from '../mesh/objects';

/** The fields of a written Gateway that matter for policies. @internal */
export interface WrittenGateway {
  /** Its construct. */
  readonly at: IConstruct;
  /** Labels of its pods. */
  readonly selector: { readonly [label: string]: string };
  /** Its servers. */
  readonly servers: readonly WrittenServer[];
}

/** A server of a Gateway. @internal */
export interface WrittenServer {
  /** Its port. */
  readonly port: { readonly number: number; readonly protocol: string; readonly targetPort?: number };
  /** Its TLS settings. */
  readonly tls?: { readonly mode?: string };
}

/**
 * The Gateways below a scope that belong to its mesh, whichever construct writes them, with their patches.
 *
 * @internal
 */
export function writtenGateways(scope: IConstruct): WrittenGateway[] {
  return objectsOf(scope, 'networking.istio.io', 'Gateway').map((at) => {
    const { selector = {}, servers = [] } = (at.toJson() as { readonly spec?: Partial<WrittenGateway> }).spec ?? {};
    return { at, selector, servers };
  });
}
