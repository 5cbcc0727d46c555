import { clusterOf } from './cluster';
import { Rule } from '../../src/rules/rule';
import { findingsOf } from '../../src/rules/run';

/** What the examples of a rule's page yield: whether the wrong one has a finding of the rule, and the findings of the right one. */
export function pageOf(rule: Rule, rules: readonly Rule[] = [rule]): { readonly wrong: boolean; readonly right: readonly string[] } {
  return {
    wrong: findingsOf(clusterOf(rule.page.wrong), [rule]).length > 0,
    right: findingsOf(clusterOf(rule.page.right), rules).map(({ rule: id, problem }) => `${id}: ${problem}`),
  };
}
