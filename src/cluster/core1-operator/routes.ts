import { ANNOTATION, annotationOf, hostsIn } from './annotations';
import { WrittenDeployment } from './manifest';
import { disabledHost, explainerPrefix, ingressPrefix } from './names';
import { asStored } from './stored';

/** What Seldon's operator routes for a SeldonDeployment, where it manages Istio. @internal */
export interface OperatorRoutes {
  /** What messages call the deployment. */
  readonly description: string;
  /** The host to which its routes can be parked. */
  readonly disabledHost: string;
  /** Whether the routes are for callers inside the mesh instead of a gateway. */
  readonly inMesh: boolean;
  /** Their hosts. */
  readonly hosts: readonly string[];
  /** Their prefixes: that of the predictors and those of explainers. */
  readonly prefixes: readonly string[];
  /** Headers of their gRPC calls. */
  readonly calls: { readonly [name: string]: string };
}

/**
 * What the operator routes for a SeldonDeployment, as its manifest says.
 *
 * @internal
 */
export function operatorRoutesOf(written: WrittenDeployment, description: string): OperatorRoutes {
  const manifest = asStored(written);
  const { metadata: { name, namespace = 'default' }, spec: { predictors = [] } = {} } = manifest;
  const explained = predictors.filter(({ explainer }) => explainer?.type);
  return {
    description,
    disabledHost: disabledHost(name),
    inMesh: annotationOf(manifest, ANNOTATION.istioGateway) === 'mesh',
    hosts: hostsIn(annotationOf(manifest, ANNOTATION.istioHost)).map((host) => host.toLowerCase()),
    prefixes: [ingressPrefix(name, namespace), ...explained.map((predictor) => explainerPrefix(name, namespace, predictor.name))],
    calls: { seldon: name, namespace },
  };
}
