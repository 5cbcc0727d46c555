import { takenByArms } from './arm-conflicts';
import { Claim, isCatchAll, MESH } from './route-entry';
import { Capture, Conflict, hostConflicts, HostTakeover, ordered, requestConflicts } from './conflict-texts';
import { computeIfAbsent, groupBy } from '../groups';
import { acceptsEverything, foundByMethods, isSearch, mayBeCall, servicesOf } from './grpc-conflicts';
import { widerHosts } from '../hosts';
import { matchesOverlap } from './overlap';
import { Protocol } from '../request-match';
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
export function findCaptures(claims: readonly Claim[]): Conflict[] {
  const { requests, hosts } = capturesOf(claims);
  if (requests.length + hosts.length === 0) return [];
  const inOrder = capturesOf(ordered(claims));
  return [...hostConflicts(inOrder.hosts), ...requestConflicts(inOrder.requests)];
}

function capturesOf(claims: readonly Claim[]): { readonly requests: Capture[]; readonly hosts: HostTakeover[] } {
  const found = { requests: [] as Capture[], hosts: [] as HostTakeover[] };
  const listeners = groupBy(claims, (claim) => claim.listener);
  for (const onListener of listeners.values()) {
    const hosts = groupBy(onListener, (claim) => claim.host);
    const plans = new Map([...hosts].map(([host, onHost]) => [host, firstOfPlans(onHost)]));
    for (const [host, onHost] of hosts) {
      for (const takeover of hostTakeovers(host, onHost, plans)) found.hosts.push(takeover);
      for (const capture of sharedOnHost(host, onHost)) found.requests.push(capture);
    }
  }
  return found;
}

function sharedOnHost(host: string, onHost: readonly Claim[]): Capture[] {
  const claims = onHost.filter(({ selectsArm, underConditions }) => selectsArm !== true && underConditions !== true);
  const arms = onHost.filter(({ selectsArm }) => selectsArm === true);
  const conditional = onHost.filter(({ underConditions }) => underConditions === true);
  const pages = claims.filter(isCatchAll);
  const others = pages.length === 0 ? claims : claims.filter((claim) => !isCatchAll(claim));
  const rest = others.filter(({ protocol }) => protocol !== Protocol.GRPC);
  const services = servicesOf(others);
  const calls = others.filter(({ protocol, path }) => mayBeCall(path)
    && (protocol === Protocol.GRPC || services.some((service) => matchesOverlap(path, service))));
  return [
    // Nothing is left of a host that some other endpoint has for itself.
    ...pages.length === 0 ? [] : sharedRequests(host, [...pages, ...others.filter(acceptsEverything)]),
    ...sharedRequests(host, rest, others.filter(({ protocol, path }) => protocol === Protocol.GRPC && !isSearch(path))),
    ...sharedRequests(host, calls),
    ...foundByMethods(host, rest, others),
    ...takenByArms(host, arms, [...others, ...conditional]),
  ];
}

/**
 * Envoy looks only under the narrowest host that fits, so a narrower one hides every endpoint of a wider one, apart from
 * those of plans that are on both.
 */
function hostTakeovers(host: string, onHost: readonly Claim[], plans: Map<string, Map<object, Claim>>): HostTakeover[] {
  const takers = onHost.filter((claim) => !claim.takesHost);
  if (takers.length === 0) return [];
  const found: HostTakeover[] = [];
  const here = plans.get(host)!;
  for (const wider of widerHosts(host)) {
    const hidden = firstOutside(plans.get(wider), here);
    if (hidden === undefined) continue;
    for (const claim of takers) {
      found.push({
        first: claim,
        second: hidden,
        what: `host "${host}"`,
        wider: `"${wider}" ${claim.listener === MESH ? 'inside the mesh too' : 'behind the same gateway'} and would answer 404 there`,
        remedy: 'give both the same host, or accept it with takesHost',
      });
    }
  }
  return found;
}

function firstOfPlans(claims: readonly Claim[]): Map<object, Claim> {
  const plans = new Map<object, Claim>();
  for (const claim of claims) computeIfAbsent(plans, claim.plan, () => claim);
  return plans;
}

/** Looks at no more plans than are here, and one. */
function firstOutside(there: Map<object, Claim> | undefined, here: Map<object, Claim>): Claim | undefined {
  for (const [plan, claim] of there ?? []) {
    if (!here.has(plan)) return claim;
  }
  return undefined;
}
