import { core2RouteExample, selects } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { StringMatchKind } from '../../plan/string-match';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const KINDS = [StringMatchKind.EXACT, StringMatchKind.PREFIX] as const;

/** A match on a host with a wildcard, which Envoy compares as a character. */
export const impossibleAuthority: Rule = {
  id: 'impossible-authority',
  level: Level.ERROR,
  title: 'A "*" in the authority of a match is not a wildcard',
  page: {
    explanation: `
Envoy compares the \`authority\` of a match with the host that the client sends, character by character. Unlike in \`hosts\`, a \`*\` is no wildcard there,
and no host contains one, so a rule with \`authority: { exact: "*.example.com" }\` gets no requests. A regular expression matches several hosts. The
client may send the port with the host.`,
    wrong: core2RouteExample(`    - match: [{ authority: { exact: '*.example.com' }, uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`, { hosts: "['*.example.com']" }),
    right: core2RouteExample(`    - match: [{ authority: { regex: '.+[.]example[.]com(:[0-9]+)?' }, uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`, { hosts: "['*.example.com']" }),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => listOf(object.spec.http).flatMap((rule, i) => (
    listOf(objectOf(rule).match).flatMap((match, j) => problemsAt(object, i, j, objectOf(match).authority))
  ))),
};

function problemsAt(object: ClusterObject, i: number, j: number, authority: unknown): Problem[] {
  if (!isObject(authority)) return [];
  return KINDS.flatMap((kind) => {
    const host = stringOf(authority[kind]);
    if (host?.includes('*') !== true) return [];
    return [{
      object,
      field: ['spec', 'http', i, 'match', j, 'authority', kind],
      problem: `no request matches authority ${kind} ${show(host)}, since its "*" is compared as a character`,
      remedy: `use a regular expression such as ${show(expressionFor(host, kind))}, or list the host in spec.hosts of a VirtualService for this rule`,
    }];
  });
}

function expressionFor(host: string, kind: StringMatchKind): string {
  const escaped = host.replaceAll('.', '[.]').replaceAll('*', '.+');
  return kind === StringMatchKind.PREFIX ? `${escaped}.*` : `${escaped}(:[0-9]+)?`;
}
