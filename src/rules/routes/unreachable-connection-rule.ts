import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, stringsOf } from '../../cluster/json';
import { latestObjects } from '../../cluster/latest-objects';
import { Level, Problem, Rule } from '../rule';

/**
 * Rules for TLS or TCP that no connection reaches.
 *
 * @internal
 */
export const unreachableConnectionRule: Rule = {
  id: 'unreachable-connection-rule',
  level: Level.ERROR,
  title: 'A rule for TLS or TCP that no connection reaches',
  codes: ['IST0130', 'IST0131'],
  page: {
    explanation: 'The first rule that matches a connection gets it. A rule for the same server names, or behind a rule for TCP without conditions, gets none. The '
      + 'finding is information if both rules have the same destinations.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: models, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  tls:
  - match: [{sniHosts: [models.example.com]}]
    route: [{destination: {host: iris, port: {number: 443}}}]
  - match: [{sniHosts: [models.example.com]}]
    route: [{destination: {host: wine, port: {number: 443}}}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: models, namespace: models}
spec:
  hosts: [models.example.com, wine.example.com]
  gateways: [istio-system/models]
  tls:
  - match: [{sniHosts: [models.example.com]}]
    route: [{destination: {host: iris, port: {number: 443}}}]
  - match: [{sniHosts: [wine.example.com]}]
    route: [{destination: {host: wine, port: {number: 443}}}]
`,
  },
  check: (cluster: Cluster) => latestObjects(cluster.all(ClusterKind.VIRTUAL_SERVICE)).flatMap((object) => [...hiddenIn(object, 'tls'), ...hiddenIn(object, 'tcp')]),
};

/** A match of a rule. */
interface ConnectionMatch {
  readonly field: FieldPath;
  readonly rule: JsonObject;
}

/** The matches that earlier rules contain: each of their server names, with the same conditions or none. */
function hiddenIn(object: ClusterObject, kind: 'tls' | 'tcp'): Problem[] {
  const known = new Map<string, ConnectionMatch>();
  return listOf(object.spec[kind]).flatMap((rule, i) => {
    if (!isObject(rule)) return [];
    const matches = listOf(rule.match).filter(isObject);
    const written = matches.length === 0 ? [{ match: {}, field: ['spec', kind, i] }] : matches.map((match, j) => ({ match, field: ['spec', kind, i, 'match', j] }));
    return written.flatMap(({ match, field }): Problem[] => {
      const keys = keysOf(match);
      const before = keys.map((key): ConnectionMatch | undefined => widerKeys(key).flatMap((wider) => known.get(wider) ?? [])[0]);
      for (const key of keys) if (!known.has(textOf(key))) known.set(textOf(key), { field, rule });
      if (before.includes(undefined)) return [];
      const hiding = before.find((each) => each?.rule !== rule);
      return hiding === undefined ? [] : [problemOf(object, field, rule, hiding)];
    });
  });
}

/** A server name, and the other conditions as text. */
interface MatchKey {
  readonly name: string;
  readonly conditions: readonly string[];
}

function keysOf({ sniHosts, ...others }: JsonObject): MatchKey[] {
  const conditions = Object.keys(others).sort().map((name) => `${name} ${JSON.stringify(others[name])}`);
  const names = stringsOf(sniHosts);
  return (names.length === 0 ? [''] : names).map((name) => ({ name: name.toLowerCase(), conditions }));
}

/** The keys of matches that contain another one: that with the same conditions, and that without any. */
function widerKeys({ name, conditions }: MatchKey): string[] {
  return [...new Set([textOf({ name, conditions: [] }), textOf({ name, conditions })])];
}

function textOf({ name, conditions }: MatchKey): string {
  return JSON.stringify([name, ...conditions]);
}

function problemOf(object: ClusterObject, field: FieldPath, rule: JsonObject, before: ConnectionMatch): Problem {
  const doesTheSame = canonical(rule.route ?? null) === canonical(before.rule.route ?? null);
  return {
    object,
    field,
    related: [{ object, field: before.field }],
    ...doesTheSame ? { level: Level.INFO } : {},
    problem: `no connection reaches the rule, since an earlier rule matches the same ones${doesTheSame ? ' and does the same' : ''}`,
    remedy: doesTheSame ? 'remove the rule' : 'give the rules different server names or ports, or put all destinations into one rule',
  };
}
