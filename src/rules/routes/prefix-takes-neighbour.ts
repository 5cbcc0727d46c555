import { core2RouteExample, modelExample, selects } from './core2-route-example';
import { isTakenEarlier } from './earlier-rules';
import { takenRequest } from './taken-request';
import { Cluster } from '../../cluster/cluster';
import { modelNames } from '../../cluster/model-names';
import { destinationsOf } from '../../cluster/routing/backends';
import { core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { ANY_REQUEST } from '../../cluster/routing/request-match';
import { StringMatchKind } from '../../plan/string-match';
import { Level } from '../level';
import { Proofs } from '../proofs';
import { Problem, Rule } from '../rule';

/** A prefix that also matches the paths of models whose names begin alike. */
export const prefixTakesNeighbour: Rule = {
  id: 'prefix-takes-neighbour',
  level: Level.WARNING,
  title: 'A path prefix also matches other models',
  page: {
    explanation: `
A prefix without a slash at its end matches all paths that begin with it: \`/v2/models/iris\` also matches \`/v2/models/iris-large/infer\`. The
finding is a warning if a Model with such a name exists in the namespace and no earlier rule of the VirtualService takes its requests, and
information otherwise. A route of that Model on the same host is reported as \`overlapping-endpoints\`.`,
    wrong: [modelExample('iris'), modelExample('iris-large'), core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris } }]
${selects('iris')}`)].join('---\n'),
    right: [modelExample('iris'), modelExample('iris-large'), core2RouteExample(`    - match:
        - uri: { exact: /v2/models/iris }
        - uri: { prefix: /v2/models/iris/ }
${selects('iris')}`)].join('---\n'),
  },
  check: (cluster: Cluster, _found, proofs: Proofs) => cluster.derived(core2Routes).flatMap((route) => problemsOf(cluster, route, proofs)),
};

const NAME_AT_END = /^\/v2\/(?:models|pipelines)\/([^/]+)$/;

function problemsOf(cluster: Cluster, { object, matches, rule, ruleField, namespace, model }: Core2Route, proofs: Proofs): Problem[] {
  if (model === undefined) return [];
  const own = destinationsOf(cluster, object.namespace, rule).map((destination) => destination.model);
  return matches.flatMap(({ field, match: { path } }): Problem[] => {
    const name = path?.kind === StringMatchKind.PREFIX ? NAME_AT_END.exec(path.value)?.[1] : undefined;
    if (path === undefined || name === undefined) return [];
    const pathOf = (each: string) => path.value.replace(/[^/]+$/, `${each}/infer`);
    const isReached = (each: string) => !isTakenEarlier(cluster, object, Number(ruleField[2]), pathOf(each));
    const neighbour = neighboursOf(cluster, namespace, name).find((each) => !own.includes(each) && isReached(each));
    const remedy = `match exact "${path.value}" and prefix "${path.value}/" instead`;
    if (neighbour === undefined) {
      const problem = `prefix "${path.value}" also matches the paths of models whose names begin with "${name}", such as "${path.value}-2/infer"`;
      return [{ object, field, level: Level.INFO, problem, remedy }];
    }
    const conditions = { ...ANY_REQUEST, path: { kind: StringMatchKind.EXACT, value: pathOf(neighbour), ignoreCase: false } };
    const example = takenRequest(cluster, proofs, { object, field, conditions, intended: `Model ${namespace}/${neighbour}` });
    return [{
      object,
      field,
      problem: `prefix "${path.value}" also matches requests for Model "${neighbour}", which then reach "${model}"`,
      remedy,
      ...example === undefined ? {} : { example },
    }];
  });
}

/** The Models whose names begin with that of another one. Names are sorted, so they are next to it. */
function neighboursOf(cluster: Cluster, namespace: string, name: string): string[] {
  const names = cluster.derived(modelNames).get(namespace) ?? [];
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (names[middle] <= name) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let i = low; i < names.length && names[i].startsWith(name); i++) found.push(names[i]);
  return found;
}
