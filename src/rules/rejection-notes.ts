import { rejectedObjects } from './rejected-objects';
import { Answer, Place, Responder } from '../answers/answer';
import { Cluster } from '../cluster/cluster';
import { ClusterKind, ClusterObject } from '../cluster/cluster-object';
import { stringOf } from '../cluster/json';

/**
 * The objects that decide an answer and that the API server or Istio rejects, in sentences without the last full stop. The answer is as if they were
 * accepted, since a cluster keeps what it had before.
 *
 * @internal
 */
export function rejectionNotes(cluster: Cluster, answer: Answer): readonly string[] {
  const rejected = cluster.derived(problemsOfRejected);
  if (rejected.size === 0) return NONE;
  return [...decidingObjects(cluster, answer)].flatMap((object) => {
    const problem = rejected.get(object);
    return problem === undefined ? [] : [`${object.toString()} is rejected, and the answer is as if it were not: ${withoutEffect(problem, object)}`];
  });
}

const NONE: readonly string[] = [];

function problemsOfRejected(cluster: Cluster): ReadonlyMap<ClusterObject, string> {
  return new Map(rejectedObjects(cluster).filter(({ by }) => by !== 'by name').map(({ object, problem }) => [object, problem]));
}

/** The note itself tells the effect. */
function withoutEffect(problem: string, object: ClusterObject): string {
  const effect = ['Istio', 'the API server'].map((who) => `, so ${who} rejects ${object.toString()}`).find((each) => problem.endsWith(each));
  return effect === undefined ? problem : problem.slice(0, -effect.length);
}

function decidingObjects(cluster: Cluster, { cases, trace }: Answer): ReadonlySet<ClusterObject> {
  const places: readonly (Place | undefined)[] = [
    ...cases.flatMap(({ rule, mirrors }) => [rule, ...mirrors.map(({ place }) => place)]),
    ...cases.flatMap(({ outcomes }) => outcomes.map(({ responder }) => placeOf(responder))),
    ...trace.filter(({ matched }) => matched).map(({ place }) => place),
  ];
  const responders = cases.flatMap(({ outcomes, mirrors }) => [...outcomes, ...mirrors].map(({ responder }) => responder));
  return new Set([...places.flatMap((place) => place?.object ?? []), ...responders.flatMap((responder) => objectsBehind(cluster, responder))]);
}

function placeOf(responder: Responder): Place | undefined {
  return 'place' in responder ? responder.place : undefined;
}

/** The object of Seldon, or the DestinationRules of the host. */
function objectsBehind(cluster: Cluster, responder: Responder): readonly ClusterObject[] {
  switch (responder.kind) {
    case 'model': return [cluster.find(ClusterKind.MODEL, responder.namespace, responder.name) ?? []].flat();
    case 'pipeline': return [cluster.find(ClusterKind.PIPELINE, responder.namespace, responder.name) ?? []].flat();
    case 'predictor':
    case 'explainer': return [cluster.find(ClusterKind.SELDON_DEPLOYMENT, responder.namespace, responder.deployment!) ?? []].flat();
    case 'service':
    case 'external': return cluster.all(ClusterKind.DESTINATION_RULE)
      .filter(({ spec, namespace }) => cluster.fullHost(stringOf(spec.host) ?? '', namespace) === responder.host);
    default: return [];
  }
}
