import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { objectsOf } from '../../mesh/objects';
import { Warnings } from '../../mesh/warnings';
import { IGateway } from '../../plan/gateway-ref';
import { isClaimKey } from '../../plan/jwt-claims';
import { ResolvedEndpoint } from '../../plan/resolve';

type Labels = { readonly [label: string]: string };

/** A route that selects callers by a claim. @internal */
export interface JwtClaimRoute {
  /** The construct that creates it. */
  readonly at: IConstruct;
  /** Name of the endpoint. */
  readonly endpoint: string;
  /** Key of the claim. */
  readonly key: string;
  /** Name of the gateway. */
  readonly gateway: string;
  /** Labels of the gateway's pods. */
  readonly pods: Labels;
}

/** The pods whose tokens a RequestAuthentication verifies. @internal */
export interface VerifiedPods {
  /** Labels of the pods; empty for all pods. */
  readonly selector: Labels;
  /** Whether it has a targetRef instead, from which the pods are not known. */
  readonly byReference: boolean;
}

/** Finds routes by a claim that no RequestAuthentication verifies, so that no request matches them. @internal */
export function findUnverified(routes: readonly JwtClaimRoute[], verified: readonly VerifiedPods[]): JwtClaimRoute[] {
  if (verified.some(({ byReference }) => byReference)) return [];
  const covers = (pods: Labels) => verified.some(({ selector }) => Object.entries(selector).every(([label, value]) => pods[label] === value));
  return routes.filter(({ pods }) => !covers(pods));
}

/**
 * Routes of a mesh that select callers by the claims of their tokens.
 *
 * @internal
 */
export class JwtClaimRoutes {
  /** Adds those of an endpoint. */
  public static add(at: IConstruct, { plan: { endpoint }, matched }: ResolvedEndpoint): void {
    const matches = matched.flatMap(({ arm }) => arm.matches!);
    const keys = matches.flatMap(({ headers, withoutHeaders }) => Object.keys({ ...headers, ...withoutHeaders })).filter(isClaimKey);
    if (keys.length === 0) return;
    const { routes } = Mesh.of(at)._part('claim-routes', (scope) => new JwtClaimRoutes(scope));
    for (const key of new Set(keys)) routes.push(...endpoint.gateways.flatMap((gateway) => routesAt(gateway, { at, endpoint: endpoint.name, key })));
  }

  private readonly routes: JwtClaimRoute[] = [];

  private constructor(private readonly scope: IConstruct) {
    Warnings._later(scope, () => this.warn());
  }

  private warn(): void {
    for (const { at, endpoint, key, gateway } of findUnverified(this.routes, authenticationsOf(this.scope))) {
      Warnings._add(at, `endpoint "${endpoint}" selects callers by ${key}, but this app has no RequestAuthentication for the pods of gateway ${gateway}`,
        'without one, no request matches. Add one with the selector of the gateway, unless another app has it');
    }
  }
}

function routesAt(gateway: IGateway, route: Pick<JwtClaimRoute, 'at' | 'endpoint' | 'key'>): JwtClaimRoute[] {
  const { gatewayName, gatewaySelector } = gateway;
  return gatewaySelector === undefined ? [] : [{ ...route, gateway: gatewayName, pods: gatewaySelector }];
}

/** The targets of a RequestAuthentication. */
interface AuthenticationSpec {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly targetRef?: object;
  readonly targetRefs?: object[];
}

/** The RequestAuthentications of a mesh, whichever construct creates them. */
function authenticationsOf(scope: IConstruct): VerifiedPods[] {
  return objectsOf(scope, 'security.istio.io', 'RequestAuthentication').map((object) => {
    const { spec = {} } = object.toJson() as { readonly spec?: AuthenticationSpec };
    return { selector: spec.selector?.matchLabels ?? {}, byReference: spec.targetRef !== undefined || spec.targetRefs !== undefined };
  });
}
