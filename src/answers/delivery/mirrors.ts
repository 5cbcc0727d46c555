import { FindDestination, wantedBy } from './arm';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { envoyOf } from '../../cluster/envoy-release';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf } from '../../cluster/json';
import { Place, Responder } from '../answer';
import { Destination } from '../destinations/destinations';
import { Fraction } from '../fraction';
import { Core1Predictors } from '../seldon/core1-predictors';

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
  /** Who receives them: the predictor of a SeldonDeployment, or who is at the destination. */
  readonly responder: Responder;
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
  const hasShadowHost = envoyOf(cluster).hasShadowHosts;
  return writtenMirrors(rule, field).flatMap(({ destination: named, share, field: place }) => {
    const wanted = wantedBy(cluster, object.namespace, named);
    if (wanted === undefined || share.isNone) return [];
    const destination = find(wanted);
    return [{ share, destination, responder: receiverAt(cluster, destination), place: { object, field: place }, hasShadowHost }];
  });
}

function receiverAt(cluster: Cluster, { responder }: Destination): Responder {
  return (responder.kind === 'service' ? Core1Predictors.of(cluster).find(responder.host) : undefined) ?? responder;
}

/**
 * A mirror as a rule names it.
 *
 * @internal
 */
export interface WrittenMirror {
  /** The destination. */
  readonly destination: unknown;
  /** The share of the requests that it gets. */
  readonly share: Fraction;
  /** Its field. */
  readonly field: FieldPath;
}

/**
 * The mirrors that a rule names.
 *
 * @param field The field of the rule.
 * @internal
 */
export function writtenMirrors(rule: JsonObject, field: FieldPath): readonly WrittenMirror[] {
  return [
    ...isObject(rule.mirror) ? [{ destination: rule.mirror, share: shareOf(rule.mirrorPercentage, rule.mirrorPercent), field: [...field, 'mirror'] }] : [],
    ...listOf(rule.mirrors).map((json, i) => ({
      destination: objectOf(json).destination, share: shareOf(objectOf(json).percentage, undefined), field: [...field, 'mirrors', i],
    })),
  ];
}

function shareOf(percentage: unknown, percent: unknown): Fraction {
  if (isObject(percentage)) return Fraction.ofPercentage(numberOf(percentage.value) ?? 0);
  return typeof percent === 'number' ? Fraction.of(Math.min(Math.max(percent, 0), 100), 100) : Fraction.ALL;
}
