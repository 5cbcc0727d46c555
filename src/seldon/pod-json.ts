import type { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { VolumeClaimTemplate } from './volume-claim-template';
import { checkDnsLabel } from '../plan/checks';
import { invalid, show } from '../plan/errors';
import { checkList, checkProps, checkText } from '../plan/shapes';

/** A pod as it is written, as far as it is looked at here. @internal */
export interface PodJson {
  /** Its containers. */
  readonly containers?: ContainerJson[];
  /** Everything else. */
  readonly [field: string]: unknown;
}

/** A container as it is written. @internal */
export interface ContainerJson {
  /** Its name. */
  readonly name: string;
  /** Its environment. */
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  /** Everything else. */
  readonly [field: string]: unknown;
}

/** Loaded only where a pod is given: it takes longer to load than everything else together. */
function plus(): typeof k8s {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('cdk8s-plus-27') as { k8s: typeof k8s }).k8s;
}

/**
 * Writes a pod that Seldon's operator runs as it is.
 *
 * @internal
 */
export function toPod(at: IConstruct, what: string, spec: k8s.PodSpec): PodJson {
  checkPod(at, what, spec);
  if (spec.containers.length === 0) throw invalid(at, `${what} without containers`, 'name at least one');
  return plus().toJson_PodSpec(spec) as unknown as PodJson;
}

/**
 * Writes what is laid over a pod: containers are merged by name, and there may be none.
 *
 * @internal
 */
export function toPodOverride(at: IConstruct, what: string, spec: k8s.PodSpec): PodJson {
  checkPod(at, what, spec);
  const { containers, ...rest } = plus().toJson_PodSpec(spec) as unknown as PodJson;
  return containers === undefined || containers.length === 0 ? rest : { containers, ...rest };
}

/** @internal */
export function toContainer(at: IConstruct, what: string, container: k8s.Container): unknown {
  checkContainer(at, what, container);
  return plus().toJson_Container(container);
}

/** @internal */
export function toDeploymentStrategy(strategy: k8s.DeploymentStrategy): unknown {
  return plus().toJson_DeploymentStrategy(strategy);
}

/** @internal */
export function toScalingBehavior(behavior: k8s.HorizontalPodAutoscalerBehaviorV2): unknown {
  return plus().toJson_HorizontalPodAutoscalerBehaviorV2(behavior);
}

/**
 * Writes volume claims. Kubernetes looks at them when the first pod starts, long after the apply.
 *
 * @internal
 */
export function toClaims(at: IConstruct, what: string, templates: readonly VolumeClaimTemplate[]): { name: string; spec: unknown }[] {
  checkList(at, `volumeClaimTemplates of ${what}`, templates, 'volume claim templates');
  const names = new Set<string>();
  return templates.map(({ name, spec }, i) => {
    const one = `volumeClaimTemplates[${i}] of ${what}`;
    checkDnsLabel(at, `name of ${one}`, name);
    if (names.has(name)) throw invalid(at, `two volumeClaimTemplates ${show(name)} of ${what}`, 'give each a name of its own');
    names.add(name);
    checkProps(at, spec, `accessModes and resources in ${one}`);
    if ((spec.accessModes ?? []).length === 0) throw invalid(at, `${one} without accessModes`, 'Kubernetes wants one, such as "ReadWriteOnce"');
    const storage = spec.resources?.requests?.storage;
    if (storage === undefined) throw invalid(at, `${one} without a request for storage`, 'say how much, in resources.requests.storage');
    checkQuantities(at, `resources.requests of ${one}`, spec.resources?.requests);
    checkQuantities(at, `resources.limits of ${one}`, spec.resources?.limits);
    return { name, spec: plus().toJson_PersistentVolumeClaimSpec(spec) };
  });
}

function checkPod(at: IConstruct, what: string, spec: k8s.PodSpec): void {
  if (typeof spec !== 'object' || spec === null) throw invalid(at, `${what} ${show(spec)}`, 'expected a k8s.PodSpec of cdk8s-plus-27');
  checkList(at, `containers of ${what}`, spec.containers, 'containers');
  if (spec.ephemeralContainers !== undefined) {
    throw invalid(at, `ephemeralContainers of ${what}`, 'Kubernetes takes them in running pods only: leave them out');
  }
  const names = new Set<string>();
  for (const [list, containers] of [['containers', spec.containers], ['initContainers', spec.initContainers ?? []]] as const) {
    containers.forEach((container, i) => {
      checkContainer(at, `${list}[${i}] of ${what}`, container);
      if (names.has(container.name)) throw invalid(at, `two containers ${show(container.name)} in ${what}`, 'give each a name of its own');
      names.add(container.name);
    });
  }
}

function checkContainer(at: IConstruct, what: string, container: k8s.Container): void {
  if (typeof container !== 'object' || container === null) throw invalid(at, `${what} ${show(container)}`, 'expected a k8s.Container of cdk8s-plus-27');
  checkDnsLabel(at, `name of ${what}`, container.name);
  if (container.image !== undefined) checkText(at, `image of ${what}`, container.image);
  checkQuantities(at, `resources.requests of ${what}`, container.resources?.requests);
  checkQuantities(at, `resources.limits of ${what}`, container.resources?.limits);
}

/** Anything else than a Quantity would be left out without a word. */
function checkQuantities(at: IConstruct, what: string, quantities: { readonly [resource: string]: k8s.Quantity } | undefined): void {
  for (const [resource, quantity] of Object.entries(quantities ?? {})) {
    if (['string', 'number'].includes(typeof (quantity as Partial<k8s.Quantity> | null)?.value)) continue;
    throw invalid(at, `${resource} ${show(quantity)} in ${what}`, 'expected a quantity, such as k8s.Quantity.fromString("1Gi")');
  }
}
