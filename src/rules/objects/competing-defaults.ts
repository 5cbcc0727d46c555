import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { objectOf, stringOf } from '../../cluster/json';
import { latestObjects } from '../../cluster/latest-objects';
import { groupBy } from '../../plan/groups';
import { podsKey, PodSelector } from '../../plan/pod-selectors';
import { Level, Problem, Rule } from '../rule';

/** The kinds of which Istio uses one object for the same pods, and the field that selects these. */
const KINDS: readonly (readonly [kind: ClusterKind, selector: string, labels: string])[] = [
  [ClusterKind.PEER_AUTHENTICATION, 'selector', 'matchLabels'],
  [ClusterKind.SIDECAR, 'workloadSelector', 'labels'],
  [ClusterKind.TELEMETRY, 'selector', 'matchLabels'],
];

/**
 * Several objects for the same pods, of which Istio uses only the oldest.
 *
 * @internal
 */
export const competingDefaults: Rule = {
  id: 'competing-defaults',
  level: Level.WARNING,
  title: 'Istio uses only one of several objects for the same pods',
  codes: ['IST0110', 'IST0111', 'IST0159', 'IST0160', 'KIA0002', 'KIA0003'],
  page: {
    explanation: 'Istio does not merge two Sidecar, Telemetry or PeerAuthentication objects with the same selector in one namespace, or two without a '
      + 'selector. It uses the one that was created first, and ignores the others.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: models}
spec:
  egress: [{hosts: ['./*', 'istio-system/*']}]
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: stores, namespace: models}
spec:
  egress: [{hosts: ['stores/*']}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: models}
spec:
  egress: [{hosts: ['./*', 'istio-system/*', 'stores/*']}]
`,
  },
  check: (cluster: Cluster) => KINDS.flatMap(([kind, selector, labels]) => {
    const selecting = latestObjects(cluster.all(kind)).filter(({ spec }) => spec.targetRef === undefined && spec.targetRefs === undefined);
    return [...groupBy(selecting, (object) => `${object.namespace} ${podsKey(selectorOf(object, selector, labels))}`).values()].flatMap(compare);
  }),
};

function selectorOf({ spec }: ClusterObject, selector: string, labels: string): PodSelector {
  const written = objectOf(objectOf(spec[selector])[labels]);
  return Object.fromEntries(Object.entries(written).filter((entry): entry is [string, string] => stringOf(entry[1]) !== undefined));
}

function compare(objects: readonly ClusterObject[]): Problem[] {
  const [first, ...others] = [...objects].sort((a, b) => (a.created ?? 0) - (b.created ?? 0));
  return others.filter((object) => canonical(object.spec) !== canonical(first.spec)).map((object) => {
    const isKnown = object.created !== undefined && first.created !== undefined;
    return {
      object,
      related: [{ object: first }],
      problem: isKnown ? `${object} has no effect, since ${first} is for the same pods and older`
        : `${object} and ${first} are for the same pods, and Istio uses only the older one`,
      remedy: 'put the settings into one object, or give them different selectors',
    };
  });
}
