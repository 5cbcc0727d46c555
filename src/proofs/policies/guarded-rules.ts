import { Clause, Clauses } from './clause';
import { clausesOf, GatewaySetting } from './policy-clauses';
import { canonical } from '../../cluster/canonical';
import { AuthorizationPolicyView } from '../../cluster/policies';
import { constantRule, Rule } from '../rules/rule';

/** More rules than these are not combined with policies. */
const MAX_RULES = 20_000;

/**
 * The rules of a host together with the policies of its gateway, as one list of which the first one that matches counts: those that deny, the
 * rules for all allowed requests, and one that denies the rest.
 *
 * @param policies The policies in force.
 * @returns why they cannot be combined, if so.
 * @internal
 */
export function guardedRules(
  rules: readonly Rule[], policies: readonly AuthorizationPolicyView[], setting: GatewaySetting,
): readonly Rule[] | { readonly undecided: string } {
  const of = (action: string) => policies.filter((policy) => policy.action === action);
  const deny = clausesIn(of('DENY'), setting);
  if ('undecided' in deny) return deny;
  const denying = deny.map((clause) => denied('denied', clause));
  const allow = of('ALLOW');
  if (allow.length === 0) return [...denying, ...rules];
  const allowed = clausesIn(allow, setting);
  if ('undecided' in allowed) return allowed;
  if (allowed.length * rules.length > MAX_RULES) return { undecided: 'there are too many combinations of rules and policies' };
  const all = [...rules, constantRule('no rule')];
  return [...denying, ...all.flatMap((rule) => allowed.map((clause) => guarded(rule, clause))), DENIED];
}

/** What denies all other requests. */
const DENIED: Rule = { ...constantRule('not allowed'), denial: 'otherwise' };

function clausesIn(policies: readonly AuthorizationPolicyView[], setting: GatewaySetting): Clauses {
  const all: Clause[] = [];
  for (const clauses of policies.flatMap(({ rules }) => rules.map((rule) => clausesOf(rule, setting)))) {
    if ('undecided' in clauses) return clauses;
    all.push(...clauses);
  }
  const unique = [...new Map(all.map((clause) => [clauseKey(clause), clause])).values()];
  // One that always holds makes the others needless.
  return unique.find(({ paths, literals }) => paths.length + literals.length === 0) === undefined ? unique : [{ paths: [], literals: [] }];
}

function denied(text: string, clause: Clause): Rule {
  return { ...guarded(constantRule(text), clause), denial: 'always' };
}

function guarded(rule: Rule, clause: Clause): Rule {
  const { paths, literals } = clause;
  if (paths.length + literals.length === 0) return rule;
  const own = rule.path === undefined ? paths.find(({ test, isPositive }) => isPositive && test.kind !== 'regex') : undefined;
  const { conditions } = rule;
  return {
    ...rule,
    key: `${rule.key} if ${clauseKey(clause)}`,
    match: `${rule.match} if ${clauseKey(clause)}`,
    path: rule.path ?? own?.test,
    morePaths: paths.filter((path) => path !== own),
    isCatchAll: false,
    conditions: { ...conditions, literals: [...literals, ...conditions.literals] },
  };
}

function clauseKey({ paths, literals }: Clause): string {
  return canonical([
    paths.map(({ test, isPositive }) => `${isPositive} ${test.key}`).sort(), literals.map(({ field, test, isPositive }) => `${field.key} ${isPositive} ${test.key}`).sort(),
  ]);
}
