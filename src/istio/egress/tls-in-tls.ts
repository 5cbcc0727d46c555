import { ApiObject } from 'cdk8s';
import { EntryPlan } from './model-store-entries';
import { ServiceEntryProtocol } from './service-entry-props';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { Visibility } from '../common/export-to';
import { ClientTlsMode } from '../destination-rule/client-tls';
import { DestinationRuleRegistry, RegisteredRule } from '../destination-rule/destination-rule-registry';

/**
 * Finds rules that make proxies originate TLS on ports where clients of a store already use TLS. This common form of TLS origination
 * makes those clients hang.
 *
 * @internal
 */
export function findTlsInTls(visibility: Visibility, { hosts, ports }: Pick<EntryPlan, 'hosts' | 'ports'>): string[] {
  const tlsPorts = ports.filter(({ protocol }) => protocol === ServiceEntryProtocol.TLS).map(({ number }) => number);
  return hosts.flatMap((host) => DestinationRuleRegistry.of(visibility.by).findEffective(host, visibility).flatMap((rule) => {
    const found = tlsOriginatedBy(rule, tlsPorts);
    if (found === undefined) return [];
    const what = found === 'all' ? `the whole host ${show(host)}` : `port ${found} of host ${show(host)}`;
    const by = rule.host === host ? '' : `, which its host ${show(rule.host)} covers`;
    const remedy = rule.host === host ? 'Leave it out, and set tlsOrigination for clients that use plain HTTP'
      : 'Narrow the host of the rule, and set tlsOrigination for clients that use plain HTTP';
    return [invalid(visibility.by, `DestinationRule ${pathOf(rule)} originates TLS for ${what}${by}`, `clients that use HTTPS would hang. ${remedy}`).message];
  }));
}

/** The first of the ports for which a rule originates TLS, or all of them. Reads the manifest, patches included. */
function tlsOriginatedBy(rule: RegisteredRule, ports: readonly number[]): number | 'all' | undefined {
  const policy = ApiObject.of(rule).toJson().spec?.trafficPolicy ?? {};
  const settings: { port?: { number?: number }; tls?: { mode?: string } }[] = policy.portLevelSettings ?? [];
  const starts = (tls: { mode?: string } | undefined) => tls !== undefined && tls.mode !== ClientTlsMode.DISABLE;
  for (const number of ports) {
    // A port with its own settings inherits nothing from the rest.
    const own = settings.find(({ port }) => port?.number === number);
    if (starts(own === undefined ? policy.tls : own.tls)) return own === undefined ? 'all' : number;
  }
  return undefined;
}
