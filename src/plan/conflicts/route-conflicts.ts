import { armConflicts } from './arm-conflicts';
import { Overlap, Conflict, hostConflicts, HiddenHost, ordered, requestConflicts } from './conflict-texts';
import { RouteEntry, isCatchAll, MESH } from './route-entry';
import { computeIfAbsent, groupBy } from '../groups';
import { acceptsEverything, isSearch, mayBeCall, methodConflicts, servicesOf } from './grpc-conflicts';
import { widerHosts } from '../hosts';
import { matchesOverlap } from './overlap';
import { RequestProtocol } from '../request-match';
import { sharedRequests } from './shared-requests';

/**
 * Finds endpoints that match the same requests, in one pass over the entries: every entry is looked up by host,
 * headers and path, and never compared with all the others.
 *
 * Two entries conflict if one request can satisfy both and could be intended for either. Requests that are identified by
 * different headers never conflict: a client sends the header of the endpoint that it calls.
 *
 * Whether there is a conflict does not depend on the order of the entries, but which entries are reported does. If there is one,
 * they are compared again in a fixed order.
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
    // A catch-all endpoint gets nothing of a host on which another endpoint matches everything.
    ...pages.length === 0 ? [] : sharedRequests(host, [...pages, ...others.filter(acceptsEverything)]),
    ...sharedRequests(host, rest, others.filter(({ protocol, path }) => protocol === RequestProtocol.GRPC && !isSearch(path))),
    ...sharedRequests(host, calls),
    ...methodConflicts(host, rest, others),
    ...armConflicts(host, arms, [...others, ...conditional]),
  ];
}

/**
 * Envoy uses only the most specific host that matches, so it hides every endpoint on a wider host, except
 * those of plans that are on both.
 */
function hiddenHosts(host: string, onHost: readonly RouteEntry[], plans: Map<string, Map<object, RouteEntry>>): HiddenHost[] {
  const hiding = onHost.filter((entry) => entry.mayHide !== true);
  if (hiding.length === 0) return [];
  const found: HiddenHost[] = [];
  const here = plans.get(host)!;
  for (const wider of widerHosts(host)) {
    const hidden = firstOfOtherPlan(plans.get(wider), here);
    if (hidden === undefined) continue;
    for (const entry of hiding) {
      found.push({
        first: entry,
        second: hidden,
        what: `host "${host}"`,
        wider: `"${wider}" ${entry.listener === MESH ? 'inside the mesh too' : 'behind the same gateway'} and would answer 404 there`,
        remedy: 'give both the same host, or accept the finding with Rules.accept',
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

/** The first entry of a plan that is not on this host. Visits at most one plan more than this host has. */
function firstOfOtherPlan(wider: Map<object, RouteEntry> | undefined, here: Map<object, RouteEntry>): RouteEntry | undefined {
  for (const [plan, entry] of wider ?? []) {
    if (!here.has(plan)) return entry;
  }
  return undefined;
}
