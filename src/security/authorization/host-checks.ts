import { IConstruct } from 'constructs';
import { AuthorizationOperation, AuthorizationRule } from './authorization-rule';
import { Warnings } from '../../mesh/warnings';
import { invalid, show } from '../../plan/checks/errors';

type HostField = 'hosts' | 'notHosts';

/** The two lists of hosts, by their effect with an action. */
interface HostFields {
  /** A request whose host is not in this list is allowed. */
  readonly denied: HostField;
  /** A request whose host is in this list is allowed. */
  readonly allowed: HostField;
}

const FIELDS: { readonly [action: string]: HostFields | undefined } = {
  ALLOW: { denied: 'notHosts', allowed: 'hosts' },
  DENY: { denied: 'hosts', allowed: 'notHosts' },
  CUSTOM: { denied: 'hosts', allowed: 'notHosts' },
};

const ANY_PORT = ':*';

/** A host in a list of a rule. @internal */
export interface ListedHost {
  /** The host as it is written. */
  readonly host: string;
  /** Path of the list in messages. */
  readonly list: string;
}

/**
 * Finds hosts with any port in lists of allowed hosts. Istio matches the prefix `h:`, which `h:.b.test:80` has too, and Envoy routes that
 * to `*.b.test`.
 *
 * @internal
 */
export function findLoosePorts(action: string, rules: readonly AuthorizationRule[]): ListedHost[] {
  const field = FIELDS[action]?.allowed;
  return field === undefined ? [] : hostLists(rules, field).flatMap(({ hosts, list }) => hosts.includes('*') ? []
    : hosts.filter((host) => host.endsWith(ANY_PORT) && host.length > ANY_PORT.length).map((host) => ({ host, list })));
}

/**
 * Checks hosts with regard to the ports that callers can add to them. A denied host without `:*` is an error, an allowed host with `:*` a
 * warning.
 *
 * @internal
 */
export function checkHosts(at: IConstruct, action: string, rules: readonly AuthorizationRule[]): void {
  const field = FIELDS[action]?.denied;
  for (const { hosts, list } of field === undefined ? [] : hostLists(rules, field)) {
    const bypassed = hosts.find((host) => !host.includes(':') && !host.endsWith('*') && !hosts.includes(host + ANY_PORT));
    if (bypassed === undefined) continue;
    throw invalid(at, `${show(bypassed)} in ${list}, and not ${show(bypassed + ANY_PORT)}`, bypassed.startsWith('*')
      ? 'callers can add a port to the host, which such a pattern cannot match. List full host names, or leave hosts out'
      : 'callers can add a port to the host to bypass the policy. List both');
  }
  for (const { host, list } of findLoosePorts(action, rules)) {
    const name = host.slice(0, -ANY_PORT.length);
    Warnings._add(at, `${show(host)} in ${list} also matches hosts such as ${show(`${name}:.example.com:80`)}, which a gateway routes to "*.example.com"`,
      `list the ports instead, such as ${show(`${name}:80`)} and ${show(`${name}:443`)}`);
  }
}

function hostLists(rules: readonly AuthorizationRule[], field: HostField): { readonly hosts: readonly string[]; readonly list: string }[] {
  return rules.flatMap(({ to = [] }, i) => to.map((operation: AuthorizationOperation, j) => (
    { hosts: operation[field] ?? [], list: `${field} of rules[${i}].to[${j}]` })));
}
