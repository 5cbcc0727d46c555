import { IConstruct } from 'constructs';
import { Mesh } from '../mesh/mesh';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkLabels } from '../plan/checks/labels';
import { checkList } from '../plan/checks/type-checks';

/** Istio takes no more. @internal */
export const MAX_TARGETS = 16;

/**
 * What a policy is for where a waypoint or a gateway of the Gateway API enforces it: an object in the policy's own namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference
 */
export class PolicyTargetRef {
  /**
   * A Service, whose calls a waypoint sees.
   *
   * @param name Its name.
   * @throws an error when Kubernetes would not take the name.
   */
  public static service(name: string): PolicyTargetRef {
    return new PolicyTargetRef('Service', name);
  }

  /**
   * A ServiceEntry, whose calls a waypoint sees.
   *
   * @param name Its name.
   * @throws an error when Kubernetes would not take the name.
   */
  public static serviceEntry(name: string): PolicyTargetRef {
    return new PolicyTargetRef('ServiceEntry', name, 'networking.istio.io');
  }

  /**
   * A Gateway of the Gateway API, a waypoint among them: everything that passes it. It is no Gateway of Istio.
   *
   * @param name Its name.
   * @throws an error when Kubernetes would not take the name.
   */
  public static gateway(name: string): PolicyTargetRef {
    return new PolicyTargetRef('Gateway', name, 'gateway.networking.k8s.io');
  }

  /**
   * Every Gateway of a class. The policy is in the mesh's root namespace.
   *
   * @param name Name of the class, such as `istio-waypoint`.
   * @throws an error when Kubernetes would not take the name.
   */
  public static gatewayClass(name: string): PolicyTargetRef {
    return new PolicyTargetRef('GatewayClass', name, 'gateway.networking.k8s.io');
  }

  private constructor(
    /** Kind of the object. */
    public readonly kind: string,
    /** Name of the object. */
    public readonly name: string,
    /** API group of the object; undefined for Kubernetes' own. */
    public readonly group?: string,
  ) {
    checkObjectName('PolicyTargetRef', `name of ${kind}`, name);
  }

  /** @internal */
  public get _key(): string {
    return `${this.group ?? ''}/${this.kind}/${this.name}`;
  }

  /** @internal */
  public _toJson(): { readonly group?: string; readonly kind: string; readonly name: string } {
    return { group: this.group, kind: this.kind, name: this.name };
  }
}

/** Where a policy holds. @internal */
export interface PolicyTarget {
  /** Namespace of the policy. */
  readonly namespace?: string;
  /** Labels of the pods; undefined for all. */
  readonly selector?: { readonly [label: string]: string };
  /** Objects whose waypoint or gateway enforces it; undefined for pods. */
  readonly targetRefs?: readonly PolicyTargetRef[];
}

/**
 * Checks where a policy holds.
 *
 * @internal
 */
export function checkPolicyTarget(at: IConstruct, { namespace, selector, targetRefs }: PolicyTarget): void {
  if (selector !== undefined) checkSelector(at, selector);
  if (targetRefs === undefined) return;
  if (selector !== undefined) throw invalid(at, 'selector beside targetRefs', 'say one of them: pods by their labels, or what a waypoint serves');
  checkList(at, 'targetRefs', targetRefs, 'PolicyTargetRef');
  if (targetRefs.length === 0 || targetRefs.length > MAX_TARGETS) {
    throw invalid(at, `${targetRefs.length} targetRefs`, `expected 1 to ${MAX_TARGETS}, or leave them out`);
  }
  const mesh = Mesh.of(at);
  mesh._release.require(at, 'targetRefs', '1.22');
  targetRefs.forEach((ref, i) => {
    if (!(ref instanceof PolicyTargetRef)) {
      throw invalid(at, `targetRefs[${i}] ${show(ref)}`, 'expected a PolicyTargetRef, such as PolicyTargetRef.service("seldon-mesh")');
    }
    if (ref.kind === 'GatewayClass' && namespace !== mesh.rootNamespace) {
      throw invalid(at, `a policy for GatewayClass ${ref.name} in namespace ${show(namespace)}`, `Istio looks for it in the root namespace, ${show(mesh.rootNamespace)}`);
    }
  });
}

/** An empty selector selects every pod, which is said by leaving it out. */
function checkSelector(at: IConstruct, selector: { readonly [label: string]: string }): void {
  if (typeof selector !== 'object' || selector === null || Object.keys(selector).length === 0) {
    throw invalid(at, 'an empty selector', 'name a label of the pods, or leave the selector out to mean all pods of the namespace');
  }
  checkLabels(at, 'selector', selector);
}

/**
 * The part of a spec that says where it holds.
 *
 * @internal
 */
export function targetToJson({ selector, targetRefs }: PolicyTarget): { [field: string]: unknown } {
  return {
    selector: selector === undefined ? undefined : { matchLabels: { ...selector } },
    targetRefs: targetRefs?.map((ref) => ref._toJson()),
  };
}

/**
 * Whether a policy that holds at `outer` holds wherever one at `inner` does, as far as the labels tell.
 *
 * @internal
 */
export function targetCovers(at: IConstruct, outer: PolicyTarget, inner: PolicyTarget): boolean {
  const { rootNamespace } = Mesh.of(at);
  const sameNamespace = outer.namespace === inner.namespace;
  if (inner.targetRefs !== undefined) {
    return sameNamespace && inner.targetRefs.every((ref) => outer.targetRefs?.some(({ _key }) => _key === ref._key) ?? false);
  }
  if (outer.targetRefs !== undefined || !(sameNamespace || outer.namespace === rootNamespace)) return false;
  return Object.entries(outer.selector ?? {}).every(([label, value]) => inner.selector?.[label] === value);
}
