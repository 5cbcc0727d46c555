import { ClusterKind } from './cluster-object';
import { isNearMiss } from '../plan/checks/near-miss';
import { computeIfAbsent } from '../plan/groups';

const OWN_GROUP = /\.(?:istio|seldon)\.io$/;
const CORE = 'core';

/** The kinds of Istio and of Seldon by API group. */
const KINDS = new Map<string, string[]>([['networking.istio.io', ['ProxyConfig']]]);
for (const type of Object.values(ClusterKind)) {
  const [group, kind] = type.split('/');
  if (OWN_GROUP.test(group)) computeIfAbsent(KINDS, group, () => []).push(kind);
}

/**
 * The API group and kind that were most likely meant by a group and a kind that do not exist.
 *
 * @param type API group and kind, as `kindOf` returns them.
 * @returns undefined if they exist, or may exist.
 * @internal
 */
export function meantType(type: string): string | undefined {
  const slash = type.indexOf('/');
  const [group, kind] = [type.slice(0, slash), type.slice(slash + 1)];
  const own = KINDS.get(group);
  if ((own === undefined && group !== CORE) || own?.includes(kind) === true) return undefined;
  const near = own?.find((each) => isNearMiss(kind, each));
  const holder = near === undefined ? [...KINDS].find(([, kinds]) => kinds.includes(kind))?.[0] : group;
  return holder === undefined ? undefined : `${holder}/${near ?? kind}`;
}
