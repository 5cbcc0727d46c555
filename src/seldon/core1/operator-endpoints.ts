import { OperatorIstioOptions } from './annotations';
import { core1Endpoint } from './default-endpoint';
import type { IPredictor, ISeldonDeployment } from './predictor';
import { ANNOTATION, hostsIn } from '../../cluster/core1-operator/annotations';
import { OPERATOR_GATEWAY } from '../../cluster/core1-operator/defaults';
import { RoutedEndpoints, RoutedEndpoint } from '../../istio/virtual-service/routed-endpoints';
import { EndpointDefaults, IBackend } from '../../plan/backend';
import { IGateway } from '../../plan/gateway-ref';
import { Plan } from '../../plan/plan';

type Annotations = { readonly [name: string]: string };

const ISTIO_PREFIX = 'seldon.io/istio-';

const REMEDY = 'disable the operator\'s route with disableOperatorRoutes of the deployment, instead of istio there, or use an OperatorRouter';

/**
 * The gateways and hosts of the operator's routes.
 *
 * @internal
 */
export interface OperatorIngress {
  /** The gateway; none for callers inside the mesh. */
  readonly gateways: IGateway[];
  /** Hosts of the routes. */
  readonly hosts: string[];
}

/** A SeldonDeployment of this app to which the operator routes. @internal */
export interface ServedDeployment extends ISeldonDeployment {
  /** Its predictors. */
  readonly predictors: IPredictor[];
  /** The explainers of those that have one. */
  _explainers(): IBackend[];
}

/** A route of the operator, as an endpoint. @internal */
export type OperatorEndpoint = Omit<RoutedEndpoint, 'foreign'>;

/**
 * The annotations of an object that set options for the operator's Istio objects.
 *
 * @internal
 */
export function istioAnnotationsIn(annotations: Annotations = {}): string[] {
  return Object.keys(annotations).filter((name) => name.startsWith(ISTIO_PREFIX));
}

/**
 * Records the operator's routes, which the deployment itself enables, so that other routes for their requests are found.
 *
 * @param deployment The SeldonDeployment.
 * @param annotations Annotations of the object.
 * @param istio The options that set them, if any.
 * @internal
 */
export function recordOperatorRoutes(deployment: ServedDeployment, annotations: Annotations, istio: OperatorIstioOptions | undefined): void {
  const { deploymentName: name, deploymentNamespace: namespace } = deployment;
  for (const { endpoint, description } of operatorEndpoints(deployment, annotations, istio)) {
    RoutedEndpoints.of(deployment).addExternal(deployment, { name, namespace, endpoints: [] }, endpoint, { description, remedy: REMEDY });
  }
}

/**
 * Records the operator's routes to explainers, which it writes together with the route to the predictors.
 *
 * @param deployment The SeldonDeployment.
 * @param plan The plan of the route to the predictors.
 * @param ingress The gateways and hosts of that route.
 * @internal
 */
export function recordExplainers(deployment: ServedDeployment, plan: Plan, ingress: OperatorIngress): void {
  for (const { endpoint, description } of explainerEndpoints(deployment, plan.name, ingress)) {
    RoutedEndpoints.of(deployment).addExternal(deployment, plan, endpoint, { description });
  }
}

/**
 * The operator's routes for a deployment, to its predictors and its explainers, by its annotations.
 *
 * @internal
 */
export function operatorEndpoints(deployment: ServedDeployment, annotations: Annotations, istio?: OperatorIstioOptions): OperatorEndpoint[] {
  const { deploymentName: name, deploymentNamespace: namespace } = deployment;
  // Without it the path is not known; routes reject the deployment then.
  if (namespace === undefined) return [];
  const ingress = ingressOf(annotations, istio, namespace);
  return [
    endpointOf(deployment, name, ingress, `SeldonDeployment ${namespace}/${name}`, core1Endpoint(name, namespace), deployment.predictors),
    ...explainerEndpoints(deployment, name, ingress),
  ];
}

function explainerEndpoints(deployment: ServedDeployment, name: string, ingress: OperatorIngress): OperatorEndpoint[] {
  return deployment._explainers().map((explainer) => {
    const { description, endpoint } = explainer.target(deployment);
    return endpointOf(deployment, name, ingress, description, endpoint!, [explainer]);
  });
}

function endpointOf(
  at: ServedDeployment, name: string, { gateways, hosts }: OperatorIngress,
  to: string, { paths, grpc }: EndpointDefaults, backends: readonly IBackend[],
): OperatorEndpoint {
  return {
    at,
    description: `the operator's route for ${to}`,
    routesGrpc: true,
    endpoint: { endpoint: { name, gateways, hosts, paths, grpc }, arms: backends.map((backend) => ({ backend })) },
  };
}

function ingressOf(annotations: Annotations, istio: OperatorIstioOptions | undefined, namespace: string): OperatorIngress {
  const value = annotations[ANNOTATION.istioGateway] ?? OPERATOR_GATEWAY;
  const hosts = hostsIn(annotations[ANNOTATION.istioHost]);
  if (value === 'mesh') return { gateways: [], hosts };
  const slash = value.indexOf('/');
  const gateway = { gatewayName: value.slice(slash + 1), gatewayNamespace: slash < 0 ? namespace : value.slice(0, slash) };
  return { gateways: [istio?.gateway ?? gateway], hosts };
}
