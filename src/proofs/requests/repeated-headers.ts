import { Reading } from './cube';
import { Cluster } from '../../cluster/cluster';
import { envoyOf } from '../../cluster/envoy-release';
import { enforcedPolicies, headerOf } from '../../cluster/policies';

/**
 * How requests that repeat headers are read. Where routes join the lines, they are one value like any other.
 *
 * @internal
 */
export function readingOfRepeated(cluster: Cluster): Reading {
  return envoyOf(cluster).routes === 'lines' ? 'repeated' : 'plain';
}

/**
 * Why nothing is proven about requests that repeat headers: policies and routes of the release compare them differently. Undefined if they do not.
 *
 * @internal
 */
export function repeatedDoubt(cluster: Cluster): string | undefined {
  const { envoy, routes, policies } = envoyOf(cluster);
  if (routes === policies || !cluster.derived(comparesHeaders)) return undefined;
  return `policies of Envoy ${envoy} compare the lines of a repeated header one by one, and routes do not`;
}

function comparesHeaders(cluster: Cluster): boolean {
  return cluster.derived(enforcedPolicies).some(({ rules }) => rules.some(({ when }) => when.some((condition) => headerOf(condition) !== undefined)));
}
