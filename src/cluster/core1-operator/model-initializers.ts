import { PredictorManifest } from './manifest';
import { isPrepackaged, unitsOf } from './units';

/** Longest name of a container or a volume. */
const MAX_NAME = 63;

/** The container that loads the models of TensorFlow, for all protocols except tensorflow. */
const TENSORFLOW_SERVING = 'tfserving';

/** A container that replaces the operator's model initializer, without its volume. @internal */
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
 * Finds containers with the name of the operator's model initializer. The operator then adds neither the initializer nor its volume, but
 * still mounts that volume in the server, so Kubernetes rejects the pods.
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

/** The operator truncates such names. */
function cut(name: string): string {
  return name.slice(0, MAX_NAME).replace(/-$/, '');
}
