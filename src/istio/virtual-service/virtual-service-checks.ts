import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkDestinations } from './destination-checks';
import { checkReachable } from './http-reachability';
import { checkHttpRoute, RouteContext } from './http-route-checks';
import { checkCommonMatch, checkGateways } from './route-match-checks';
import { TcpRoute, TlsRoute } from './tls-tcp-route';
import { VirtualServiceProps } from './virtual-service-props';
import { Mesh } from '../../mesh/mesh';
import { checkCalledHost, isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkTexts } from '../../plan/checks/type-checks';
import { checkExportTo, checkSubnet, hostsOverlap, hostWithin, isPassthroughSni, isWildcardDomain } from '../common/names';

/**
 * Checks everything that Istio would reject, and rules that certainly no request can reach.
 *
 * @internal
 */
export function checkVirtualService(at: IConstruct, props: VirtualServiceProps): void {
  const { hosts, gateways = [], mesh, http = [], tls = [], tcp = [], exportTo } = props;
  checkTexts(at, 'hosts', hosts);
  const delegated = hosts.length === 0;
  if (delegated) {
    if (gateways.length > 0 || mesh !== undefined) checkHostsGiven(at, gateways.length > 0 ? 'gateways' : 'mesh');
    if (tls.length > 0) checkHostsGiven(at, 'tls rules');
    if (tcp.length > 0) checkHostsGiven(at, 'tcp rules');
  }
  if (mesh === false && gateways.length === 0) {
    throw invalid(at, 'mesh is false and there are no gateways', 'Istio would apply such a VirtualService to callers inside the mesh. Set gateways, or leave mesh out');
  }
  const context: RouteContext = {
    at, release: Mesh.of(at)._release, delegated, gatewaysOnly: gateways.length > 0 && mesh !== true,
  };
  checkGateways(at, 'gateway', gateways);
  checkHosts(context, hosts, tls.length > 0);
  if (http.length > 0 && gateways.length > 0) hosts.forEach((host) => checkCalledHost(at, host));
  if (http.length === 0 && tls.length === 0 && tcp.length === 0) {
    throw invalid(at, 'a VirtualService without rules', 'set http, tls or tcp');
  }
  for (let i = 0; i < http.length; i++) checkHttpRoute(context, `http[${i}]`, http[i]);
  for (let i = 0; i < tls.length; i++) checkTlsRoute(context, `tls[${i}]`, tls[i], hosts);
  for (let i = 0; i < tcp.length; i++) checkTcpRoute(context, `tcp[${i}]`, tcp[i]);
  if (exportTo !== undefined) checkExportTo(at, exportTo, props.namespace ?? props.metadata?.namespace ?? Chart.of(at).namespace);
  checkReachable(at, http);
}

function checkHostsGiven(at: IConstruct, what: string): never {
  throw invalid(at, `a VirtualService with ${what} and without hosts`, 'a VirtualService without hosts can only contain http rules to which others delegate. Set hosts, or leave everything else out');
}

function checkHosts({ at, gatewaysOnly }: RouteContext, hosts: readonly string[], tls: boolean): void {
  let plain = true;
  for (const host of hosts) {
    const valid = isWildcardDomain(host) || isIpAddress(host) || (tls && gatewaysOnly && isPassthroughSni(host));
    if (!valid) {
      throw invalid(at, `host ${show(host)}`, 'expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path');
    }
    if (host === '*' && !gatewaysOnly) {
      throw invalid(at, 'host "*" for callers inside the mesh', 'list hosts, or set gateways and leave mesh out');
    }
    plain &&= !host.startsWith('*');
  }
  if (hosts.length < 2 || (plain && new Set(hosts).size === hosts.length)) return;
  for (let i = 1; i < hosts.length; i++) {
    const other = hosts.findIndex((host, j) => j < i && hostsOverlap(host, hosts[i]));
    if (other >= 0) {
      throw invalid(at, `hosts ${show(hosts[other])} and ${show(hosts[i])} overlap`, 'keep the wider one, or create one VirtualService for each');
    }
  }
}

function checkTlsRoute({ at, release, gatewaysOnly }: RouteContext, where: string, { match, route }: TlsRoute, hosts: readonly string[]): void {
  if (match.length === 0) throw invalid(at, `${where} has no match`, 'add a match with sniHosts');
  for (let i = 0; i < match.length; i++) {
    const here = `${where}.match[${i}]`;
    const { sniHosts, destinationSubnets } = match[i];
    if (sniHosts.length === 0) throw invalid(at, `${here} has no sniHosts`, 'list at least one');
    for (const sni of sniHosts) {
      if (!isWildcardDomain(sni) && !isIpAddress(sni) && !(gatewaysOnly && isPassthroughSni(sni))) {
        throw invalid(at, `${here}.sniHosts ${show(sni)}`, 'expected a DNS name such as "models.example.com" or "*.example.com"');
      }
      if (!hosts.some((host) => hostWithin(sni, host))) {
        throw invalid(at, `${here}.sniHosts ${show(sni)}`, `expected a host that is covered by the hosts of the VirtualService, ${hosts.map(show).join(', ')}`);
      }
    }
    checkCommonMatch(at, here, match[i]);
    for (const subnet of destinationSubnets ?? []) checkSubnet(at, `${here}.destinationSubnets`, subnet);
  }
  if (route.length === 0) throw invalid(at, `${where} has no route`, 'set at least one destination');
  checkDestinations(at, release, where, route);
}

function checkTcpRoute({ at, release }: RouteContext, where: string, { match, route }: TcpRoute): void {
  if (match !== undefined) {
    for (let i = 0; i < match.length; i++) {
      const here = `${where}.match[${i}]`;
      const { destinationSubnets, sourceSubnet } = match[i];
      checkCommonMatch(at, here, match[i]);
      for (const subnet of destinationSubnets ?? []) checkSubnet(at, `${here}.destinationSubnets`, subnet);
      if (sourceSubnet !== undefined) checkSubnet(at, `${here}.sourceSubnet`, sourceSubnet);
    }
  }
  if (route.length === 0) throw invalid(at, `${where} has no route`, 'set at least one destination');
  checkDestinations(at, release, where, route);
}
