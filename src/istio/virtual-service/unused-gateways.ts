import { IConstruct } from 'constructs';
import { ANNOTATION } from '../../cluster/core1-operator/annotations';
import { Mesh } from '../../mesh/mesh';
import { objectsOf } from '../../mesh/objects';
import { Warnings } from '../../mesh/warnings';
import { pathOf } from '../../plan/checks/errors';
import { objectKey } from '../../plan/object-key';
import { GatewayRegistry } from '../gateway/gateway-registry';

/** The parts of a manifest that refer to gateways. */
interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string; readonly annotations?: { readonly [name: string]: string } };
  readonly spec?: {
    readonly gateways?: readonly string[];
    readonly http?: readonly { readonly match?: readonly { readonly gateways?: readonly string[] }[] }[];
    readonly annotations?: { readonly [name: string]: string };
  };
}

/** Maximum number of endpoints that a message lists. */
const LISTED = 3;

/**
 * The endpoints of a mesh for which gateways are not specified. A Gateway of the app that serves no endpoint was probably intended for
 * them.
 *
 * @internal
 */
export class UnusedGateways {
  public static of(construct: IConstruct): UnusedGateways {
    return Mesh.of(construct)._part('unused-gateways', (scope) => new UnusedGateways(scope));
  }

  private readonly endpoints: { readonly at: IConstruct; readonly name: string }[] = [];

  private constructor(private readonly scope: IConstruct) {
    Warnings._later(scope, () => this.warn());
  }

  public addEndpoint(at: IConstruct, name: string): void {
    this.endpoints.push({ at, name });
  }

  private warn(): void {
    const idle = GatewayRegistry.of(this.scope).unnamed();
    if (idle.length === 0) return;
    // Objects that other constructs write may refer to them, too.
    const used = namedGateways(manifestsOf(this.scope));
    const list = this.endpoints.slice(0, LISTED).map(({ at, name }) => `"${name}" (${pathOf(at)})`).join(', ');
    const more = this.endpoints.length > LISTED ? ` and ${this.endpoints.length - LISTED} more` : '';
    for (const { at, name, namespace } of idle) {
      if (used.has(objectKey(namespace, name))) continue;
      Warnings._add(at, `no endpoint is behind Gateway ${pathOf(at)}, and no gateways are specified for ${list}${more}`,
        'callers outside the mesh cannot reach them. Set gateways: [gateway], or gateways: [] if they are only for callers inside the mesh');
    }
  }
}

/**
 * The gateways that VirtualServices and SeldonDeployments refer to, with their namespaces.
 *
 * @internal
 */
export function namedGateways(manifests: readonly Manifest[]): Set<string> {
  const names = new Set<string>();
  for (const { kind, metadata, spec } of manifests) {
    const matches = (spec?.http ?? []).flatMap(({ match = [] }) => match);
    const own = kind === 'SeldonDeployment'
      ? [metadata?.annotations?.[ANNOTATION.istioGateway], spec?.annotations?.[ANNOTATION.istioGateway]]
      : [...spec?.gateways ?? [], ...matches.flatMap(({ gateways = [] }) => gateways)];
    for (const name of own) if (name !== undefined) names.add(name.includes('/') ? name : objectKey(metadata?.namespace, name));
  }
  return names;
}

function manifestsOf(scope: IConstruct): Manifest[] {
  return [...objectsOf(scope, 'networking.istio.io', 'VirtualService'), ...objectsOf(scope, 'machinelearning.seldon.io', 'SeldonDeployment')]
    .map((object) => object.toJson() as Manifest);
}
