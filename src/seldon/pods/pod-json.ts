import type { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { checkPodShare, checkPodSpecValues, checkPodValues, checkQuantities } from './pod-checks';
import { VolumeClaimTemplate } from './volume-claim-template';
import { Warnings } from '../../mesh/warnings';
import { checkDnsLabel } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkList, checkObject, checkText, checkTexts } from '../../plan/checks/type-checks';

/** A pod as written to the manifest, with the fields that are read here. @internal */
export interface PodJson {
  /** Its containers. */
  readonly containers?: ContainerJson[];
  /** All other fields. */
  readonly [field: string]: unknown;
}

/** A container as written to the manifest. @internal */
export interface ContainerJson {
  /** Its name. */
  readonly name: string;
  /** Its environment variables. */
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  /** All other fields. */
  readonly [field: string]: unknown;
}

/**
 * The Kubernetes types of cdk8s-plus. Loaded only if a pod is set, since loading it takes longer than everything else together.
 *
 * @internal
 */
export function plus(): typeof k8s {
  return (require('cdk8s-plus-27') as { k8s: typeof k8s }).k8s;
}

/**
 * Writes a pod that Seldon's operator runs unchanged.
 *
 * @internal
 */
export function toPod(at: IConstruct, what: string, spec: k8s.PodSpec): PodJson {
  checkPod(at, what, spec);
  if (spec.containers.length === 0) throw invalid(at, `${what} without containers`, 'add at least one');
  for (const { name, image } of [...spec.containers, ...spec.initContainers ?? []]) {
    if (image !== undefined) continue;
    Warnings._add(at, `container ${show(name)} of ${what} without an image`, 'Kubernetes would not run such a pod. Set the image here, or in each object that uses this one');
  }
  return podJson(at, what, spec);
}

/**
 * Writes an overlay for a pod. Containers are merged by name, and the list may be empty.
 *
 * @internal
 */
export function toPodOverride(at: IConstruct, what: string, spec: k8s.PodSpec): PodJson {
  checkPod(at, what, spec);
  const { containers, ...rest } = podJson(at, what, spec);
  return containers === undefined || containers.length === 0 ? rest : { containers, ...rest };
}

/** @internal */
export function toContainer(at: IConstruct, what: string, container: k8s.Container): unknown {
  checkContainer(at, what, container);
  checkPodValues(at, what, 'container', container);
  return written(at, what, 'Container', () => plus().toJson_Container(container));
}

/** @internal */
export function toDeploymentStrategy(at: IConstruct, strategy: k8s.DeploymentStrategy): unknown {
  const { type = 'RollingUpdate', rollingUpdate } = strategy;
  if (type !== 'RollingUpdate' && type !== 'Recreate') {
    throw invalid(at, `type ${show(type)} of deploymentStrategy`, 'expected "RollingUpdate" or "Recreate"');
  }
  if (type === 'Recreate' && rollingUpdate !== undefined) {
    throw invalid(at, 'rollingUpdate of a deploymentStrategy of type "Recreate"', 'remove rollingUpdate, or use type "RollingUpdate"');
  }
  checkObject(at, 'rollingUpdate', 'deploymentStrategy', rollingUpdate, 'an object with maxSurge or maxUnavailable');
  const noneMore = checkPodShare(at, 'maxSurge of deploymentStrategy', rollingUpdate?.maxSurge);
  const noneLess = checkPodShare(at, 'maxUnavailable of deploymentStrategy', rollingUpdate?.maxUnavailable);
  if (noneMore && noneLess) {
    throw invalid(at, 'maxSurge and maxUnavailable of 0 in deploymentStrategy', 'no pod could be replaced. Set one of them to a higher value');
  }
  return plus().toJson_DeploymentStrategy(strategy);
}

/** @internal */
export function toScalingBehavior(behavior: k8s.HorizontalPodAutoscalerBehaviorV2): unknown {
  return plus().toJson_HorizontalPodAutoscalerBehaviorV2(behavior);
}

/**
 * Writes volume claims. Kubernetes checks them only when the first pod starts, long after the apply.
 *
 * @internal
 */
export function toClaims(at: IConstruct, what: string, templates: readonly VolumeClaimTemplate[]): { name: string; spec: unknown }[] {
  const names = new Set<string>();
  return templates.map(({ name, spec }, i) => {
    const one = `volumeClaimTemplates[${i}] of ${what}`;
    checkDnsLabel(at, `name of ${one}`, name);
    if (names.has(name)) throw invalid(at, `two volumeClaimTemplates ${show(name)} of ${what}`, 'give each a unique name');
    names.add(name);
    if (spec.accessModes !== undefined) checkTexts(at, `accessModes of ${one}`, spec.accessModes);
    checkObject(at, 'resources', one, spec.resources, 'an object with requests');
    if ((spec.accessModes ?? []).length === 0) throw invalid(at, `${one} without accessModes`, 'set at least one, such as "ReadWriteOnce"');
    checkQuantities(at, one, 'resources.requests', spec.resources?.requests);
    checkQuantities(at, one, 'resources.limits', spec.resources?.limits);
    const storage = spec.resources?.requests?.storage;
    if (storage === undefined) throw invalid(at, `${one} without a request for storage`, 'set resources.requests.storage');
    return { name, spec: written(at, one, 'PersistentVolumeClaimSpec', () => plus().toJson_PersistentVolumeClaimSpec(spec)) };
  });
}

function checkPod(at: IConstruct, what: string, spec: k8s.PodSpec): void {
  if (spec.ephemeralContainers !== undefined) {
    throw invalid(at, `ephemeralContainers of ${what}`, 'Kubernetes accepts them only in running pods. Remove them');
  }
  const names = new Set<string>();
  for (const [list, containers] of [['containers', spec.containers], ['initContainers', spec.initContainers ?? []]] as const) {
    checkList(at, `${list} of ${what}`, containers, 'containers');
    containers.forEach((container, i) => {
      checkContainer(at, `${list}[${i}] of ${what}`, container);
      if (names.has(container.name)) throw invalid(at, `two containers ${show(container.name)} in ${what}`, 'give each a unique name');
      names.add(container.name);
    });
  }
  checkPodSpecValues(at, what, spec);
}

function podJson(at: IConstruct, what: string, spec: k8s.PodSpec): PodJson {
  return written(at, what, 'PodSpec', () => plus().toJson_PodSpec(spec)) as unknown as PodJson;
}

/** For a string instead of a list, or null instead of an object, cdk8s-plus throws an error that names neither field nor construct. */
function written<T>(at: IConstruct, what: string, type: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw invalid(at, `${what} with a value of a wrong type (${(error as Error).message})`, `expected a k8s.${type} of cdk8s-plus-27`);
  }
}

function checkContainer(at: IConstruct, what: string, container: k8s.Container): void {
  if (typeof container !== 'object' || container === null) throw invalid(at, `${what} ${show(container)}`, 'expected a k8s.Container of cdk8s-plus-27');
  checkDnsLabel(at, `name of ${what}`, container.name);
  if (container.image !== undefined) checkText(at, `image of ${what}`, container.image);
  if (container.env !== undefined) checkList(at, `env of ${what}`, container.env, 'variables');
  (container.env ?? []).forEach((variable, i) => {
    if (typeof variable !== 'object' || variable === null) throw invalid(at, `env[${i}] of ${what} ${show(variable)}`, 'expected an object with a name and a value');
  });
  checkObject(at, 'resources', what, container.resources, 'an object with requests or limits');
}
