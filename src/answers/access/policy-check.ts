import { Attributes } from './attributes';
import { Branch, followedBy, GOES_ON } from './branch';
import { CompiledRule } from './compiled-rule';
import { policySteps } from './policy-steps';
import { showPath, stringOf, objectOf } from '../../cluster/json';
import { AuthorizationPolicyView, PolicyAction } from '../../cluster/policies';
import { RuleIndex } from '../../cluster/policy-index';
import { groupBy } from '../../plan/groups';
import { ProxyResponder, Step } from '../answer';

/** What most requests match. */
const NO_RULE: { readonly rule?: CompiledRule; readonly perhaps: readonly CompiledRule[] } = { perhaps: [] };

/**
 * The policies with one action, and their rules, in the order in which Envoy asks them.
 *
 * @internal
 */
export class ActionRules {
  /** The rules of each policy. */
  public readonly byPolicy: ReadonlyMap<AuthorizationPolicyView, readonly CompiledRule[]>;
  private readonly index: RuleIndex<CompiledRule>;
  private readonly order = new Map<CompiledRule, number>();

  constructor(public readonly policies: readonly AuthorizationPolicyView[]) {
    const rules = policies.flatMap((policy) => policy.rules.map((rule) => new CompiledRule(policy, rule))).filter(({ isValid }) => isValid);
    rules.forEach((rule, i) => this.order.set(rule, i));
    this.byPolicy = groupBy(rules, ({ policy }) => policy);
    this.index = new RuleIndex(rules);
  }

  /** The rules that a request may match, in order. */
  public candidates(attributes: Attributes): readonly CompiledRule[] {
    const found = this.index.candidates(attributes);
    return found.length < 2 ? found : [...found].sort((a, b) => this.order.get(a)! - this.order.get(b)!);
  }

  /** The first rule that certainly matches a request, and the rules before it that match under a condition. */
  public find(attributes: Attributes): { readonly rule?: CompiledRule; readonly perhaps: readonly CompiledRule[] } {
    const candidates = this.index.candidates(attributes);
    if (candidates.length === 0) return NO_RULE;
    const perhaps: CompiledRule[] = [];
    let first: CompiledRule | undefined;
    for (const rule of candidates) {
      const matches = rule.test(attributes);
      if (matches === undefined) perhaps.push(rule);
      else if (matches && (first === undefined || this.order.get(rule)! < this.order.get(first)!)) first = rule;
    }
    return { rule: first, perhaps: perhaps.sort((a, b) => this.order.get(a)! - this.order.get(b)!) };
  }
}

/**
 * The AuthorizationPolicies for the same pods.
 *
 * @internal
 */
export class PolicyCheck {
  /** Whether there is none. */
  public readonly isEmpty: boolean;
  private readonly custom: ActionRules;
  private readonly deny: ActionRules;
  private readonly allow: ActionRules;
  private readonly authorizers: ReadonlySet<string>;

  /**
   * Indexes policies.
   *
   * @param policies The enforced policies.
   * @param all All of them, those that are only tried out included.
   */
  constructor(policies: readonly AuthorizationPolicyView[], all: readonly AuthorizationPolicyView[] = policies) {
    const sorted = [...policies].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const rules = (action: PolicyAction) => new ActionRules(sorted.filter((policy) => policy.action === action));
    [this.custom, this.deny, this.allow] = [rules('CUSTOM'), rules('DENY'), rules('ALLOW')];
    this.authorizers = new Set(all.filter(({ action }) => action === 'CUSTOM').map(authorizerOf));
    this.isEmpty = [this.custom, this.deny, this.allow].every((each) => each.policies.length === 0);
  }

  /** What the policies decide: first those with an authorizer, then those that deny, then those that allow. */
  public decide(attributes: Attributes): readonly Branch[] {
    if (this.custom.policies.length + this.allow.policies.length === 0) return this.denied(attributes);
    const custom = this.custom.policies.length === 0 ? GOES_ON : this.authorized(attributes);
    return followedBy(custom, () => followedBy(this.denied(attributes), () => this.allowed(attributes)));
  }

