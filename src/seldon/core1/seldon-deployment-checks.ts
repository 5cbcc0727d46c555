import { IConstruct } from 'constructs';
import { checkComponents, checkPodLabels } from './component-checks';
import { ExplainerType, SeldonProtocol, SeldonServerType } from './enums';
import { checkEndpoint, checkGraph, checkTransports } from './graph-checks';
import { GraphNode } from './graph-node';
import { PredictorExplainer, PredictorProps } from './predictor-props';
import { checkTraffic } from './predictor-traffic';
import { SeldonDeploymentProps } from './seldon-deployment-props';
import { warnOfUnimplemented } from './unimplemented-nodes';
import { ANNOTATION } from '../../cluster/core1-operator/annotations';
import { checkDnsLabel, checkInt32, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkMember } from '../../plan/checks/type-checks';

/** Longest name that Kubernetes accepts. */
const MAX_NAME = 253;

const KAFKA_VARIABLES = ['KAFKA_BROKER', 'KAFKA_INPUT_TOPIC', 'KAFKA_OUTPUT_TOPIC'];

/**
 * Checks the name of a SeldonDeployment: the operator derives the names of Services from it, which have no dots and start with a
 * letter.
 *
 * @internal
 */
export function checkDeploymentName(at: IConstruct, name: string): void {
  if (typeof name !== 'string' || name.length > MAX_NAME || !/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    throw invalid(at, `name of SeldonDeployment ${show(name)}`,
      'expected lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen, since the operator derives the names of Services from it');
  }
}

/**
 * Checks the props of a SeldonDeployment, as Seldon's webhook does on apply and beyond. The percentages of several predictors are
 * checked later, since routers may set them.
 *
 * @internal
 */
export function checkSeldonDeployment(at: IConstruct, props: SeldonDeploymentProps): void {
  const { predictors, transport, replicas } = props;
  checkInt32(at, 'replicas', replicas);
  if (predictors.length === 0) throw invalid(at, 'no predictors', 'give it at least one');
  const names = new Set<string>();
  const services = new Map<string, string>();
  for (const predictor of predictors) {
    const { name } = predictor;
    if (names.has(name)) throw invalid(at, `two predictors named ${show(name)}`, 'give each its own name');
    names.add(name);
    checkPredictor(at, predictor, props);
    const service = predictor.serviceName ?? predictor.annotations?.[ANNOTATION.serviceName];
    if (service === undefined) continue;
    if (services.has(service)) {
      throw invalid(at, `Service name ${show(service)} of predictors ${show(services.get(service)!)} and ${show(name)}`, 'give each its own Service');
    }
    services.set(service, name);
  }
  checkTransports(at, predictors, transport);
  checkOneBudget(at, predictors);
}

function checkPredictor(at: IConstruct, predictor: PredictorProps, { protocol, serverType, executor, annotations }: SeldonDeploymentProps): void {
  const { name, componentSpecs = [], labels = {}, replicas, explainer, svcOrchSpec, ssl, progressDeadlineSeconds } = predictor;
  const what = `predictor ${show(name)}`;
  checkDnsLabel(at, 'name of predictor', name);
  checkTraffic(at, name, predictor);
  checkInt32(at, `replicas of ${what}`, replicas);
  checkInt32(at, `progressDeadlineSeconds of ${what}`, progressDeadlineSeconds, 1);
  checkPodLabels(at, what, labels);
  if (labels.version === '') throw invalid(at, `an empty label version of ${what}`, 'routes identify predictors by it. Give it a value, or leave it out');
  checkComponents(at, what, componentSpecs);
  checkGraph(at, predictor, protocol ?? SeldonProtocol.SELDON);
  warnOfUnimplemented(at, name, predictor.graph);
  checkImages(at, what, predictor);
  const separate = executor?.separatePod || annotations?.[ANNOTATION.separateEngine]?.toLowerCase() === 'true';
  checkEngine(at, what, predictor, separate);
  if (explainer !== undefined) checkExplainer(at, what, explainer);
  checkInt32(at, `replicas of svcOrchSpec of ${what}`, svcOrchSpec?.replicas);
  if (ssl !== undefined) checkObjectName(at, `certSecretName of ${what}`, ssl.certSecretName);
  if (serverType === SeldonServerType.KAFKA) {
    const given = new Set((svcOrchSpec?.env ?? []).map((variable) => variable.name));
    const missing = KAFKA_VARIABLES.filter((variable) => !given.has(variable));
    if (missing.length > 0) {
      throw invalid(at, `${what} of a Kafka server without ${missing.join(', ')}`, 'set them in env of its svcOrchSpec');
    }
  }
}

