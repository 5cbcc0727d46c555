import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Mesh } from '../mesh/mesh';

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
  const mesh = Mesh.of(scope);
  const found: WrittenGateway[] = [];
  const visit = (construct: IConstruct): void => {
    if (ApiObject.isApiObject(construct) && construct.kind === 'Gateway' && construct.apiGroup === 'networking.istio.io' && Mesh.of(construct) === mesh) {
      const { selector = {}, servers = [] } = (construct.toJson() as { readonly spec?: Partial<WrittenGateway> }).spec ?? {};
      found.push({ at: construct, selector, servers });
    }
    for (const child of construct.node.children) visit(child);
  };
  visit(scope);
  return found;
}
