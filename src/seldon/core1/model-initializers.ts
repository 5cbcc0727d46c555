import { IConstruct } from 'constructs';
import { PredictorManifest } from '../../cluster/core1-operator/manifest';
import { findInitializersWithoutVolume } from '../../cluster/core1-operator/model-initializers';
import { invalid, show } from '../../plan/checks/errors';

/** @internal */
export function checkModelInitializers(at: IConstruct, predictors: readonly PredictorManifest[]): void {
  for (const { predictor, component, container, volume } of findInitializersWithoutVolume(predictors)) {
    throw invalid(at, `container ${show(container)} in componentSpecs[${component}] of predictor ${show(predictor)} without volume ${show(volume)}`,
      'it takes the place of the operator\'s, whose volume the server mounts at /mnt/models all the same: add that volume and mount it in the container, or choose another name');
  }
}
