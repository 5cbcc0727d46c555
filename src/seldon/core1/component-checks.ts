import { IConstruct } from 'constructs';
import { ComponentSpec, HpaSpec, KedaSpec } from './component-spec';
import { checkDnsLabel, checkInt32, checkInteger, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';

const MAX_INT32 = 2147483647;

/** The operator selects pods by its own value. */
const OWNED_LABEL = 'seldon-deployment-id';

/**
 * Checks the pods of a predictor.
 *
 * @param at The deployment.
 * @param what The predictor, as messages name it.
 * @param components Its components.
 * @internal
 */
export function checkComponents(at: IConstruct, what: string, components: readonly ComponentSpec[]): void {
  const containers = new Set<string>();
  components.forEach((component, i) => {
    const where = `componentSpecs[${i}] of ${what}`;
    const { spec, metadata, replicas, hpaSpec, kedaSpec, pdbSpec } = component;
    for (const { name } of spec.containers) {
      checkDnsLabel(at, `name of container in ${where}`, name);
      if (containers.has(name)) throw invalid(at, `two containers ${show(name)} in ${what}`, 'names of containers must be unique across all its componentSpecs');
      containers.add(name);
    }
    checkInt32(at, `replicas of ${where}`, replicas);
    checkPodLabels(at, where, metadata?.labels ?? {});
    checkOneScaler(at, where, component);
    if (hpaSpec !== undefined) checkHpa(at, where, hpaSpec);
    if (kedaSpec !== undefined) checkKeda(at, where, kedaSpec);
    if (pdbSpec === undefined) return;
    if ((pdbSpec.minAvailable === undefined) === (pdbSpec.maxUnavailable === undefined)) {
      const problem = pdbSpec.minAvailable === undefined ? 'neither minAvailable nor maxUnavailable' : 'both minAvailable and maxUnavailable';
      throw invalid(at, `pdbSpec of ${where} with ${problem}`, 'set exactly one of them');
    }
  });
}

/**
 * Checks labels of pods, to which the operator adds its own.
 *
 * @internal
 */
export function checkPodLabels(at: IConstruct, where: string, labels: { readonly [name: string]: string }): void {
  checkLabels(at, where, labels);
  if (OWNED_LABEL in labels) throw invalid(at, `label ${OWNED_LABEL} of ${where}`, 'the operator sets it and selects its pods by it. Leave it out');
}

function checkOneScaler(at: IConstruct, where: string, { replicas, hpaSpec, kedaSpec }: ComponentSpec): void {
  const given = Object.entries({ kedaSpec, hpaSpec, replicas }).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (given.length > 1) throw invalid(at, `${given.join(' and ')} of ${where}`, `the operator reads ${given[0]} only. Set one of them`);
}

function checkHpa(at: IConstruct, where: string, { minReplicas, maxReplicas }: HpaSpec): void {
  checkInteger(at, `maxReplicas of hpaSpec of ${where}`, maxReplicas, 1, MAX_INT32);
  if (minReplicas === undefined) return;
  checkInteger(at, `minReplicas of hpaSpec of ${where}`, minReplicas, 1, MAX_INT32);
  if (minReplicas > maxReplicas) {
    throw invalid(at, `minReplicas ${minReplicas} and maxReplicas ${maxReplicas} of hpaSpec of ${where}`, 'minReplicas must not exceed maxReplicas');
  }
}

function checkKeda(at: IConstruct, where: string, keda: KedaSpec): void {
  const { triggers, pollingInterval, cooldownPeriod, idleReplicaCount, minReplicaCount, maxReplicaCount, fallback } = keda;
  if (triggers.length === 0) throw invalid(at, `kedaSpec of ${where} without triggers`, 'add at least one');
  for (const { type, authenticationRef } of triggers) {
    if (type.trim() === '') throw invalid(at, `a trigger without a type in kedaSpec of ${where}`, 'set the type of the source, such as "prometheus"');
    if (authenticationRef !== undefined) checkObjectName(at, `authenticationRef in kedaSpec of ${where}`, authenticationRef.name);
  }
  checkInt32(at, `pollingInterval of kedaSpec of ${where}`, pollingInterval, 1);
  checkInt32(at, `cooldownPeriod of kedaSpec of ${where}`, cooldownPeriod);
  checkInt32(at, `idleReplicaCount of kedaSpec of ${where}`, idleReplicaCount);
  checkInt32(at, `minReplicaCount of kedaSpec of ${where}`, minReplicaCount);
  checkInt32(at, `maxReplicaCount of kedaSpec of ${where}`, maxReplicaCount, 1);
  checkInt32(at, `failureThreshold of kedaSpec of ${where}`, fallback?.failureThreshold);
  checkInt32(at, `replicas of the fallback of kedaSpec of ${where}`, fallback?.replicas);
  if (minReplicaCount !== undefined && maxReplicaCount !== undefined && minReplicaCount > maxReplicaCount) {
    throw invalid(at, `minReplicaCount ${minReplicaCount} and maxReplicaCount ${maxReplicaCount} of kedaSpec of ${where}`,
      'minReplicaCount must not exceed maxReplicaCount');
  }
  if (idleReplicaCount !== undefined && idleReplicaCount >= (minReplicaCount ?? 0)) {
    throw invalid(at, `idleReplicaCount ${idleReplicaCount} and minReplicaCount ${minReplicaCount ?? 0} of kedaSpec of ${where}`,
      'idleReplicaCount must be less than minReplicaCount');
  }
}
