import { IConstruct } from 'constructs';
import { servedHosts } from './host-listeners';
import { invalid } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { hostIntersection } from '../../plan/hosts';

/**
 * Checks that each host is served by a gateway, and that each gateway serves one of the hosts.
 *
 * @internal
 */
export function checkCoverage(at: IConstruct, gateways: readonly IGateway[], hosts: readonly string[], namespace: string | undefined): void {
  const served = gateways.map((gateway) => gateway.gatewayListeners?.flatMap((listener) => servedHosts(gateway, listener, namespace)));
  // Istio compares the hosts of gateways and routes case-sensitively.
  const meets = (each: string, host: string) => hostIntersection(each, host) !== undefined;
  const where = namespace === undefined ? '' : ` for routes of namespace "${namespace}"`;
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : [...new Set(names)].map((name) => `"${name}"`).join(', '));
  gateways.forEach(({ gatewayName }, i) => {
    if (served[i]?.every((each) => !hosts.some((host) => meets(each, host)))) {
      throw invalid(at, `gateway ${gatewayName} serves none of the hosts ${list(hosts)}`, `its servers serve ${list(served[i])}${where}. Route a host that the gateway serves, or remove the gateway`);
    }
  });
  for (const host of hosts) {
    if (served.every((all) => all?.every((each) => !meets(each, host)) ?? false)) {
      throw invalid(at, `host "${host}" is served by none of the gateways`, `their servers serve ${list(served.flatMap((all) => all ?? []))}${where}. Add the host to a gateway, or remove it`);
    }
  }
}
