import { IConstruct } from 'constructs';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { Mesh } from '../mesh/mesh';
import { CORE2_SERVICE } from '../plan/core2-service';
import { invalid, show } from '../plan/errors';

/**
 * Refuses what would let one model of Seldon Core 2 take all others of its namespace away: they share one Service and its pods,
 * and are told apart by a header that connections and endpoints know nothing of.
 *
 * @param host The host in full.
 * @internal
 */
export function refuseOnSharedService(at: IConstruct, host: string, policy: TrafficPolicy): void {
  if (!isShared(Mesh.of(at), host)) return;
  const { portLevelSettings = [] } = policy;
  refuse(at, host, '', policy);
  portLevelSettings.forEach((settings) => refuse(at, host, ` of port ${settings.port}`, settings));
}

function isShared({ clusterDomain }: Mesh, host: string): boolean {
  const [service, namespace, ...rest] = host.toLowerCase().split('.');
  return service === CORE2_SERVICE && (namespace === undefined || rest.join('.') === `svc.${clusterDomain.toLowerCase()}`);
}

function refuse(at: IConstruct, host: string, where: string, { outlierDetection, connectionPool }: Omit<PortTrafficPolicy, 'port'>): void {
  const remedy = 'all models of Seldon Core 2 in the namespace are behind this Service: leave it out, and limit the route of the '
    + 'model instead, by a timeout and retries';
  if (outlierDetection !== undefined) {
    throw invalid(at, `outlierDetection${where} for host ${show(host)}, where the errors of one model would take all models away`, remedy);
  }
  if (connectionPool !== undefined) {
    throw invalid(at, `connectionPool${where} for host ${show(host)}, where the requests of one model would use up the limits of all`, remedy);
  }
}
