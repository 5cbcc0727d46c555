import { IConstruct } from 'constructs';
import { DestinationRuleRegistry } from './destination-rule-registry';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import type { BackendTarget } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';
import { CORE2_SERVICE } from '../../plan/core2-service';

/**
 * Refuses settings by which one model of Seldon Core 2 could make all others of its namespace unavailable: they share one Service and its
 * pods, and are identified by a header, which settings for connections and endpoints do not distinguish.
 *
 * @param host The host in full.
 * @internal
 */
export function checkSharedService(at: IConstruct, host: string, policy: TrafficPolicy): void {
  if (!isShared(Mesh.of(at), host)) return;
  const { portLevelSettings = [] } = policy;
  failOnSharedService(at, host, '', policy);
  portLevelSettings.forEach((settings) => failOnSharedService(at, host, ` of port ${settings.port}`, settings));
}

/**
 * Finds rules for a wildcard with such settings that apply to the Service, where it has no rule of its own.
 *
 * @internal
 */
export function findWildcardsOnSharedService(at: IConstruct, { host, namespace }: Pick<BackendTarget, 'host' | 'namespace'>): string[] {
  const mesh = Mesh.of(at);
  if (!isShared(mesh, host)) return [];
  return DestinationRuleRegistry.of(at).findEffective(host, { by: at, namespace, exportTo: undefined }).flatMap((rule) => {
    const { portLevelSettings = [], ...policy } = rule._policy;
    const limits = [policy, ...portLevelSettings].flatMap(limitsOf);
    if (!rule.host.startsWith('*') || limits.length === 0) return [];
    const own = rule._namespace === mesh.rootNamespace ? namespace : rule._namespace;
    return [invalid(rule, `${limits[0].name} for host ${show(rule.host)}, which covers ${show(host)}, where ${limits[0].harm}`,
      'all models of Seldon Core 2 in the namespace share this Service. Narrow the host of the rule, or create a separate DestinationRule for the Service'
      + `${own === undefined ? '' : ` in namespace ${show(own)}`}`).message];
  });
}

function isShared({ clusterDomain }: Mesh, host: string): boolean {
  const [service, namespace, ...rest] = host.toLowerCase().split('.');
  return service === CORE2_SERVICE && (namespace === undefined || rest.join('.') === `svc.${clusterDomain.toLowerCase()}`);
}

function failOnSharedService(at: IConstruct, host: string, where: string, policy: Omit<PortTrafficPolicy, 'port'>): void {
  for (const { name, harm } of limitsOf(policy)) {
    throw invalid(at, `${name}${where} for host ${show(host)}, where ${harm}`, 'all models of Seldon Core 2 in the namespace share this Service. '
      + 'Leave it out, and set a timeout and retries in the route of the model instead');
  }
}

/** The settings of a policy that all models would share, and their effect. */
function limitsOf({ outlierDetection, connectionPool }: Omit<PortTrafficPolicy, 'port'>): { readonly name: string; readonly harm: string }[] {
  return [
    ...(outlierDetection === undefined ? [] : [{ name: 'outlierDetection', harm: 'the errors of one model would eject the pods of all models' }]),
    ...(connectionPool === undefined ? [] : [{ name: 'connectionPool', harm: 'the requests of one model would use up the limits of all' }]),
  ];
}
