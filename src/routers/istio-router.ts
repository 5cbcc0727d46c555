import { Construct } from 'constructs';
import { EndpointVirtualService } from './endpoint-virtual-service';
import { httpRules } from './istio-http';
import { MeshRoutes } from './mesh-routes';
import { unsupportedMirror, remedyForMirror } from './mirror-support';
import { RoutedBackends } from '../istio/destination-rule/routed-backends';
import { requireSubset } from '../istio/destination-rule/shared-destination-rules';
import { JwtClaimRoutes } from '../istio/virtual-service/jwt-claim-routes';
import { RoutedEndpoints } from '../istio/virtual-service/routed-endpoints';
import { RouteEngine } from '../plan/backend';
import { asObjectName, checkCalledHost, checkHost, checkObjectName } from '../plan/checks/checks';
import { invalid } from '../plan/checks/errors';
import { EndpointPlan, Plan } from '../plan/plan';
import { ResolvedEndpoint, resolveEndpoint } from '../plan/resolve';
import { IRouter } from '../plan/router';

/**
 * Programs Istio: a VirtualService for each endpoint behind gateways, a shared one for each host inside the mesh, and the
 * DestinationRules that their subsets need. For Seldon's operator, a SeldonDeployment that is routed so has one predictor that answers:
 * set neither `traffic` nor `shadow` there.
 *
 * It refuses to mirror to a backend that a header selects, such as a model of Seldon Core 2: an Istio mirror cannot set headers, so the
 * mirrored request would reach the primary again.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class IstioRouter implements IRouter {
  /** Istio. */
  public readonly engine: RouteEngine = RouteEngine.MESH;

  /**
   * Writes the Istio objects of a plan.
   *
   * @param scope The construct that the objects belong to.
   * @param plan The plan.
   * @throws an error if the plan is inconsistent or Istio cannot do it; the text contains the remedy.
   */
  public route(scope: Construct, plan: Plan): void {
    this._route(scope, plan, 'Resource');
  }

  /**
   * Like `route`, for another router that has the construct's main object.
   *
   * @internal
   */
  public _route(scope: Construct, plan: Plan, mainId: string): void {
    plan.endpoints.forEach((endpointPlan, i) => this.routeEndpoint(scope, plan, endpointPlan, mainId, i));
  }

  private routeEndpoint(scope: Construct, plan: Plan, endpointPlan: EndpointPlan, mainId: string, index: number): void {
    const resolved = resolveEndpoint(scope, endpointPlan, this.engine);
    checkMirrors(scope, resolved);
    const rules = httpRules(resolved);
    const { hosts, gateways } = endpointPlan.endpoint;
    checkHosts(scope, endpointPlan);
    if (gateways.length === 0) {
      for (const host of hosts) MeshRoutes.add(scope, plan, resolved, host, rules);
    } else {
      new EndpointVirtualService(scope, index === 0 ? mainId : endpointPlan.endpoint.name, {
        namespace: plan.namespace,
        metadata: { ...plan.metadata, name: objectName(scope, plan, endpointPlan, index) },
        hosts,
        gateways: [...new Set(gateways)],
        http: rules,
      });
    }
    record(scope, plan, resolved);
  }
}

/** Records what later checks compare. */
function record(scope: Construct, plan: Plan, resolved: ResolvedEndpoint): void {
  JwtClaimRoutes.add(scope, resolved);
  RoutedEndpoints.of(scope).add(scope, plan, resolved);
  for (const { target } of [...resolved.shared, ...resolved.matched, ...resolved.mirrors]) {
    requireSubset(scope, target);
    RoutedBackends.of(scope).add(scope, target, resolved);
  }
}

/** The main endpoint's object has the rollout's name; the others combine both names, unless theirs starts with the rollout's. */
function objectName(scope: Construct, plan: Plan, { endpoint }: EndpointPlan, index: number): string {
  if (index === 0) return plan.name;
  const own = asObjectName(endpoint.name);
  const name = own.startsWith(`${plan.name}-`) ? own : `${plan.name}-${own}`;
  checkObjectName(scope, 'name of the VirtualService of a second endpoint', name);
  return name;
}

function checkHosts(scope: Construct, { endpoint }: EndpointPlan): void {
  if (endpoint.hosts.length === 0) {
    throw invalid(scope, `endpoint "${endpoint.name}" has no hosts`, 'name at least one, and a gateway with a server for HTTP requests if it has gateways');
  }
  for (const host of endpoint.hosts) {
    checkHost(scope, 'host', host);
    if (endpoint.gateways.length > 0) checkCalledHost(scope, host);
    if (endpoint.gateways.length > 0 && host !== '*' && !/[.:]/.test(host)) {
      throw invalid(scope, `host "${host}" behind a gateway`, 'Istio resolves a name without dots to a Service of the namespace, so no caller would match. Give the full name');
    }
  }
}

function checkMirrors(scope: Construct, endpoint: ResolvedEndpoint): void {
  const target = unsupportedMirror(endpoint);
  if (target === undefined) return;
  throw invalid(scope, `Istio cannot mirror to ${target.description}, which is selected by header ${Object.keys(target.requestHeaders!).join(', ')}`,
    `a mirrored request has the headers of the primary and would reach it again. ${remedyForMirror(endpoint, target)}`);
}
