import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, showPath } from '../../cluster/json';
import { Answer, Place } from '../answer';
import { isProxy } from '../expectations/responder-names';

/**
 * A part of the manifests that tests can reach.
 *
 * @internal
 */
export interface CoveredPart extends Place {
  /** What it is. An arm counts as reached if a test that reaches its rule states who answers. */
  readonly kind: 'rule' | 'match' | 'arm' | 'policy';
  /** Whether a test has reached it. */
  readonly isReached: boolean;
}

interface Part extends Place {
  readonly kind: CoveredPart['kind'];
}

/**
 * Records which rules, matches, arms and policies tests reach.
 *
 * @internal
 */
export class Coverage {
  private readonly parts: ReadonlyMap<string, Part>;
  private readonly reached = new Set<string>();

  constructor(cluster: Cluster) {
    const all = [
      ...cluster.all(ClusterKind.VIRTUAL_SERVICE).filter(isOwn).flatMap(routeParts),
      ...cluster.all(ClusterKind.AUTHORIZATION_POLICY).filter(isOwn).map((object) => ({ kind: 'policy', object, field: [] } as const)),
    ];
    this.parts = new Map(all.map((part) => [keyOf(part.object, part.field), part]));
  }

  /**
   * Records the answer to a request of a test.
   *
   * @param answer The answer, with its trace.
   * @param statesShares Whether the test states who answers.
   */
  public add({ cases, trace }: Answer, statesShares: boolean): void {
    for (const { rule, outcomes } of cases) {
      if (rule !== undefined) this.addRule(rule, statesShares);
      for (const { responder } of outcomes) if (isProxy(responder) && responder.place !== undefined) this.addPolicy(responder.place.object);
    }
    for (const { stage, matched, place } of trace) if (stage === 'policy' && matched && place !== undefined) this.addPolicy(place.object);
  }

  /** All parts, those of one object together. */
  public get all(): readonly CoveredPart[] {
    return [...this.parts].map(([key, part]) => ({ ...part, isReached: this.reached.has(key) }));
  }

  private addRule({ object, field }: Place, statesShares: boolean): void {
    const rule = field.slice(0, 3);
    this.reached.add(keyOf(object, rule));
    if (field.length > 3) this.reached.add(keyOf(object, field.slice(0, 5)));
    if (!statesShares) return;
    const { route } = objectOf(listOf(object.spec.http)[Number(rule[2])]);
    listOf(route).forEach((_, i) => this.reached.add(keyOf(object, [...rule, 'route', i])));
  }

  private addPolicy(object: ClusterObject): void {
    this.reached.add(keyOf(object, []));
  }
}

function isOwn({ origin }: ClusterObject): boolean {
  return origin.context !== true;
}

function routeParts(object: ClusterObject): Part[] {
  return listOf(object.spec.http).flatMap((rule, i) => (isObject(rule) ? ruleParts(object, rule, ['spec', 'http', i]) : []));
}

/** A single match or arm is reached with its rule. An arm without a weight gets no request. */
function ruleParts(object: ClusterObject, rule: JsonObject, field: FieldPath): Part[] {
  const matches = listOf(rule.match);
  const arms = listOf(rule.route);
  return [
    { kind: 'rule', object, field },
    ...matches.length < 2 ? [] : matches.map((_, i): Part => ({ kind: 'match', object, field: [...field, 'match', i] })),
    ...arms.length < 2 ? [] : arms.flatMap((arm, i): Part[] => (numberOf(objectOf(arm).weight) ? [{ kind: 'arm', object, field: [...field, 'route', i] }] : [])),
  ];
}

function keyOf({ type, namespace, name }: ClusterObject, field: FieldPath): string {
  return `${type} ${namespace}/${name} ${showPath(field)}`;
}
