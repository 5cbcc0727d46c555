import { IConstruct } from 'constructs';
import { SeldonDeploymentManifest } from '../../cluster/core1-operator/manifest';
import { findUnroutedComponents } from '../../cluster/core1-operator/unrouted-components';
import { invalid, show } from '../../plan/checks/errors';

/** @internal */
export function checkVersionLabels(at: IConstruct, spec: SeldonDeploymentManifest['spec']): void {
  for (const { predictor, component, version, expected } of findUnroutedComponents(spec)) {
    throw invalid(at, `label version ${show(version)} in the metadata of componentSpecs[${component}] of predictor ${show(predictor)}`,
      `routes select the pods by version ${show(expected)}. Set it in the labels of the predictor`);
  }
}
