import { md5 } from './md5';

/** Longest name of a Service, and of a label's value. */
const MAX_NAME = 63;

/** The operator hashes names that are too long. */
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
 * Name of the operator's VirtualService for an explainer. Unlike other names, it is truncated instead of hashed.
 *
 * @internal
 */
export function explainerVirtualService(service: string): string {
  const name = `${service}-http`;
  return name.length <= MAX_NAME ? name : name.slice(0, MAX_NAME).replace(/-$/, '');
}

/**
 * Name of the Deployment of a separate orchestrator.
 *
 * @internal
 */
export function orchestratorDeployment(deployment: string, predictor: string): string {
  return shorten(`${deployment}-${predictor}-svc-orch`);
}

/**
 * Name of the Deployment of one component of a predictor.
 *
 * @param component Name in the component's metadata, or else the names of its containers, joined by hyphens.
 * @internal
 */
export function componentDeployment(deployment: string, predictor: string, index: number, component: string): string {
  return shorten(`${deployment}-${predictor}-${index}-${component}`);
}

/**
 * Prefix of the REST requests that the operator's VirtualService matches for a SeldonDeployment.
 *
 * @internal
 */
export function ingressPrefix(deployment: string, namespace: string): string {
  return `/seldon/${namespace}/${deployment}/`;
}

/**
 * Prefix of the REST requests that the operator's VirtualService matches for an explainer.
 *
 * @internal
 */
export function explainerPrefix(deployment: string, namespace: string, predictor: string): string {
  return `/seldon/${namespace}/${deployment}-explainer/${predictor}/`;
}

/**
 * A host that is never requested, to which the operator's routes for a SeldonDeployment can be moved.
 *
 * @internal
 */
export function disabledHost(deployment: string): string {
  return `${deploymentId(deployment)}.operator.invalid`;
}

/**
 * The operator's regular expression for the paths of gRPC calls.
 *
 * @internal
 */
export const GRPC_METHODS = '.*tensorflow.*|.*seldon.protos.*|.*inference.*';