  /** What each policy decides, for a trace. */
  public steps(attributes: Attributes): readonly Step[] {
    return [this.custom, this.deny, this.allow].flatMap((rules) => policySteps(rules, attributes));
  }

  private authorized(attributes: Attributes): readonly Branch[] {
    const { rule, perhaps } = this.custom.find(attributes);
    if (this.authorizers.size > 1) return refusals(perhaps, rule, attributes, severalAuthorizers);
    const asked = [...perhaps, ...rule === undefined ? [] : [rule]];
    if (asked.length === 0) return GOES_ON;
    const name = authorizerOf(asked[0].policy);
    const condition = `the authorizer ${JSON.stringify(name)} denies the request`;
    const denied = denial(asked[0], condition);
    if (rule !== undefined) return [{ condition, responder: denied }, { condition: `the authorizer ${JSON.stringify(name)} allows the request` }];
    return [{ condition: `${satisfies(perhaps, attributes)}, and ${condition}`, responder: denied }, { condition: 'otherwise' }];
  }

  private denied(attributes: Attributes): readonly Branch[] {
    if (this.deny.policies.length === 0) return GOES_ON;
    const { rule, perhaps } = this.deny.find(attributes);
    return refusals(perhaps, rule, attributes, (found) => denial(found, `${placeOf(found)} denies the request`));
  }

  private allowed(attributes: Attributes): readonly Branch[] {
    const { policies } = this.allow;
    if (policies.length === 0) return GOES_ON;
    const { rule, perhaps } = this.allow.find(attributes);
    if (rule !== undefined) return GOES_ON;
    const names = policies.map(({ object }) => String(object));
    const responder: ProxyResponder = {
      kind: 'denied',
      status: 403,
      reason: names.length === 1 ? `${names[0]} does not allow the request` : `none of ${names.join(', ')} allows the request`,
      place: { object: policies[0].object, field: ['spec', 'rules'] },
    };
    if (perhaps.length === 0) return [{ responder }];
    return [{ condition: satisfies(perhaps, attributes) }, { condition: 'otherwise', responder }];
  }
}

/** The names of rules in Envoy, by which it orders them. */
function keyOf({ object }: AuthorizationPolicyView): string {
  return `ns[${object.namespace}]-policy[${object.name}]`;
}

function authorizerOf({ object }: AuthorizationPolicyView): string {
  return stringOf(objectOf(object.spec.provider).name) ?? '';
}

/** Branches for rules that refuse a request: one for each that may, and one for the rule that certainly does, or for a request that goes on. */
function refusals(
  perhaps: readonly CompiledRule[], rule: CompiledRule | undefined, attributes: Attributes, refuse: (rule: CompiledRule) => ProxyResponder,
): readonly Branch[] {
  if (rule !== undefined) return [{ responder: refuse(rule) }];
  if (perhaps.length === 0) return GOES_ON;
  return [...perhaps.map((each) => ({ condition: satisfies([each], attributes), responder: refuse(each) })), { condition: 'otherwise' }];
}

function denial({ policy, rule }: CompiledRule, reason: string): ProxyResponder {
  return { kind: 'denied', status: 403, reason, place: { object: policy.object, field: rule.field } };
}

function severalAuthorizers(rule: CompiledRule): ProxyResponder {
  return denial(rule, `${placeOf(rule)} matches, and policies for these pods name several authorizers, so that Istio asks none of them and denies the request`);
}

function placeOf({ policy, rule }: CompiledRule): string {
  return `${showPath(rule.field)} of ${policy.object}`;
}

/** The condition that a request matches one of some rules. */
function satisfies(rules: readonly CompiledRule[], attributes: Attributes): string {
  const subjects = [...new Set(rules.flatMap((rule) => rule.unknowns(attributes)))];
  const places = rules.map(placeOf);
  return `the ${subjects.join(' and the ')} ${subjects.length === 1 ? 'matches' : 'match'} ${places.join(' or ')}`;
}
