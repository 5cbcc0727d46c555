import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { AuthorizationPolicyView, authorizationPolicies, ListedValue, listedValues } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

const denies = (path: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: ["${path}"] } }]
      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`);

const SOURCES = ['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals'];
const OPERATIONS = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];

/** Attributes whose conditions are compared as strings. Those of others are rejected or are expressions. */
const TEXTS = /^(request\.|source\.principal$|connection\.sni$)/;

/** A `*` that Istio compares as a character. */
export const literalWildcard: Rule = {
  id: 'literal-wildcard',
  level: Level.ERROR,
  title: 'A "*" in the middle of a value is not a wildcard',
  page: {
    explanation: `
Istio reads a \`*\` as a wildcard only at the start or at the end of a value, and only one of them: \`/v2/*\` is a prefix and \`*/infer\` a
suffix. In any other position it is a literal character, which requests do not have. For a path, a template such as
\`/v2/models/{*}/infer\` matches one segment, since Istio 1.22.`,
    wrong: denies('/v2/models/*/infer'),
    right: denies('/v2/models/{*}/infer'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap((policy) => problemsOf(policy)),
};

function problemsOf({ object, rules }: AuthorizationPolicyView): Problem[] {
  return rules.flatMap(({ from, to, when }) => {
    const certain = [...from.flatMap((source) => listedValues(source, SOURCES)), ...to.flatMap((operation) => listedValues(operation, OPERATIONS))];
    const possible = when.filter(({ key }) => TEXTS.test(key)).flatMap((condition) => listedValues(condition, ['values', 'notValues']));
    return [
      ...certain.filter(isLiteral).map((listed) => problemOf(object, listed)),
      // A header or a claim may really contain the character.
      ...possible.filter(isLiteral).map((listed): Problem => ({ ...problemOf(object, listed), level: Level.WARNING })),
    ];
  });
}

function isLiteral({ value, list }: ListedValue): boolean {
  if (list.toLowerCase().endsWith('paths') && /[{}]/.test(value)) return false;
  return value !== '*' && withoutWildcard(value).includes('*');
}

/** Istio looks at the start first, and then does not look at the end. */
function withoutWildcard(value: string): string {
  if (value.startsWith('*')) return value.slice(1);
  return value.endsWith('*') ? value.slice(0, -1) : value;
}

function problemOf(object: AuthorizationPolicyView['object'], { value, list, field }: ListedValue): Problem {
  const isPath = list.toLowerCase().endsWith('paths') && value.startsWith('/');
  const template = value.split('/').map((segment) => (segment.includes('*') ? '{*}' : segment)).join('/');
  return {
    object,
    field,
    problem: `${show(value)} contains a "*" that Istio compares as a character, so it does not match what it seems to`,
    remedy: isPath ? `use "*" only once, at the start or the end, or a template such as ${show(template)} with Istio 1.22 or newer`
      : 'use "*" only once, at the start or the end, or list the values',
  };
}
