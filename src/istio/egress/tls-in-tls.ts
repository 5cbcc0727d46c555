import { ApiObject } from 'cdk8s';
import { EntryPlan } from './model-store-entries';
import { ServiceEntryProtocol } from './service-entry-props';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { Visibility } from '../common/export-to';
import { ClientTlsMode } from '../destination-rule/client-tls';
import { DestinationRuleRegistry, RegisteredRule } from '../destination-rule/destination-rule-registry';

/**
 * Finds rules that have proxies start TLS on ports where clients of a store speak TLS themselves: the form of TLS origination
 * that is found everywhere, and hangs those clients.
 *
 * @internal
 */
export function findTlsInTls(visibility: Visibility, { hosts, ports }: Pick<EntryPlan, 'hosts' | 'ports'>): string[] {
  const passed = ports.filter(({ protocol }) => protocol === ServiceEntryProtocol.TLS).map(({ number }) => number);
  return hosts.flatMap((host) => DestinationRuleRegistry.of(visibility.by).findEffective(host, visibility).flatMap((rule) => {
    const found = startedTls(rule, passed);
    if (found === undefined) return [];
    const what = found === 'all' ? `the whole host ${show(host)}` : `port ${found} of host ${show(host)}`;
    const by = rule.host === host ? '' : `, which its host ${show(rule.host)} covers`;
    const remedy = rule.host === host ? 'leave it out, and say tlsOrigination for clients that speak HTTP'
      : 'narrow the host of the rule; tlsOrigination is for clients that speak HTTP';
    return [invalid(visibility.by, `DestinationRule ${pathOf(rule)} starts TLS for ${what}${by}`, `clients that speak HTTPS would hang: ${remedy}`).message];
  }));
}

/** The first of the ports that a rule has TLS started on, or all of them; read from what is written, with its patches. */
function startedTls(rule: RegisteredRule, ports: readonly number[]): number | 'all' | undefined {
  const policy = ApiObject.of(rule).toJson().spec?.trafficPolicy ?? {};
  const settings: { port?: { number?: number }; tls?: { mode?: string } }[] = policy.portLevelSettings ?? [];
  const starts = (tls: { mode?: string } | undefined) => tls !== undefined && tls.mode !== ClientTlsMode.DISABLE;
  for (const number of ports) {
    // A port with settings takes nothing over from the rest.
    const own = settings.find(({ port }) => port?.number === number);
    if (starts(own === undefined ? policy.tls : own.tls)) return own === undefined ? 'all' : number;
  }
  return undefined;
}
