import { componentOutsideSubset } from './component-outside-subset';
import { hashedOperatorName } from './hashed-operator-name';
import { ignoredExplainer } from './ignored-explainer';
import { ignoredSeldonField } from './ignored-seldon-field';
import { ineffectiveTensorMap } from './ineffective-tensor-map';
import { invalidComponent } from './invalid-component';
import { invalidDeploymentSetting } from './invalid-deployment-setting';
import { invalidExperiment } from './invalid-experiment';
import { invalidExperimentWeights } from './invalid-experiment-weights';
import { invalidModel } from './invalid-model';
import { invalidPipelineReference } from './invalid-pipeline-reference';
import { invalidPipelineSetting } from './invalid-pipeline-setting';
import { invalidPipelineSteps } from './invalid-pipeline-steps';
import { invalidPredictorTraffic } from './invalid-predictor-traffic';
import { invalidPredictors } from './invalid-predictors';
import { invalidReplicas } from './invalid-replicas';
import { invalidSeldonAnnotation } from './invalid-seldon-annotation';
import { invalidSeldonName } from './invalid-seldon-name';
import { noServerForModel } from './no-server-for-model';
import { nodeWithoutServer } from './node-without-server';
import { orchestratorWithoutPod } from './orchestrator-without-pod';
import { pipelineCycle } from './pipeline-cycle';
import { pipelineWithoutOutput } from './pipeline-without-output';
import { sharedExperimentDefault } from './shared-experiment-default';
import { splitOfExperimentDefault } from './split-of-experiment-default';
import { unimplementedNode } from './unimplemented-node';
import { unknownModelReference } from './unknown-model-reference';
import { unknownPipelineStep } from './unknown-pipeline-step';
import { unknownServerConfig } from './unknown-server-config';
import { unlikelyModelStorage } from './unlikely-model-storage';
import { Rule } from '../rule';

/**
 * Seldon's own rules: what its scheduler, its operators and its webhook reject or ignore.
 *
 * @internal
 */
export const SELDON_RULES: readonly Rule[] = [
  componentOutsideSubset,
  hashedOperatorName,
  ignoredExplainer,
  ignoredSeldonField,
  ineffectiveTensorMap,
  invalidComponent,
  invalidDeploymentSetting,
  invalidExperimentWeights,
  invalidExperiment,
  invalidModel,
  invalidPipelineReference,
  invalidPipelineSetting,
  invalidPipelineSteps,
  invalidPredictorTraffic,
  invalidPredictors,
  invalidReplicas,
  invalidSeldonAnnotation,
  invalidSeldonName,
  noServerForModel,
  nodeWithoutServer,
  orchestratorWithoutPod,
  pipelineCycle,
  pipelineWithoutOutput,
  sharedExperimentDefault,
  splitOfExperimentDefault,
  unimplementedNode,
  unknownModelReference,
  unknownPipelineStep,
  unknownServerConfig,
  unlikelyModelStorage,
];
