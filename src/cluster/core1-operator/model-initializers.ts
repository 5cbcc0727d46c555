import { PredictorManifest } from './manifest';
import { isPrepackaged, unitsOf } from './units';

/** Longest name of a container or a volume. */
const MAX_NAME = 63;

/** The container that loads the models of TensorFlow, under all protocols but TensorFlow's own. */
const TENSORFLOW_SERVING = 'tfserving';

/** A container that takes the place of the operator's, which downloads a model, without the volume for it. @internal */
export interface InitializerWithoutVolume {
  /** Name of the predictor. */
  readonly predictor: string;
  /** Index of the component. */
  readonly component: number;
  /** Name of the container. */
  readonly container: string;
  /** Name of the volume that the operator mounts. */
  readonly volume: string;
}

/**
 * Finds containers with the name that the operator gives to the one that downloads a model. It then adds none, and no volume either, but
 * mounts that volume in the server all the same: Kubernetes refuses the pods.
 *
 * @internal
 */
export function findInitializersWithoutVolume(predictors: readonly PredictorManifest[]): InitializerWithoutVolume[] {
  return predictors.flatMap(({ name, graph, componentSpecs = [] }) => {
    const servers = unitsOf(graph).filter((unit) => isPrepackaged(unit) && unit.modelUri).map((unit) => unit.name);
    return componentSpecs.flatMap(({ spec }, component) => {
      const containers = new Set((spec?.initContainers ?? []).map((container) => container.name));
      const volumes = new Set((spec?.volumes ?? []).map((volume) => volume.name));
      return [...servers, TENSORFLOW_SERVING]
        .map((server) => ({ predictor: name, component, container: cut(`${server}-model-initializer`), volume: cut(`${server}-provision-location`) }))
        .filter(({ container, volume }) => containers.has(container) && !volumes.has(volume));
    });
  });
}

/** The operator cuts such names. */
function cut(name: string): string {
  return name.slice(0, MAX_NAME).replace(/-$/, '');
}
