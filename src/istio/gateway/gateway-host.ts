import { IConstruct } from 'constructs';
import { isDnsLabel, isHost } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';

/**
 * Checks a host of a Gateway, which may have a namespace prefix. Istio rejects short names here, also those of Services, and
 * IPv6 addresses.
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
    throw invalid(at, what, 'expected a DNS name with a dot, a wildcard such as "*.example.com", "*" or an IPv4 address, optionally prefixed with a namespace and a slash');
  }
}

/**
 * A host with namespace `.` or `*` in a list that also has all hosts of all namespaces: istiod replaces the list with `*` and then writes beyond its end.
 *
 * @internal
 */
export function nextToAllHosts(hosts: readonly string[]): string | undefined {
  return hosts.includes('*/*') ? hosts.find((host) => /^[.*]\//.test(host) && host !== '*/*') : undefined;
}

/**
 * The hosts of a Gateway that routes in a namespace may use, without the namespace prefixes.
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
