import { takenByArms } from './arm-conflicts';
import { Overlap, Conflict, hostConflicts, HiddenHost, ordered, requestConflicts } from './conflict-texts';
import { RouteEntry, isCatchAll, MESH } from './route-entry';
import { computeIfAbsent, groupBy } from '../groups';
import { acceptsEverything, foundByMethods, isSearch, mayBeCall, servicesOf } from './grpc-conflicts';
import { widerHosts } from '../hosts';
import { matchesOverlap } from './overlap';
import { RequestProtocol } from '../request-match';
import { sharedRequests } from './shared-requests';

/**
 * Finds endpoints that take requests from each other, in one pass over the claims: every claim is looked up by host,
 * headers and path, and never compared with all the others.
 *
 * Two claims conflict when one request can satisfy both and a client could have meant it for either. Requests that are
 * told apart by different headers never conflict: a client sends those of the endpoint that it wants.
 *
 * Whether there is a conflict does not depend on the order of the claims, but which claims show it does: so they are looked at once more
 * in a fixed order when there is one.
 *
 * @internal
 */
export function findRouteConflicts(entries: readonly RouteEntry[]): Conflict[] {
  const { requests, hosts } = overlapsOf(entries);
  if (requests.length + hosts.length === 0) return [];
  const inOrder = overlapsOf(ordered(entries));
  return [...hostConflicts(inOrder.hosts), ...requestConflicts(inOrder.requests)];
}

function overlapsOf(entries: readonly RouteEntry[]): { readonly requests: Overlap[]; readonly hosts: HiddenHost[] } {
  const found = { requests: [] as Overlap[], hosts: [] as HiddenHost[] };
  const listeners = groupBy(entries, (entry) => entry.listener);
  for (const onListener of listeners.values()) {
    const hosts = groupBy(onListener, (entry) => entry.host);
    const plans = new Map([...hosts].map(([host, onHost]) => [host, firstOfPlans(onHost)]));
    for (const [host, onHost] of hosts) {
      for (const hidden of hiddenHosts(host, onHost, plans)) found.hosts.push(hidden);
      for (const overlap of sharedOnHost(host, onHost)) found.requests.push(overlap);
    }
  }
  return found;
}

function sharedOnHost(host: string, onHost: readonly RouteEntry[]): Overlap[] {
  const entries = onHost.filter(({ selectsArm, underConditions }) => selectsArm !== true && underConditions !== true);
  const arms = onHost.filter(({ selectsArm }) => selectsArm === true);
  const conditional = onHost.filter(({ underConditions }) => underConditions === true);
  const pages = entries.filter(isCatchAll);
  const others = pages.length === 0 ? entries : entries.filter((entry) => !isCatchAll(entry));
  const rest = others.filter(({ protocol }) => protocol !== RequestProtocol.GRPC);
  const services = servicesOf(others);
  const calls = others.filter(({ protocol, path }) => mayBeCall(path)
    && (protocol === RequestProtocol.GRPC || services.some((service) => matchesOverlap(path, service))));
  return [
    // Nothing is left of a host that some other endpoint has for itself.
    ...pages.length === 0 ? [] : sharedRequests(host, [...pages, ...others.filter(acceptsEverything)]),
    ...sharedRequests(host, rest, others.filter(({ protocol, path }) => protocol === RequestProtocol.GRPC && !isSearch(path))),
    ...sharedRequests(host, calls),
    ...foundByMethods(host, rest, others),
    ...takenByArms(host, arms, [...others, ...conditional]),
  ];
}

/**
 * Envoy looks only under the narrowest host that fits, so a narrower one hides every endpoint of a wider one, apart from
 * those of plans that are on both.
 */
function hiddenHosts(host: string, onHost: readonly RouteEntry[], plans: Map<string, Map<object, RouteEntry>>): HiddenHost[] {
  const takers = onHost.filter((entry) => !entry.takesHost);
  if (takers.length === 0) return [];
  const found: HiddenHost[] = [];
  const here = plans.get(host)!;
  for (const wider of widerHosts(host)) {
    const hidden = firstOutside(plans.get(wider), here);
    if (hidden === undefined) continue;
    for (const entry of takers) {
      found.push({
        first: entry,
        second: hidden,
        what: `host "${host}"`,
        wider: `"${wider}" ${entry.listener === MESH ? 'inside the mesh too' : 'behind the same gateway'} and would answer 404 there`,
        remedy: 'give both the same host, or accept it with takesHost',
      });
    }
  }
  return found;
}

function firstOfPlans(entries: readonly RouteEntry[]): Map<object, RouteEntry> {
  const plans = new Map<object, RouteEntry>();
  for (const entry of entries) computeIfAbsent(plans, entry.plan, () => entry);
  return plans;
}

/** Looks at no more plans than are here, and one. */
function firstOutside(there: Map<object, RouteEntry> | undefined, here: Map<object, RouteEntry>): RouteEntry | undefined {
  for (const [plan, entry] of there ?? []) {
    if (!here.has(plan)) return entry;
  }
  return undefined;
}
