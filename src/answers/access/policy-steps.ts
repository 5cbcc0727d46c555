import { Attributes } from './attributes';
import { CompiledRule } from './compiled-rule';
import { showPath } from '../../cluster/json';
import { AuthorizationPolicyView } from '../../cluster/policies';
import { groupBy } from '../../plan/groups';
import { Step } from '../answer';

/** More policies than these are only counted. */
const MAX_SHOWN = 5;

/** The policies with one action, and the rules that a request may match. */
interface Rules {
  readonly policies: readonly AuthorizationPolicyView[];
  readonly byPolicy: ReadonlyMap<AuthorizationPolicyView, readonly CompiledRule[]>;
  candidates(attributes: Attributes): readonly CompiledRule[];
}

/**
 * What the policies with one action decide, for a trace: those with rules that the request may match first.
 *
 * @internal
 */
export function policySteps(rules: Rules, attributes: Attributes): readonly Step[] {
  const { policies } = rules;
  const tried = groupBy(rules.candidates(attributes), ({ policy }) => policy);
  const shown = [...matchingFirst(tried, attributes), ...policies.slice(0, MAX_SHOWN).filter((policy) => !tried.has(policy))].slice(0, MAX_SHOWN);
  const more = policies.length - shown.length;
  return [
    ...shown.map((policy) => stepOf(policy, tried.get(policy) ?? rules.byPolicy.get(policy) ?? [], attributes)),
    ...more > 0 ? [{ stage: 'policy', matched: false, text: `${more} more ${shown[0].action} policies have no rule for such a request` } as const] : [],
  ];
}

/** Those that match are shown, however many do not. */
function matchingFirst(
  tried: ReadonlyMap<AuthorizationPolicyView, readonly CompiledRule[]>, attributes: Attributes,
): readonly AuthorizationPolicyView[] {
  if (tried.size <= MAX_SHOWN) return [...tried.keys()];
  const matches = new Map([...tried].map(([policy, rules]) => [policy, rules.some((rule) => rule.test(attributes) === true)]));
  return [...tried.keys()].sort((a, b) => Number(matches.get(b)) - Number(matches.get(a)));
}

function stepOf(policy: AuthorizationPolicyView, rules: readonly CompiledRule[], attributes: Attributes): Step {
  const { object, action } = policy;
  const step = (matched: boolean, text: string, field = ['spec'] as readonly (string | number)[]): Step => (
    { stage: 'policy', matched, text: `${action}: ${text}`, place: { object, field } }
  );
  if (rules.length === 0) return step(false, 'the policy has no rules, so it matches no request');
  const match = rules.find((rule) => rule.test(attributes) === true);
  if (match !== undefined) return step(true, `${showPath(match.rule.field)} matches`, match.rule.field);
  const open = rules.find((rule) => rule.test(attributes) === undefined);
  if (open !== undefined) return step(false, `${showPath(open.rule.field)} depends on the ${open.unknowns(attributes).join(' and the ')}`, open.rule.field);
  const misses = rules.slice(0, MAX_SHOWN).map((rule) => ({ rule, texts: rule.misses(attributes) }));
  const nearest = misses.reduce((a, b) => (b.texts.length < a.texts.length ? b : a));
  return step(false, `${showPath(nearest.rule.rule.field)} does not match, since ${nearest.texts.join(', and ')}`, nearest.rule.rule.field);
}
