import { IConstruct } from 'constructs';
import { PredictorManifest } from '../../cluster/core1-operator/manifest';
import { findInitializersWithoutVolume } from '../../cluster/core1-operator/model-initializers';
import { invalid, show } from '../../plan/checks/errors';

/** @internal */
export function checkModelInitializers(at: IConstruct, predictors: readonly PredictorManifest[]): void {
  for (const { predictor, component, container, volume } of findInitializersWithoutVolume(predictors)) {
    throw invalid(at, `container ${show(container)} in componentSpecs[${component}] of predictor ${show(predictor)} without volume ${show(volume)}`,
      'it replaces the operator\'s container, but the server still mounts the operator\'s volume at /mnt/models. Add that volume and mount it in the container, or choose another name');
  }
}
