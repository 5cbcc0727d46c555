import { core2RouteExample, selects } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { isObject, listOf, stringOf } from '../../cluster/json';
import { whyImpossible } from '../../cluster/routing/normal-paths';
import { StringMatchKind } from '../../plan/string-match';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const KINDS = Object.values(StringMatchKind);

/** A match on a path that Envoy normalizes before it compares. */
export const impossiblePath: Rule = {
  id: 'impossible-path',
  level: Level.ERROR,
  title: 'A path that no request has',
  page: {
    explanation: `
Envoy normalizes the path of a request before it compares: it resolves \`.\` and \`..\`, decodes escapes of letters, digits and \`-._~\`, and
leaves out the query. A rule for any other form of a path matches no request, and so does an expression that needs a \`?\`.`,
    wrong: core2RouteExample(`    - match: [{ uri: { exact: '/v2/models/iris/infer?raw=true' } }]
${selects('iris')}`),
    right: core2RouteExample(`    - match: [{ uri: { exact: /v2/models/iris/infer }, queryParams: { raw: { exact: 'true' } } }]
${selects('iris')}`),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    for (const object of cluster.all(ClusterKind.VIRTUAL_SERVICE)) {
      for (const [i, rule] of listOf(object.spec.http).entries()) {
        if (!isObject(rule)) continue;
        for (const [j, match] of listOf(rule.match).entries()) {
          if (!isObject(match) || !isObject(match.uri)) continue;
          for (const kind of KINDS) {
            const path = stringOf(match.uri[kind]);
            const why = path === undefined ? undefined : whyImpossible(path, kind);
            if (why === undefined) continue;
            yield {
              object,
              field: ['spec', 'http', i, 'match', j, 'uri', kind],
              problem: `no request matches ${kind} "${path}", since ${why.reason}`,
              remedy: why.remedy,
            };
          }
        }
      }
    }
  },
};
