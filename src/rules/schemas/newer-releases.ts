import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';

/** The newest releases whose fields the table of schemas has. */
const NEWEST = { istio: [1, 32], seldon: [2, 10] } as const;

/**
 * Whether an object is for a release, by the configuration, whose fields are not all known here.
 *
 * @internal
 */
export function isForNewerRelease({ settings }: Cluster, { type }: ClusterObject): boolean {
  if (/^[a-z]+\.istio\.io\//.test(type)) return isNewer(settings.istioVersion, NEWEST.istio);
  return type.startsWith('mlops.seldon.io/') && isNewer(settings.seldonVersion, NEWEST.seldon);
}

function isNewer(release: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const [, ofMajor, ofMinor] = /^v?(\d+)\.(\d+)/.exec(release ?? '') ?? [];
  if (ofMajor === undefined) return false;
  return Number(ofMajor) === major ? Number(ofMinor) > minor : Number(ofMajor) > major;
}
