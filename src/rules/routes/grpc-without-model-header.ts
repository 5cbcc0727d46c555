import { core2RouteExample, modelExample, selects } from './core2-route-example';
import { takenRequest } from './taken-request';
import { Cluster } from '../../cluster/cluster';
import { stringsOf } from '../../cluster/json';
import { modelNames } from '../../cluster/model-names';
import { core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { ANY_REQUEST, MatchConditions } from '../../cluster/routing/request-match';
import { matchesOverlap } from '../../plan/conflicts/overlap';
import { MODEL_HEADER } from '../../plan/core2-service';
import { groupBy } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';
import { Level } from '../level';
import { Proofs } from '../proofs';
import { Problem, Rule } from '../rule';

const METHODS = '/inference.GRPCInferenceService/';

/** A rule for gRPC calls that sends the calls for all models to one. */
export const grpcWithoutModelHeader: Rule = {
  id: 'grpc-without-model-header',
  level: Level.WARNING,
  title: 'A gRPC rule matches the calls for all models',
  page: {
    explanation: `
The path of a gRPC call names the service and the method, not the model. A rule that matches only the path answers the calls for every
model on the host, whatever \`seldon-model\` the client sends. The finding is a warning if the namespace has other models, and information
otherwise, or if all hosts have the name of the model, such as \`iris.example.com\`. A gRPC rule for another model on the same host is reported
as \`overlapping-endpoints\`.`,
    wrong: [
      modelExample('iris'), modelExample('wine'), core2RouteExample(`    - match: [{ uri: { prefix: ${METHODS} } }]
${selects('iris')}`),
    ].join('---\n'),
    right: [
      modelExample('iris'), modelExample('wine'), core2RouteExample(`    - match: [{ uri: { prefix: ${METHODS} }, headers: { seldon-model: { exact: iris } } }]
${selects('iris')}`),
    ].join('---\n'),
  },
  check: (cluster: Cluster, _found, proofs: Proofs) => [...groupBy(cluster.derived(core2Routes), ({ rule }) => rule).values()]
    .flatMap((routes) => problemsOf(cluster, routes, proofs)),
};

/** Finds the problem of one HTTP rule, with its routes. */
function problemsOf(cluster: Cluster, routes: readonly Core2Route[], proofs: Proofs): Problem[] {
  const [route] = routes;
  const { object, namespace, model } = route;
  const own = routes.map((each) => each.model);
  const found = route.matches.find(({ match }) => isForAllCalls(match));
  if (model === undefined || found === undefined) return [];
  const others = cluster.derived(modelNames).get(namespace)?.filter((name) => !own.includes(name)) ?? [];
  const problem = `all gRPC calls reach "${model}", whichever model the client names in ${MODEL_HEADER}`;
  const remedy = `add the header to the match, as in headers: { ${MODEL_HEADER}: { exact: ${model} } }, or give the model its own host`;
  if (others.length === 0 || areNamedAfter(model, stringsOf(object.spec.hosts))) {
    return [{ object, field: found.field, level: Level.INFO, problem, remedy }];
  }
  const conditions = { ...ANY_REQUEST, headers: new Map([[MODEL_HEADER, { kind: StringMatchKind.EXACT, value: others[0] }]]) };
  const example = takenRequest(cluster, proofs, { object, field: found.field, conditions, intended: `Model ${namespace}/${others[0]}` });
  return [{ object, field: found.field, problem: `${problem}, such as "${others[0]}"`, remedy, ...example === undefined ? {} : { example } }];
}

/** Whether clients call all hosts for one model: a label of each is its name. */
function areNamedAfter(model: string, hosts: readonly string[]): boolean {
  const [name] = model.split('.');
  return hosts.length > 0 && hosts.every((host) => host.split('.').includes(name));
}

/** Only exact values of a header name a model. An expression may be meant for several. */
function isForAllCalls({ path, headers }: MatchConditions): boolean {
  return path !== undefined && path.value.includes('GRPCInferenceService') && !headers.has(MODEL_HEADER)
    && matchesOverlap(path, { kind: StringMatchKind.PREFIX, value: METHODS });
}