function sizeOf({ children }: GraphNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), 1);
}

/** Seldon provides images only for the nodes that run on its servers. */
function checkImages(at: IConstruct, what: string, { graph, componentSpecs = [] }: PredictorProps): void {
  if (componentSpecs.length === 0) return;
  const brought = new Set<string>();
  const visit = ({ name, children, _props: { implementation } }: GraphNode): void => {
    if (implementation !== undefined) brought.add(name);
    children.forEach(visit);
  };
  visit(graph);
  componentSpecs.forEach(({ spec: { containers, initContainers = [] } }, i) => {
    for (const { name, image } of [...containers.filter((container) => !brought.has(container.name)), ...initContainers]) {
      if (image) continue;
      throw invalid(at, `container ${show(name)} in componentSpecs[${i}] of ${what} without an image`,
        'Kubernetes rejects it. Set an image, or use a prepackaged server for its node');
    }
  });
}

/** The orchestrator runs in the pods of the first component; without an orchestrator nothing processes a graph. */
function checkEngine(at: IConstruct, what: string, predictor: PredictorProps, separate: boolean): void {
  const { graph, componentSpecs = [], annotations = {}, noEngine } = predictor;
  // The webhook checks only that the annotation exists, not its value.
  if ((noEngine || ANNOTATION.noEngine in annotations) && sizeOf(graph) > 1) {
    throw invalid(at, `${what} has a graph of ${sizeOf(graph)} nodes and no engine`, 'only a graph of a single node can run without one');
  }
  if (noEngine || annotations[ANNOTATION.noEngine]?.toLowerCase() === 'true' || separate) return;
  const first = new Set((componentSpecs[0]?.spec.containers ?? []).map(({ name }) => name));
  const joins = ({ name, _props: { implementation }, children }: GraphNode): boolean =>
    implementation !== undefined || first.has(name) || children.some(joins);
  if (!joins(graph)) {
    throw invalid(at, `no node of the graph of ${what} in its first componentSpec`,
      'the orchestrator runs in its pods. Move a container of the graph there, or set executor.separatePod');
  }
}

function checkExplainer(at: IConstruct, what: string, explainer: PredictorExplainer): void {
  if (!explainer.type) throw invalid(at, `explainer of ${what} without a type`, 'the operator would ignore it. Set the type');
  checkMember(at, `explainer type of ${what}`, explainer.type, ExplainerType);
  checkInt32(at, `replicas of the explainer of ${what}`, explainer.replicas);
  if (explainer.containerSpec !== undefined) checkDnsLabel(at, `name of the containerSpec of the explainer of ${what}`, explainer.containerSpec.name);
  if (explainer.endpoint !== undefined) checkEndpoint(at, `the explainer of ${what}`, explainer.endpoint);
  const { serviceAccountName, envSecretRefName } = explainer;
  if (serviceAccountName !== undefined) checkObjectName(at, `serviceAccountName of the explainer of ${what}`, serviceAccountName);
  if (envSecretRefName !== undefined) checkObjectName(at, `envSecretRefName of the explainer of ${what}`, envSecretRefName);
}

/** Each budget that the operator creates counts all pods of the deployment, and Kubernetes does not evict a pod that two budgets count. */
function checkOneBudget(at: IConstruct, predictors: readonly PredictorProps[]): void {
  const budgets = predictors.flatMap(({ name, componentSpecs = [] }) =>
    componentSpecs.filter(({ pdbSpec }) => pdbSpec !== undefined).map(() => name));
  if (budgets.length > 1) {
    throw invalid(at, `${budgets.length} componentSpecs with a pdbSpec, of predictors ${[...new Set(budgets)].map(show).join(', ')}`,
      'each would count all pods of the deployment, and Kubernetes would then evict none. Keep only one of them');
  }
}
