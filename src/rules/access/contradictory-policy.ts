import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { authorizationPolicies, isNegative, PolicyPart, valuesOf } from '../../cluster/policies';
import { Level, Problem, Rule } from '../rule';

const allows = (operation: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: ${operation} }]
      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`);

/** A rule that requires and excludes the same values. */
export const contradictoryPolicy: Rule = {
  id: 'contradictory-policy',
  level: Level.WARNING,
  title: 'A rule requires values and excludes all of them',
  page: {
    explanation: `
A source, an operation or a condition matches if one of its values matches and none of the excluded ones does. If all required values are
excluded as well, no request matches.`,
    wrong: allows('{ methods: [GET], notMethods: [GET, HEAD] }'),
    right: allows('{ notMethods: [GET, HEAD] }'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(({ object, rules }) => (
    rules.flatMap(({ from, to, when }) => [...from, ...to, ...when].flatMap((part) => contradictionsOf(part).map((list): Problem => ({
      object,
      field: [...part.field, list],
      problem: `no request matches, since ${negationOf(list)} excludes all values of ${list}`,
      remedy: 'leave one of the two lists out',
    })))))),
};

function contradictionsOf(part: PolicyPart): string[] {
  return Object.keys(part.json).filter((list) => !isNegative(list)).filter((list) => {
    const [values, excluded] = [valuesOf(part, list), valuesOf(part, negationOf(list))];
    return values.length > 0 && excluded.length > 0 && (excluded.includes('*') || values.every((value) => excluded.includes(value)));
  });
}

function negationOf(list: string): string {
  return `not${list[0].toUpperCase()}${list.slice(1)}`;
}
