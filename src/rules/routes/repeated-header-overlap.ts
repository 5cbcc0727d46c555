import { core2RouteExample, selects } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { isJoinedByRoutes } from '../../cluster/joined-headers';
import { gatewayVirtualHosts, isKnownOrder, RouteRule, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';
import { FindingExample } from '../example';
import { Level } from '../level';
import { Proofs } from '../proofs';
import { Problem, Rule } from '../rule';

const METHODS = '/inference.GRPCInferenceService/';
const calls = (name: string, match: string) => core2RouteExample(`    - match: [{ uri: { prefix: ${METHODS} }, headers: ${match} }]
${selects(name)}`, { name });

/** Rules that are identified by different values of one header, which a client can send twice. */
export const repeatedHeaderOverlap: Rule = {
  id: 'repeated-header-overlap',
  level: Level.INFO,
  title: 'A request that repeats a header matches two rules',
  page: {
    explanation: `
Since Istio 1.31, Envoy compares each line of a repeated header by itself, except for a few headers such as \`accept\`. A client that sends a
header on two lines, with two values, satisfies two exact matches at once, and the first of the two rules answers. The finding is information:
this is harmless between models that a client may call anyway. Where a policy protects one of them, \`bypassed-by-repeated-header\` reports it
as an error.`,
    wrong: [calls('iris', '{ x-team: { exact: blue } }'), calls('wine', '{ x-team: { exact: red } }')].join('---\n'),
    right: [calls('iris', '{ x-team: { exact: blue } }'), calls('wine', '{ x-group: { exact: red } }')].join('---\n'),
  },
  check: (cluster: Cluster, _found, proofs: Proofs) => cluster.derived(gatewayVirtualHosts).flatMap((on) => overlapsOn(cluster, on, proofs)),
};

/** One finding for each host and header: a client that may repeat one header may repeat it for all rules. */
function overlapsOn(cluster: Cluster, on: VirtualHost, proofs: Proofs): Problem[] {
  const { host, gateway, rules } = on;
  const exact = rules.flatMap((rule) => [...rule.match.headers].flatMap(([name, condition]) => (
    condition !== 'present' && condition.kind === StringMatchKind.EXACT && !isJoinedByRoutes(cluster, name) ? [{ rule, name, value: condition.value }] : []
  )));
  return [...groupBy(exact, ({ name, rule }) => JSON.stringify([name, rule.match.path, otherHeaders(rule, name)])).values()].flatMap((group) => {
    const [first] = group;
    const other = group.find(({ value, rule }) => value !== first.value && isOther(rule, first.rule));
    if (other === undefined) return [];
    const example = exampleOf(first.rule, other.rule, on, proofs);
    return [{
      ...example === undefined ? {} : { example },
      object: first.rule.object,
      field: first.rule.field,
      related: [{ object: other.rule.object, field: other.rule.field }],
      problem: `on host "${host}" of gateway ${gateway}, a request with two lines of the header ${first.name}, "${first.value}" and "${other.value}", `
        + 'matches two rules',
      remedy: 'accept this if a client may call both backends. Otherwise use a different header for each rule',
    }];
  });
}

function exampleOf(first: RouteRule, second: RouteRule, on: VirtualHost, proofs: Proofs): FindingExample | undefined {
  const found = proofs()?.find([first.match, second.match], { rules: on.rules, length: on.rules.indexOf(first) }, on, 'repeated') ?? 'undecided';
  const example = found === 'undecided' || !('request' in found) ? undefined : proofs()?.example(found.request, first, second);
  if (example === undefined || isKnownOrder(first.virtualService, second.virtualService)) return example;
  return { ...example, ifFirst: String(first.virtualService) };
}

function isOther(a: RouteRule, b: RouteRule): boolean {
  return a.virtualService !== b.virtualService && a.backend !== b.backend;
}

function otherHeaders({ match }: RouteRule, name: string): unknown {
  return [[...match.headers].filter(([other]) => other !== name), [...match.withoutHeaders], [...match.queryParams], match.method];
}
