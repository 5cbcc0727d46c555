import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';

/** The maximum that Istio accepts. @internal */
export const MAX_TARGETS = 16;

/**
 * An object that a policy or a Telemetry targets, in the policy's own namespace. A waypoint or a gateway of the Gateway API enforces it.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference
 */
export class PolicyTargetRef {
  /**
   * Targets a Service: the calls to it that pass a waypoint.
   *
   * @param name Its name.
   * @throws an error when the name is not valid in Kubernetes.
   */
  public static service(name: string): PolicyTargetRef {
    return new PolicyTargetRef('Service', name);
  }

  /**
   * Targets a ServiceEntry: the calls to it that pass a waypoint.
   *
   * @param name Its name.
   * @throws an error when the name is not valid in Kubernetes.
   */
  public static serviceEntry(name: string): PolicyTargetRef {
    return new PolicyTargetRef('ServiceEntry', name, 'networking.istio.io');
  }

  /**
   * Targets a Gateway of the Gateway API, such as a waypoint: everything that passes it. Istio's own Gateways are not valid targets.
   *
   * @param name Its name.
   * @throws an error when the name is not valid in Kubernetes.
   */
  public static gateway(name: string): PolicyTargetRef {
    return new PolicyTargetRef('Gateway', name, 'gateway.networking.k8s.io');
  }

  /**
   * Targets every Gateway of a class. The policy must be in the mesh's root namespace.
   *
   * @param name Name of the class, such as `istio-waypoint`.
   * @throws an error when the name is not valid in Kubernetes.
   */
  public static gatewayClass(name: string): PolicyTargetRef {
    return new PolicyTargetRef('GatewayClass', name, 'gateway.networking.k8s.io');
  }

  private constructor(
    /** Kind of the object. */
    public readonly kind: string,
    /** Name of the object. */
    public readonly name: string,
    /** API group of the object; undefined for the core group of Kubernetes. */
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

/** The workloads or objects that a policy applies to. @internal */
export interface PolicyTarget {
  /** Namespace of the policy. */
  readonly namespace?: string;
  /** Labels of the pods; undefined for all. */
  readonly selector?: { readonly [label: string]: string };
  /** Objects whose waypoint or gateway enforces it; undefined for workloads. */
  readonly targetRefs?: readonly PolicyTargetRef[];
}

/**
 * Checks what a policy applies to.
 *
 * @internal
 */
export function checkPolicyTarget(at: IConstruct, { namespace, selector, targetRefs }: PolicyTarget): void {
  if (selector !== undefined) checkSelector(at, selector);
  if (targetRefs === undefined) return;
  if (selector !== undefined) throw invalid(at, 'selector and targetRefs are both set', 'set only one, either labels of the pods or the objects that a waypoint serves');
  if (targetRefs.length === 0 || targetRefs.length > MAX_TARGETS) {
    throw invalid(at, `${targetRefs.length} targetRefs`, `expected 1 to ${MAX_TARGETS}, or leave targetRefs out`);
  }
  const mesh = Mesh.of(at);
  mesh._release.require(at, 'targetRefs', '1.22');
  targetRefs.forEach((ref, i) => {
    if (ref.kind === 'GatewayClass' && namespace !== mesh.rootNamespace) {
      throw invalid(at, `targetRefs[${i}] is GatewayClass ${ref.name}, and the namespace is ${show(namespace)}`,
        `Istio reads policies for a GatewayClass from the root namespace only, ${show(mesh.rootNamespace)}`);
    }
  });
}

/** An empty selector selects every pod, which is written by leaving it out. */
function checkSelector(at: IConstruct, selector: { readonly [label: string]: string }): void {
  if (Object.keys(selector).length === 0) {
    throw invalid(at, 'an empty selector', 'set a label of the pods, or leave the selector out to select all pods of the namespace');
  }
  checkLabels(at, 'selector', selector);
}

/**
 * The fields of a spec that state what it applies to.
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
 * Whether a policy for `outer` applies to everything that one for `inner` applies to, as far as the labels show.
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
