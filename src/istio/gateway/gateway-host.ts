import { IConstruct } from 'constructs';
import { isDnsLabel, isHost } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';

/**
 * Checks a host as a Gateway lists it, with an optional namespace before it. Istio refuses short names here, also of
 * Services, and with them IPv6 addresses.
 *
 * @internal
 */
export function checkGatewayHost(at: IConstruct, what: string, host: string): void {
  if (typeof host !== 'string') throw invalid(at, what, 'expected a string');
  const slash = host.indexOf('/');
  const name = host.slice(slash + 1);
  if (slash >= 0) {
    const namespace = host.slice(0, slash);
    if (namespace !== '*' && namespace !== '.' && !isDnsLabel(namespace)) {
      throw invalid(at, what, 'expected a namespace, "." or "*" before the slash');
    }
  }
  if (!isHost(name) || (name !== '*' && !name.includes('.')) || name.includes(':')) {
    throw invalid(at, what, 'expected a DNS name with a dot, "*." before one, "*" or an IPv4 address, with an optional namespace and slash before it');
  }
}

/**
 * A host with namespace `.` or `*` in a list that has all hosts of all namespaces: istiod replaces the list by `*` and then writes
 * beyond its end.
 *
 * @internal
 */
export function nextToAllHosts(hosts: readonly string[]): string | undefined {
  return hosts.includes('*/*') ? hosts.find((host) => /^[.*]\//.test(host) && host !== '*/*') : undefined;
}

/**
 * Of the hosts that a Gateway lists, those that routes of a namespace may use, without the namespaces before them.
 *
 * @internal
 */
export function hostsFor(hosts: readonly string[], gatewayNamespace: string | undefined, namespace: string | undefined): string[] {
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/');
    if (slash < 0) return [host];
    const allowed = host.slice(0, slash) === '.' ? gatewayNamespace : host.slice(0, slash);
    return allowed === '*' || allowed === namespace ? [host.slice(slash + 1)] : [];
  });
}
