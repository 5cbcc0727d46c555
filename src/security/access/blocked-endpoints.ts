import { IConstruct } from 'constructs';
import { reachOf } from './backend-reach';
import { DenialIndex } from './denial-index';
import { DeniedRequests, deniedOf, EndpointRequests, isOnOtherHosts, requestsOf } from './denied-requests';
import { GatewayPolicy, isAt, within } from './gateway-policy';
import type { RoutedEndpoint } from '../../istio/virtual-service/routed-endpoints';
import type { Finding } from '../../mesh/findings';
import { pathOf } from '../../plan/checks/errors';
import { beginningOf } from '../../plan/conflicts/overlap';
import { computeIfAbsent, groupByEach } from '../../plan/groups';
import { EndpointPlan } from '../../plan/plan';

/** What a policy denies for some hosts. */
interface Denial extends DeniedRequests {
  readonly policy: GatewayPolicy;
}

/** The key of what is denied on all hosts, or on all but some. */
const ALL_HOSTS = '';

/**
 * Finds endpoints that policies at their gateways deny to callers, though they are for other endpoints.
 *
 * @internal
 */
export function findBlockedEndpoints(at: IConstruct, policies: readonly GatewayPolicy[], endpoints: readonly RoutedEndpoint[]): Finding[] {
  if (policies.length === 0) return [];
  const indexes = indexesOf(policies);
  const owners = groupByEach(policies, ({ covered }) => covered);
  return endpoints.flatMap((each) => {
    const requests = withoutPages(requestsOf(each.endpoint, each.routesGrpc));
    const own = owners.get(each.endpoint) ?? [];
    for (const host of requests.hosts) {
      for (const key of [host, ALL_HOSTS]) {
        for (const denial of indexes.get(key)?.find(requests) ?? []) {
          const { policy } = denial;
          if (!each.endpoint.endpoint.gateways.some((gateway) => isAt(policy, gateway))) continue;
          if (key === ALL_HOSTS && isExcluded(denial, host)) continue;
          if (isIntended(at, policy, own, each.endpoint)) continue;
          const what = deniedOf(denial, requests);
          if (what !== undefined) return [{ at: each.at, text: blockedEndpoint(denial, each, host, what) }];
        }
      }
    }
    return [];
  });
}

function indexesOf(policies: readonly GatewayPolicy[]): Map<string, DenialIndex<Denial>> {
  const indexes = new Map<string, DenialIndex<Denial>>();
  for (const policy of policies) {
    for (const group of policy.calls.all) {
      for (const key of namedHosts(group) ?? [ALL_HOSTS]) {
        computeIfAbsent(indexes, key, () => new DenialIndex<Denial>()).add({ ...group, policy });
      }
    }
  }
  return indexes;
}

/**
 * The hosts that rules can name: each in full, since a caller may add a port, which a pattern with a wildcard leaves no room for.
 *
 * @internal
 */
export function namedHosts({ hosts }: DeniedRequests): readonly string[] | undefined {
  return hosts?.some((host) => host.includes('*')) ? undefined : hosts;
}

/**
 * Whether rules for all hosts leave a host out: it is known in full, and none of those that they are for.
 *
 * @internal
 */
export function isExcluded(denied: DeniedRequests, host: string): boolean {
  return !host.includes('*') && isOnOtherHosts(denied, host);
}

/** Pages take what no other route of a host does, so little of theirs is denied. */
function withoutPages(requests: EndpointRequests): EndpointRequests {
  return { ...requests, paths: requests.paths.filter((path) => beginningOf(path).length > 1) };
}

/** Whether a policy is for an endpoint, lets in whoever another one for it does, or closes what answers there. */
function isIntended(at: IConstruct, policy: GatewayPolicy, own: readonly GatewayPolicy[], { arms }: EndpointPlan): boolean {
  if (own.length > 0) return own.includes(policy) || own.some((each) => within(each, policy));
  const reached = arms.flatMap(({ backend, requestHeaders }) => reachOf(at, backend.target(at), requestHeaders).backends);
  return reached.some(({ key }) => policy.closed.has(key));
}

function blockedEndpoint({ policy, hosts }: Denial, { description }: RoutedEndpoint, host: string, what: string): string {
  const remedy = hosts === undefined ? 'give this endpoint another name, or have the policy name endpoints whose hosts are named in full'
    : hosts.some((each) => each.includes('*')) ? 'give this endpoint another name, or name the hosts of one of the two in full'
      : 'give this endpoint another name';
  return `${pathOf(policy.at)} denies requests with ${what} on host "${host}" to all but its callers, `
    + `and ${description}, which it is not for, accepts such requests: ${remedy}, or add it to the endpoints of the policy`;
}
