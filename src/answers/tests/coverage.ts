import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, showPath, stringsOf } from '../../cluster/json';
import { AuthorizationPolicyView, enforcedPolicies } from '../../cluster/policies';
import { Answer, Place } from '../answer';
import { writtenMirrors } from '../delivery/mirrors';
import { isProxy } from '../expectations/responder-names';

/**
 * A part of the manifests that tests can reach.
 *
 * @internal
 */
export interface CoveredPart extends Place {
  /**
   * What it is. An arm counts as reached if a test that reaches its rule states who answers, and a mirror if one states who receives mirrored requests.
   */
  readonly kind: 'rule' | 'match' | 'arm' | 'mirror' | 'policy' | 'policy rule';
  /** Whether a test has reached it. */
  readonly isReached: boolean;
}

/**
 * What a test states.
 *
 * @internal
 */
export interface Statements {
  /** Whether it states who answers. */
  readonly shares: boolean;
  /** Whether it states who receives mirrored requests. */
  readonly mirrors: boolean;
}

interface Part extends Place {
  readonly kind: CoveredPart['kind'];
}

/**
 * Records which rules, matches, arms, mirrors and policies tests reach.
 *
 * @internal
 */
export class Coverage {
  private readonly parts: ReadonlyMap<string, Part>;
  private readonly reached = new Set<string>();

  constructor(cluster: Cluster) {
    const all = [
      ...cluster.all(ClusterKind.VIRTUAL_SERVICE).filter(isOwn).flatMap(routeParts),
      ...enforcedPolicies(cluster).filter(({ object }) => isOwn(object)).flatMap(policyParts),
    ];
    this.parts = new Map(all.map((part) => [keyOf(part.object, part.field), part]));
  }

  /**
   * Records the answer to a request of a test.
   *
   * @param answer The answer, with its trace.
   * @param states What the test states.
   */
  public add({ cases, trace }: Answer, states: Statements): void {
    for (const { rule, outcomes } of cases) {
      if (rule !== undefined) this.addRule(rule, states);
      for (const { responder } of outcomes) if (isProxy(responder) && responder.place !== undefined) this.addPolicy(responder.place);
    }
    for (const { stage, matched, place } of trace) if (stage === 'policy' && matched && place !== undefined) this.addPolicy(place);
  }

  /** All parts, those of one object together. */
  public get all(): readonly CoveredPart[] {
    return [...this.parts].map(([key, part]) => ({ ...part, isReached: this.reached.has(key) }));
  }

  private addRule({ object, field }: Place, states: Statements): void {
    const rule = field.slice(0, 3);
    this.reached.add(keyOf(object, rule));
    if (field.length > 3) this.reached.add(keyOf(object, field.slice(0, 5)));
    const { route, mirrors } = objectOf(listOf(objectOf(object.spec)[String(rule[1])])[Number(rule[2])]);
    if (states.shares) listOf(route).forEach((_, i) => this.reached.add(keyOf(object, [...rule, 'route', i])));
    if (!states.mirrors) return;
    this.reached.add(keyOf(object, [...rule, 'mirror']));
    listOf(mirrors).forEach((_, i) => this.reached.add(keyOf(object, [...rule, 'mirrors', i])));
  }

  /** A denial because no rule allows a request reaches the policy, and none of its rules. */
  private addPolicy({ object, field }: Place): void {
    this.reached.add(keyOf(object, []));
    this.reached.add(keyOf(object, field));
  }
}

function isOwn({ origin }: ClusterObject): boolean {
  return origin.context !== true;
}

function routeParts(object: ClusterObject): Part[] {
  const kinds = isAtGateway(object) ? ['http', 'tls', 'tcp'] : ['http'];
  return kinds.flatMap((kind) => listOf(object.spec[kind]).flatMap((rule, i) => (isObject(rule) ? ruleParts(object, rule, ['spec', kind, i]) : [])));
}

/** Tests make requests, so that they reach the rules for TLS and TCP of gateways only. */
function isAtGateway({ spec }: ClusterObject): boolean {
  return stringsOf(spec.gateways).some((gateway) => gateway !== 'mesh');
}

/** A single match or arm is reached with its rule, and so are all matches of one for TLS or TCP. An arm without a weight gets no request. */
function ruleParts(object: ClusterObject, rule: JsonObject, field: FieldPath): Part[] {
  const matches = field[1] === 'http' ? listOf(rule.match) : [];
  const arms = listOf(rule.route);
  return [
    { kind: 'rule', object, field },
    ...matches.length < 2 ? [] : matches.map((_, i): Part => ({ kind: 'match', object, field: [...field, 'match', i] })),
    ...arms.length < 2 ? [] : arms.flatMap((arm, i): Part[] => (numberOf(objectOf(arm).weight) ? [{ kind: 'arm', object, field: [...field, 'route', i] }] : [])),
    ...writtenMirrors(rule, field).flatMap((mirror): Part[] => (mirror.share.isNone ? [] : [{ kind: 'mirror', object, field: mirror.field }])),
  ];
}

/** The rule of a policy is reached with it if it is the only one, except where other requests are denied. */
function policyParts({ object, action, rules }: AuthorizationPolicyView): Part[] {
  const isSingle = rules.length < 2 && action !== 'ALLOW';
  return [{ kind: 'policy', object, field: [] }, ...isSingle ? [] : rules.map(({ field }): Part => ({ kind: 'policy rule', object, field }))];
}

function keyOf({ type, namespace, name }: ClusterObject, field: FieldPath): string {
  return `${type} ${namespace}/${name} ${showPath(field)}`;
}
