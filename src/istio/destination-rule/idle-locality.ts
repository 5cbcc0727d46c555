import { IConstruct } from 'constructs';
import { Warnings } from '../../mesh/warnings';

/** A part of the policy of a DestinationRule, as it is written. */
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

/** What is written about localities. */
export interface LocalitySpec {
  /** For the host. */
  readonly trafficPolicy?: WrittenTrafficPolicy;
  /** For some of its pods. */
  readonly subsets?: readonly { readonly name: string; readonly trafficPolicy?: WrittenTrafficPolicy }[];
}

/** What load balancing waits for in vain: where it is written, and the field. */
interface Idle {
  /** The host, a subset or a port. */
  readonly whose: string;
  /** Name of the prop. */
  readonly field: string;
}

/**
 * Finds load balancing by locality that waits for pods to fail, where no outlier detection finds out which do. A subset takes over what it does
 * not write from the host; the settings of a port take over nothing.
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
 * Leaves a warning for each.
 *
 * @internal
 */
export function warnOfIdleLocality(at: IConstruct, spec: LocalitySpec): void {
  for (const { whose, field } of findIdleLocality(spec)) {
    Warnings._add(at, `loadBalancer.${field} of ${whose} without outlierDetection`, field === 'locality'
      ? 'Istio ignores it unless it finds out which pods fail: add outlierDetection to the same policy, or set distribute'
      : 'its failover waits for pods that fail, and nothing finds out which do: add outlierDetection to the same policy');
  }
}
