import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ComponentSpec } from './component-spec';
import type { AmbassadorOptions, ExecutorOptions, OperatorIstioOptions } from './core1-annotations';
import { checkPodValues, checkWrapped } from './pod-shapes';
import { PredictorExplainer, PredictorProps, SvcOrchSpec } from './predictor-props';
import { SeldonDeploymentProps } from './seldon-deployment-props';
import { checkIsDuration } from '../plan/checks';
import { invalid, show } from '../plan/errors';
import { IGateway } from '../plan/gateway-ref';
import { checkAnnotations } from '../plan/labels';
import { checkFlag, checkList, checkObject, checkText, checkTextIfGiven, checkTextMap, checkTexts } from '../plan/shapes';

// The compiler sees to all of this in TypeScript; those who write JavaScript meet it here, before anything is read.

/**
 * Checks the shape of what a SeldonDeployment takes.
 *
 * @internal
 */
export function checkDeploymentShape(at: IConstruct, props: SeldonDeploymentProps): void {
  const { predictors, istio, executor, ambassador, annotations, metadata } = props;
  checkObject(at, 'metadata', undefined, metadata, 'an object with name, labels or annotations');
  checkList(at, 'predictors', predictors, 'predictors');
  for (let i = 0; i < predictors.length; i++) checkPredictorShape(at, i, predictors[i]);
  checkFlag(at, 'parkOperatorRoutes', undefined, props.parkOperatorRoutes);
  checkFlag(at, 'headlessServices', undefined, props.headlessServices);
  checkFlag(at, 'storageInitializer', undefined, props.storageInitializer);
  if (istio !== undefined) checkIstioShape(at, istio);
  if (executor !== undefined) checkExecutorShape(at, executor);
  if (ambassador !== undefined) checkAmbassadorShape(at, ambassador);
  if (annotations !== undefined) checkAnnotationShape(at, 'the spec', annotations);
}

function checkAnnotationShape(at: IConstruct, what: string, annotations: { readonly [name: string]: string }): void {
  checkObject(at, 'annotations', what, annotations, 'an object of strings');
  checkAnnotations(at, what, annotations);
}

function checkIstioShape(at: IConstruct, istio: OperatorIstioOptions): void {
  checkObject(at, 'istio', undefined, istio, 'an object with gateway, hosts or retries');
  if (istio.gateway !== undefined && typeof (istio.gateway as Partial<IGateway> | null)?.gatewayName !== 'string') {
    throw invalid(at, `gateway ${show(istio.gateway)} in istio`, 'expected a Gateway, or Gateway.fromGatewayName(…) for an existing one');
  }
  if (istio.hosts !== undefined) checkTexts(at, 'hosts in istio', istio.hosts);
  checkFlag(at, 'mesh in istio', undefined, istio.mesh);
  if (istio.retriesTimeout !== undefined) checkIsDuration(at, 'retriesTimeout in istio', istio.retriesTimeout);
}

function checkExecutorShape(at: IConstruct, executor: ExecutorOptions): void {
  checkObject(at, 'executor', undefined, executor, 'an object with separatePod, timeouts or environment');
  const { restTimeout, grpcTimeout, loggerWriteTimeout } = executor;
  checkFlag(at, 'separatePod in executor', undefined, executor.separatePod);
  for (const [name, value] of Object.entries({ restTimeout, grpcTimeout, loggerWriteTimeout } as { [name: string]: Duration | undefined })) {
    if (value !== undefined) checkIsDuration(at, `${name} in executor`, value);
  }
  checkTextMap(at, 'environment', 'executor', executor.environment);
}

function checkAmbassadorShape(at: IConstruct, ambassador: AmbassadorOptions): void {
  checkObject(at, 'ambassador', undefined, ambassador, 'an object with config, header or retries');
  const { config, serviceName, header, regexHeader, id } = ambassador;
  for (const [name, value] of Object.entries({ config, serviceName, header, regexHeader, id })) checkTextIfGiven(at, `${name} in ambassador`, undefined, value);
}

function checkPredictorShape(at: IConstruct, index: number, predictor: PredictorProps): void {
  if (typeof predictor !== 'object' || predictor === null) throw invalid(at, `predictors[${index}] ${show(predictor)}`, 'expected an object with a name and a graph');
  const what = `predictor ${show(predictor.name)}`;
  const { componentSpecs, labels, annotations, svcOrchSpec, engineResources, explainer, ssl } = predictor;
  checkFlag(at, 'shadow', what, predictor.shadow);
  checkFlag(at, 'noEngine', what, predictor.noEngine);
  checkObject(at, 'labels', what, labels, 'an object of strings');
  if (annotations !== undefined) checkAnnotationShape(at, what, annotations);
  if (componentSpecs !== undefined) {
    checkList(at, `componentSpecs of ${what}`, componentSpecs, 'pods');
    componentSpecs.forEach((component, i) => checkComponentShape(at, `componentSpecs[${i}] of ${what}`, component));
  }
  if (svcOrchSpec !== undefined) checkSvcOrchShape(at, `svcOrchSpec of ${what}`, svcOrchSpec);
  if (engineResources !== undefined) checkPodValues(at, `engineResources of ${what}`, 'resources', engineResources);
  if (explainer !== undefined) checkExplainerShape(at, `the explainer of ${what}`, explainer);
  checkObject(at, 'ssl', what, ssl, 'an object with a certSecretName');
}

