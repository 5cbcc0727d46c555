import { md5 } from './md5';

/** Longest name of a Service, and of a label's value. */
const MAX_NAME = 63;

/** What the operator calls a name that is too long. */
function shorten(name: string): string {
  return name.length <= MAX_NAME ? name : `seldon-${md5(name)}`;
}

/**
 * Name of the operator's VirtualService for a SeldonDeployment, and value of the label `seldon-deployment-id` on its pods.
 *
 * @internal
 */
export function deploymentId(deployment: string): string {
  return shorten(deployment);
}

/**
 * Name of the Service of a predictor, and of the operator's DestinationRule for it.
 *
 * @internal
 */
export function predictorService(deployment: string, predictor: string): string {
  return shorten(`${deployment}-${predictor}`);
}

/**
 * Name of the Service of one container of a predictor.
 *
 * @internal
 */
export function containerService(deployment: string, predictor: string, container: string): string {
  return shorten(`${deployment}-${predictor}-${container}`);
}

/**
 * Name of the Service and the Deployment of an explainer.
 *
 * @internal
 */
export function explainerService(deployment: string, predictor: string): string {
  return shorten(`${deployment}-${predictor}-explainer`);
}

/**
 * Name of the operator's VirtualService for an explainer. Unlike other names it is cut, not hashed.
 *
 * @internal
 */
export function explainerVirtualService(service: string): string {
  const name = `${service}-http`;
  return name.length <= MAX_NAME ? name : name.slice(0, MAX_NAME).replace(/-$/, '');
}

/**
 * Name of the Deployment of an orchestrator with pods of its own.
 *
 * @internal
 */
export function orchestratorDeployment(deployment: string, predictor: string): string {
  return shorten(`${deployment}-${predictor}-svc-orch`);
}

/**
 * Name of the Deployment of one component of a predictor.
 *
 * @param component Name in the component's metadata, else the names of its containers with hyphens between.
 * @internal
 */
export function componentDeployment(deployment: string, predictor: string, index: number, component: string): string {
  return shorten(`${deployment}-${predictor}-${index}-${component}`);
}

/**
 * Where the operator's VirtualService takes REST requests for a SeldonDeployment.
 *
 * @internal
 */
export function ingressPrefix(deployment: string, namespace: string): string {
  return `/seldon/${namespace}/${deployment}/`;
}

/**
 * Where the operator's VirtualService takes REST requests for an explainer.
 *
 * @internal
 */
export function explainerPrefix(deployment: string, namespace: string, predictor: string): string {
  return `/seldon/${namespace}/${deployment}-explainer/${predictor}/`;
}

/**
 * A host that no caller asks for, to which the operator's routes for a SeldonDeployment can be parked.
 *
 * @internal
 */
export function disabledHost(deployment: string): string {
  return `${deploymentId(deployment)}.operator.invalid`;
}

/**
 * The operator's expression for the paths of gRPC calls.
 *
 * @internal
 */
export const GRPC_METHODS = '.*tensorflow.*|.*seldon.protos.*|.*inference.*';
