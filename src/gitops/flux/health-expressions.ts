import { CORE1_KIND, CORE2_KINDS, SeldonKind } from '../seldon-kinds';

/**
 * Expressions in CEL that tell Flux the health of a kind's objects, an entry of `spec.healthCheckExprs` of a Kustomization. While an
 * expression fails, as without a status, Flux waits.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 * @internal
 */
export interface HealthExpressions {
  /** API version of the kind, with its group. */
  readonly apiVersion: string;
  /** The kind. */
  readonly kind: string;
  /** Whether an object is ready. */
  readonly current: string;
  /** Whether it has failed. */
  readonly failed: string;
}

/**
 * The expressions for all kinds of Seldon.
 *
 * @internal
 */
export const HEALTH_EXPRESSIONS: readonly HealthExpressions[] = [
  ...CORE2_KINDS.map(conditionExpressions),
  { apiVersion: CORE1_KIND.apiVersion, kind: CORE1_KIND.kind, current: "status.state == 'Available'", failed: "status.state == 'Failed'" },
];

/** A Model without replicas is never ready, and is not waited for, even if it has no status. */
function conditionExpressions({ apiVersion, kind, canBeSuspended, failures }: SeldonKind): HealthExpressions {
  const reasons = failures.map((reason) => `'${reason}'`).join(', ');
  const ready = "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
  const failed = `has(status.conditions) && status.conditions.exists(c, has(c.reason) && c.reason in [${reasons}])`;
  const stopped = 'has(spec.replicas) && spec.replicas == 0';
  if (!canBeSuspended) return { apiVersion, kind, current: ready, failed };
  return { apiVersion, kind, current: `(${stopped}) || (${ready})`, failed: `!(${stopped}) && ${failed}` };
}
