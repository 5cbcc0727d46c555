import { SeldonDeploymentManifest } from './manifest';
import { orchestratorOf } from './predictors';
import { placeContainers, servedComponents } from './units';

/** Pods that a predictor's Service selects and its subset does not. @internal */
export interface UnroutedComponent {
  /** Name of the predictor. */
  readonly predictor: string;
  /** Index of the component. */
  readonly component: number;
  /** Value of its label `version`. */
  readonly version: string;
  /** The value that the subset selects. */
  readonly expected: string;
}

/**
 * Finds the components whose own label `version` excludes their pods from the subset of their predictor. Pods that the predictor's
 * Service does not select get no routed requests, so their label may have any value.
 *
 * @internal
 */
export function findUnroutedComponents(spec: SeldonDeploymentManifest['spec']): UnroutedComponent[] {
  const labelled = spec.predictors.some(({ componentSpecs = [] }) => componentSpecs.some(({ metadata }) => metadata?.labels?.version !== undefined));
  if (!labelled) return [];
  const placed = placeContainers(spec.predictors);
  return spec.predictors.flatMap((predictor, i) => {
    const { name, labels, componentSpecs = [] } = predictor;
    const expected = labels?.version ?? name;
    const served = servedComponents(placed[i], orchestratorOf(spec, predictor));
    return componentSpecs.flatMap(({ metadata }, component) => {
      const version = metadata?.labels?.version;
      const routed = version === undefined || version === expected || !served.has(component);
      return routed ? [] : [{ predictor: name, component, version, expected }];
    });
  });
}
