import { IConstruct } from 'constructs';
import { Warnings } from '../../mesh/warnings';

/** A part of the policy in the manifest of a DestinationRule. */
interface WrittenPolicy {
  readonly loadBalancer?: WrittenLoadBalancer;
  readonly outlierDetection?: object;
}

interface WrittenLoadBalancer {
  readonly localityLbSetting?: WrittenLocality;
  readonly zoneAwareLbSetting?: WrittenLocality;
}

interface WrittenLocality {
  readonly enabled?: boolean;
  readonly distribute?: readonly unknown[];
  readonly failover?: readonly unknown[];
  readonly failoverPriority?: readonly unknown[];
}

interface WrittenTrafficPolicy extends WrittenPolicy {
  readonly portLevelSettings?: readonly (WrittenPolicy & { readonly port?: { readonly number?: number } })[];
}

/** The parts of a DestinationRule's spec about localities. */
export interface LocalitySpec {
  /** For the host. */
  readonly trafficPolicy?: WrittenTrafficPolicy;
  /** For its subsets. */
  readonly subsets?: readonly { readonly name: string; readonly trafficPolicy?: WrittenTrafficPolicy }[];
}

/** A load balancing setting without effect. */
interface Idle {
  /** The host, a subset or a port. */
  readonly whose: string;
  /** Name of the prop. */
  readonly field: string;
}

/**
 * Finds load balancing by locality that depends on failed pods, but has no outlier detection that detects them. A subset inherits fields
 * that it does not set from the host; the settings of a port inherit nothing.
 *
 * @param spec The spec of a DestinationRule.
 * @internal
 */
export function findIdleLocality({ trafficPolicy: host = {}, subsets = [] }: LocalitySpec): Idle[] {
  const policies = subsets.map(({ name, trafficPolicy = {} }) => ({ whose: `subset "${name}"`, policy: trafficPolicy }));
  const isDetectedInSubsets = policies.length > 0 && policies.every(({ policy }) => policy.outlierDetection !== undefined);
  return [
    ...isDetectedInSubsets ? [] : idleFields(host, 'the host'),
    ...idlePorts(host, 'the host'),
    ...policies.flatMap(({ whose, policy }) => [
      ...idleFields({ ...policy, outlierDetection: policy.outlierDetection ?? host.outlierDetection }, whose),
      ...idlePorts(policy, whose),
    ]),
  ];
}

function idlePorts({ portLevelSettings = [] }: WrittenTrafficPolicy, whose: string): Idle[] {
  return portLevelSettings.flatMap((settings) => idleFields(settings, `port ${settings.port?.number} of ${whose}`));
}

function idleFields({ loadBalancer = {}, outlierDetection }: WrittenPolicy, whose: string): Idle[] {
  if (outlierDetection !== undefined) return [];
  const { localityLbSetting: locality, zoneAwareLbSetting: zoneAware } = loadBalancer;
  return [
    ...isOn(locality) && lengthOf(locality?.distribute) === 0 ? [{ whose, field: 'locality' }] : [],
    ...isOn(zoneAware) && lengthOf(zoneAware?.failover) + lengthOf(zoneAware?.failoverPriority) > 0 ? [{ whose, field: 'zoneAware' }] : [],
  ];
}

function isOn(settings: WrittenLocality | undefined): boolean {
  return settings !== undefined && settings.enabled !== false;
}

function lengthOf(list: readonly unknown[] = []): number {
  return list.length;
}

/**
 * Adds a warning for each.
 *
 * @internal
 */
export function warnOfIdleLocality(at: IConstruct, spec: LocalitySpec): void {
  for (const { whose, field } of findIdleLocality(spec)) {
    Warnings._add(at, `loadBalancer.${field} of ${whose} without outlierDetection`, field === 'locality'
      ? 'Istio ignores it without detection of failed pods. Add outlierDetection to the same policy, or set distribute'
      : 'its failover has no effect without detection of failed pods. Add outlierDetection to the same policy');
  }
}
