import { IConstruct } from 'constructs';
import { ComponentSpec } from './component-spec';
import { PredictorExplainer, PredictorProps, SvcOrchSpec } from './predictor-props';
import { SeldonDeploymentProps } from './seldon-deployment-props';
import { invalid, show } from '../../plan/checks/errors';
import { checkAnnotations } from '../../plan/checks/labels';
import { checkList, checkTextIfGiven } from '../../plan/checks/type-checks';
import { checkPodSpecValues, checkPodValues, checkWrapped } from '../pods/pod-checks';

/**
 * Checks the parts of a SeldonDeployment that are not in the table of structs: names of annotations, and the contents of pods.
 *
 * @internal
 */
export function checkDeploymentTypes(at: IConstruct, { predictors, annotations }: SeldonDeploymentProps): void {
  for (const predictor of predictors) checkPredictorTypes(at, predictor);
  if (annotations !== undefined) checkAnnotations(at, 'the spec', annotations);
}

function checkPredictorTypes(at: IConstruct, predictor: PredictorProps): void {
  const what = `predictor ${show(predictor.name)}`;
  const { componentSpecs = [], annotations, svcOrchSpec, engineResources, explainer } = predictor;
  if (annotations !== undefined) checkAnnotations(at, what, annotations);
  componentSpecs.forEach((component, i) => checkComponentTypes(at, `componentSpecs[${i}] of ${what}`, component));
  if (svcOrchSpec !== undefined) checkSvcOrchTypes(at, `svcOrchSpec of ${what}`, svcOrchSpec);
  if (engineResources !== undefined) checkPodValues(at, `engineResources of ${what}`, 'resources', engineResources);
  if (explainer !== undefined) checkExplainerTypes(at, `the explainer of ${what}`, explainer);
}

function checkComponentTypes(at: IConstruct, what: string, component: ComponentSpec): void {
  const { spec, metadata, hpaSpec, pdbSpec } = component;
  checkContainers(at, what, spec.containers);
  checkPodSpecValues(at, what, spec);
  if (metadata?.annotations !== undefined) checkAnnotations(at, `the metadata of ${what}`, metadata.annotations);
  if (hpaSpec?.metrics !== undefined) checkPodValues(at, `hpaSpec of ${what}`, 'metrics', hpaSpec.metrics);
  checkWrapped(at, 'IntOrString', pdbSpec?.minAvailable, () => `minAvailable of pdbSpec of ${what}`);
  checkWrapped(at, 'IntOrString', pdbSpec?.maxUnavailable, () => `maxUnavailable of pdbSpec of ${what}`);
}

function checkContainers(at: IConstruct, what: string, containers: readonly object[]): void {
  checkList(at, `containers of ${what}`, containers, 'containers');
  containers.forEach((container, i) => {
    if (typeof container !== 'object' || container === null) throw invalid(at, `containers[${i}] of ${what} ${show(container)}`, 'expected an object with a name and an image');
  });
}

function checkSvcOrchTypes(at: IConstruct, what: string, spec: SvcOrchSpec): void {
  spec.env?.forEach((variable, i) => {
    if (typeof variable.name !== 'string') throw invalid(at, `env[${i}] of ${what} ${show(variable)}`, 'expected an object with a name and a value');
    checkTextIfGiven(at, `value of ${show(variable.name)} in env`, what, variable.value);
  });
  checkPodValues(at, what, 'svcOrchSpec', spec);
}

function checkExplainerTypes(at: IConstruct, what: string, { containerSpec }: PredictorExplainer): void {
  if (containerSpec !== undefined) checkPodValues(at, what, 'containerSpec', containerSpec);
}
