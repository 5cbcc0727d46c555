import { IConstruct } from 'constructs';
import { findSharedCalls, findSharedRequests, LibraryRoute, SharedRoutes } from './operator-routes';
import { SeldonDeployments } from './seldon-deployments';
import { WrittenDeployment } from '../../cluster/core1-operator/manifest';
import { hasRoutes, OperatorRoutes, operatorRoutesOf } from '../../cluster/core1-operator/routes';
import { RoutedEndpoints } from '../../istio/virtual-service/routed-endpoints';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { objectsOf } from '../../mesh/objects';
import { Warnings } from '../../mesh/warnings';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/** A route of this library, and the construct that it belongs to. */
interface Route extends LibraryRoute {
  readonly at: IConstruct;
}

const WARNED = Symbol.for('cdk8s-seldon-istio.operator-istio.warned');

/** A root that has the warning about the setting already. */
interface Marked extends IConstruct {
  [WARNED]?: true;
}

/**
 * Finds requests that both this library and Seldon's operator route, where the mesh specifies that the operator creates Istio objects.
 *
 * @internal
 */
export class OperatorIstio {
  /** The instance of a construct's mesh. */
  public static of(construct: IConstruct): OperatorIstio {
    const mesh = Mesh.of(construct);
    return mesh._part('operator-istio', (scope) => new OperatorIstio(scope, mesh));
  }

  private constructor(private readonly scope: IConstruct, private readonly mesh: Mesh) {
    reportFindings(scope, () => this.validate());
  }

  /**
   * Checks a route of this library to a deployment whose operator routes are not disabled.
   *
   * @param by The construct that routes.
   * @param deployment The deployment, as messages name it.
   * @param remedy How its operator routes are disabled.
   * @throws an error when the operator creates Istio objects.
   */
  public checkRoute(by: IConstruct, deployment: string, remedy: string): void {
    if (this.mesh.operatorIstio === true) {
      throw invalid(by, `${deployment} is routed by this library and by Seldon's operator, since Mesh.configure sets operatorIstio: true`, remedy);
    }
    if (this.mesh.operatorIstio === undefined) this.warn(`routes of this library lead to ${deployment} (first from ${pathOf(by)})`);
  }

  private validate(): Finding[] {
    if (this.mesh.operatorIstio === false) return [];
    const deployments = this.deployments();
    if (deployments.length === 0) return [];
    const routes = this.routes();
    const shared: Shared[] = [
      ...findSharedRequests(routes, deployments).map(({ prefixes, ...both }) => ({ ...both, requests: `the requests below ${listOf(prefixes)}` })),
      ...findSharedCalls(routes, deployments).map((both) => ({ ...both, requests: `the gRPC calls with headers ${headersOf(both.operator)}` })),
    ];
    if (this.mesh.operatorIstio === true) return shared.map((each) => ({ at: each.route.at, text: collision(each) }));
    if (shared.length > 0) this.warn(`${shared[0].route.description} has ${shared[0].requests}, which are those of ${shared[0].operator.description}`);
    return [];
  }

  private routes(): Route[] {
    const { endpoints, virtualServices } = RoutedEndpoints.of(this.scope);
    return [
      ...endpoints.map(({ at, description, routesGrpc, endpoint: { endpoint: { hosts, gateways, paths, grpc } } }) =>
        ({ at, description, hosts, paths, inMesh: gateways.length === 0, calls: routesGrpc ? grpc.headerSets : [] })),
      ...virtualServices.map(({ gateways, ...written }) => ({ ...written, inMesh: gateways.length === 0, calls: [] })),
    ];
  }

  /** SeldonDeployments whose routes have no known owner, whichever tool writes them. */
  private deployments(): OperatorRoutes[] {
    const registry = SeldonDeployments.of(this.scope);
    return objectsOf(this.scope, 'machinelearning.seldon.io', 'SeldonDeployment')
      .filter(({ name, metadata: { namespace } }) => registry.find(namespace, name)?._isRouted !== true)
      .flatMap((object) => {
        const { name, metadata: { namespace = 'default' } } = object;
        const manifest = object.toJson() as WrittenDeployment;
        return hasRoutes(manifest) ? [operatorRoutesOf(manifest, `SeldonDeployment ${namespace}/${name} (${pathOf(object)})`)] : [];
      });
  }

  /** Once in an app, since one setting resolves all cases. */
  private warn(problem: string): void {
    const root = this.scope.node.root as Marked;
    if (root[WARNED]) return;
    root[WARNED] = true;
    Warnings._add(root, `${problem}, and the app does not specify whether Seldon's operator creates Istio objects, as its setting istio.enabled does`,
      'if it does, set operatorIstio: true in Mesh.configure and disableOperatorRoutes: true on such deployments. If not, set operatorIstio: false');
  }
}

/** Requests that both sides route. */
interface Shared extends SharedRoutes<Route> {
  /** The requests, as messages name them. */
  readonly requests: string;
}

const listOf = (prefixes: readonly string[]) => prefixes.map(show).join(' and ');

function collision({ route, operator, requests }: Shared): string {
  return `${route.description} has ${requests}, which Seldon's operator routes for ${operator.description}, since Mesh.configure sets operatorIstio: true. `
    + 'Disable the operator\'s routes with disableOperatorRoutes, or, on an object written without this library, with the annotations '
    + `seldon.io/istio-gateway "mesh" and seldon.io/istio-host "${operator.disabledHost}", or give the endpoint another host or path`;
}

function headersOf({ calls }: OperatorRoutes): string {
  return Object.entries(calls).map((header) => header.join(': ')).join(' and ');
}
