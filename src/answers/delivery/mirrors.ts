import { FindDestination, wantedBy } from './arm';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { envoyOf } from '../../cluster/envoy-release';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf } from '../../cluster/json';
import { Place } from '../answer';
import { Destination } from '../destinations/destinations';
import { Fraction } from '../fraction';

/**
 * A mirror of a rule.
 *
 * @internal
 */
export interface RuleMirror {
  /** The share of the requests that it gets. */
  readonly share: Fraction;
  /** Where they arrive. */
  readonly destination: Destination;
  /** What mirrors them. */
  readonly place: Place;
  /** Whether its requests get another host. */
  readonly hasShadowHost: boolean;
}

/**
 * The mirrors of a rule that get requests. Without a percentage they get all.
 *
 * @param field The field of the rule.
 * @internal
 */
export function mirrorsOf(cluster: Cluster, object: ClusterObject, field: FieldPath, rule: JsonObject, find: FindDestination): readonly RuleMirror[] {
  const written = [
    ...isObject(rule.mirror) ? [{ destination: rule.mirror, share: shareOf(rule.mirrorPercentage, rule.mirrorPercent), field: [...field, 'mirror'] }] : [],
    ...listOf(rule.mirrors).map((json, i) => ({
      destination: objectOf(json).destination, share: shareOf(objectOf(json).percentage, undefined), field: [...field, 'mirrors', i],
    })),
  ];
  const hasShadowHost = envoyOf(cluster).hasShadowHosts;
  return written.flatMap(({ destination, share, field: place }) => {
    const wanted = wantedBy(cluster, object.namespace, destination);
    return wanted === undefined || share.isNone ? [] : [{ share, destination: find(wanted), place: { object, field: place }, hasShadowHost }];
  });
}

function shareOf(percentage: unknown, percent: unknown): Fraction {
  if (isObject(percentage)) return Fraction.ofPercentage(numberOf(percentage.value) ?? 0);
  return typeof percent === 'number' ? Fraction.of(Math.min(Math.max(percent, 0), 100), 100) : Fraction.ALL;
}
