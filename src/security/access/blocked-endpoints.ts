import { IConstruct } from 'constructs';
import { reachOf } from './backend-reach';
import { DenialIndex } from './denial-index';
import { DeniedRequests, deniedOf, EndpointRequests, isOnOtherHosts, requestsOf } from './denied-requests';
import { GatewayPolicy, isAt, within } from './gateway-policy';
import type { RoutedEndpoint } from '../../istio/virtual-service/routed-endpoints';
import type { Finding } from '../../mesh/findings';
import { reachedTarget } from '../../plan/bind';
import { inSentences, pathOf } from '../../plan/checks/errors';
import { beginningOf } from '../../plan/conflicts/overlap';
import { computeIfAbsent, groupByEach } from '../../plan/groups';
import { EndpointPlan } from '../../plan/plan';

/** Requests that a policy denies for some hosts. */
interface Denial extends DeniedRequests {
  readonly policy: GatewayPolicy;
}

/** The key of requests that are denied on all hosts, or on all except some. */
const ALL_HOSTS = '';

/**
 * Finds endpoints whose requests are denied by a policy at their gateway that is for other endpoints.
 *
 * @internal
 */
export function findBlockedEndpoints(at: IConstruct, policies: readonly GatewayPolicy[], endpoints: readonly RoutedEndpoint[]): Finding[] {
  if (policies.length === 0) return [];
  const indexes = indexesOf(policies);
  const owners = groupByEach(policies, ({ covered }) => covered);
  return endpoints.flatMap((each) => {
    const requests = withoutRootPath(requestsOf(each.endpoint, each.routesGrpc));
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
      for (const key of listableHosts(group) ?? [ALL_HOSTS]) {
        computeIfAbsent(indexes, key, () => new DenialIndex<Denial>()).add({ ...group, policy });
      }
    }
  }
  return indexes;
}

/**
 * The hosts that rules can list. They must be full names, since callers can add a port, which a pattern with a wildcard cannot match.
 *
 * @internal
 */
export function listableHosts({ hosts }: DeniedRequests): readonly string[] | undefined {
  return hosts?.some((host) => host.includes('*')) ? undefined : hosts;
}

/**
 * Whether rules for all hosts exclude a host: it is a full name, and not one of the hosts that the rules are for.
 *
 * @internal
 */
export function isExcluded(denied: DeniedRequests, host: string): boolean {
  return !host.includes('*') && isOnOtherHosts(denied, host);
}

/** A route for `/` gets only the requests that match no other route of the host, so few of them are denied. */
function withoutRootPath(requests: EndpointRequests): EndpointRequests {
  return { ...requests, paths: requests.paths.filter((path) => beginningOf(path).length > 1) };
}

/** Whether a policy is for an endpoint, allows all callers that a policy for it allows, or restricts the backends of the endpoint. */
function isIntended(at: IConstruct, policy: GatewayPolicy, own: readonly GatewayPolicy[], { arms }: EndpointPlan): boolean {
  if (own.length > 0) return own.includes(policy) || own.some((each) => within(each, policy));
  const reached = arms.flatMap((arm) => reachOf(at, reachedTarget(at, arm), arm.requestHeaders).backends);
  return reached.some(({ key }) => policy.restricted.has(key));
}

function blockedEndpoint({ policy, hosts }: Denial, { description }: RoutedEndpoint, host: string, what: string): string {
  const remedy = hosts === undefined ? 'rename this endpoint, restrict endpoints with full host names in the policy'
    : hosts.some((each) => each.includes('*')) ? 'rename this endpoint, set full host names for one of the two'
      : 'rename this endpoint';
  return inSentences(`${pathOf(policy.at)} denies requests with ${what} on host "${host}" to all callers except its own, `
    + `and ${description}, which is not an endpoint of the policy, accepts such requests`, `${remedy}, or add it to the endpoints of the policy`);
}
