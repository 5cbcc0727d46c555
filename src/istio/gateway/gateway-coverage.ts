import { IConstruct } from 'constructs';
import { servedHosts } from './host-listeners';
import { invalid } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { hostIntersection } from '../../plan/hosts';

/**
 * Every host needs a gateway that serves it, and a gateway that serves none of them would be named for nothing.
 *
 * @internal
 */
export function checkCoverage(at: IConstruct, gateways: readonly IGateway[], hosts: readonly string[], namespace: string | undefined): void {
  const served = gateways.map((gateway) => gateway.gatewayListeners?.flatMap((listener) => servedHosts(gateway, listener, namespace)));
  // Istio compares hosts of gateways and routes with their capitals.
  const meets = (each: string, host: string) => hostIntersection(each, host) !== undefined;
  const where = namespace === undefined ? '' : ` for routes of namespace "${namespace}"`;
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : [...new Set(names)].map((name) => `"${name}"`).join(', '));
  gateways.forEach(({ gatewayName }, i) => {
    if (served[i]?.every((each) => !hosts.some((host) => meets(each, host)))) {
      throw invalid(at, `gateway ${gatewayName} serves none of the hosts ${list(hosts)}`, `its servers answer for ${list(served[i])}${where}`);
    }
  });
  for (const host of hosts) {
    if (served.every((all) => all?.every((each) => !meets(each, host)) ?? false)) {
      throw invalid(at, `host "${host}" is served by none of the gateways`, `their servers answer for ${list(served.flatMap((all) => all ?? []))}${where}`);
    }
  }
}