function checkComponentShape(at: IConstruct, what: string, component: ComponentSpec): void {
  if (typeof component !== 'object' || component === null) throw invalid(at, `${what} ${show(component)}`, 'expected an object with a spec of pods');
  const { spec, metadata, hpaSpec, kedaSpec, pdbSpec } = component;
  if (typeof spec !== 'object' || spec === null) throw invalid(at, `spec of ${what} ${show(spec)}`, 'expected a PodSpec with containers');
  checkContainers(at, what, spec.containers);
  checkPodValues(at, what, 'spec', spec);
  checkObject(at, 'metadata', what, metadata, 'an object with name, labels or annotations');
  checkTextIfGiven(at, 'name in the metadata', what, metadata?.name);
  checkObject(at, 'labels in the metadata', what, metadata?.labels, 'an object of strings');
  if (metadata?.annotations !== undefined) checkAnnotationShape(at, `the metadata of ${what}`, metadata.annotations);
  checkObject(at, 'hpaSpec', what, hpaSpec, 'an object with maxReplicas');
  if (hpaSpec?.metrics !== undefined) {
    checkList(at, `metrics of hpaSpec of ${what}`, hpaSpec.metrics, 'metrics');
    checkPodValues(at, `hpaSpec of ${what}`, 'metrics', hpaSpec.metrics);
  }
  if (kedaSpec !== undefined) {
    checkObject(at, 'kedaSpec', what, kedaSpec, 'an object with triggers');
    checkList(at, `triggers of kedaSpec of ${what}`, kedaSpec.triggers, 'triggers');
    kedaSpec.triggers.forEach((trigger, i) => {
      const each = `triggers[${i}] of kedaSpec of ${what}`;
      if (typeof trigger !== 'object' || trigger === null) throw invalid(at, `${each} ${show(trigger)}`, 'expected an object with a type and metadata');
      checkText(at, `type of ${each}`, trigger.type);
      checkTextMap(at, 'metadata', each, trigger.metadata);
    });
    checkFlag(at, 'restoreToOriginalReplicaCount of kedaSpec', what, kedaSpec.restoreToOriginalReplicaCount);
  }
  checkObject(at, 'pdbSpec', what, pdbSpec, 'an object with minAvailable or maxUnavailable');
  checkWrapped(at, 'IntOrString', pdbSpec?.minAvailable, () => `minAvailable of pdbSpec of ${what}`);
  checkWrapped(at, 'IntOrString', pdbSpec?.maxUnavailable, () => `maxUnavailable of pdbSpec of ${what}`);
}

function checkContainers(at: IConstruct, what: string, containers: readonly object[]): void {
  checkList(at, `containers of ${what}`, containers, 'containers');
  containers.forEach((container, i) => {
    if (typeof container !== 'object' || container === null) throw invalid(at, `containers[${i}] of ${what} ${show(container)}`, 'expected an object with a name and an image');
  });
}

function checkSvcOrchShape(at: IConstruct, what: string, spec: SvcOrchSpec): void {
  checkObject(at, what, undefined, spec, 'an object with resources, env or replicas');
  if (spec.env !== undefined) {
    checkList(at, `env of ${what}`, spec.env, 'variables');
    spec.env.forEach((variable, i) => {
      if (typeof variable?.name !== 'string') throw invalid(at, `env[${i}] of ${what} ${show(variable)}`, 'expected an object with a name and a value');
      checkTextIfGiven(at, `value of ${show(variable.name)} in env`, what, variable.value);
    });
  }
  checkPodValues(at, what, 'svcOrchSpec', spec);
}

function checkExplainerShape(at: IConstruct, what: string, explainer: PredictorExplainer): void {
  checkObject(at, what, undefined, explainer, 'an object with a type');
  checkTextIfGiven(at, 'modelUri', what, explainer.modelUri);
  checkTextIfGiven(at, 'storageInitializerImage', what, explainer.storageInitializerImage);
  checkTextIfGiven(at, 'initParameters', what, explainer.initParameters);
  checkTextMap(at, 'config', what, explainer.config);
  checkObject(at, 'endpoint', what, explainer.endpoint, 'an object with a servicePort or a type');
  if (explainer.containerSpec === undefined) return;
  checkObject(at, 'containerSpec', what, explainer.containerSpec, 'an object with a name');
  checkPodValues(at, what, 'containerSpec', explainer.containerSpec);
}
