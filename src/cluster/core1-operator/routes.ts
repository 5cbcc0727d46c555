import { ANNOTATION, annotationOf, hostsIn } from './annotations';
import { WrittenDeployment } from './manifest';
import { disabledHost, explainerPrefix, ingressPrefix } from './names';

/** The routes of Seldon's operator for a SeldonDeployment, where it creates Istio objects. @internal */
export interface OperatorRoutes {
  /** The deployment, as messages name it. */
  readonly description: string;
  /** The host to which its routes can be moved. */
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
 * Whether a manifest has the form that the API server requires, as far as its routes depend on it. Others never get routes.
 *
 * @internal
 */
export function hasRoutes({ metadata, spec }: WrittenDeployment): boolean {
  const annotations = [...Object.values(metadata.annotations ?? {}), ...Object.values(spec?.annotations ?? {})];
  const predictors: unknown = spec?.predictors ?? [];
  return annotations.every((value: unknown) => typeof value === 'string' || value === null)
    && Array.isArray(predictors) && predictors.every((predictor) => typeof predictor === 'object' && predictor !== null);
}

/**
 * The routes of the operator for a SeldonDeployment.
 *
 * @internal
 */
export function operatorRoutesOf(manifest: WrittenDeployment, description: string): OperatorRoutes {
  const { metadata, spec } = manifest;
  const { name } = metadata;
  // Fields written by hand may be null, too.
  const namespace = metadata.namespace ?? 'default';
  const explained = (spec?.predictors ?? []).filter(({ explainer }) => explainer?.type);
  return {
    description,
    disabledHost: disabledHost(name),
    inMesh: annotationOf(manifest, ANNOTATION.istioGateway) === 'mesh',
    hosts: hostsIn(annotationOf(manifest, ANNOTATION.istioHost)).map((host) => host.toLowerCase()),
    prefixes: [ingressPrefix(name, namespace), ...explained.map((predictor) => explainerPrefix(name, namespace, predictor.name))],
    calls: { seldon: name, namespace },
  };
}
