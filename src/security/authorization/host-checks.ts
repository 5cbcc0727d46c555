import { IConstruct } from 'constructs';
import { AuthorizationOperation, AuthorizationRule } from './authorization-rule';
import { Warnings } from '../../mesh/warnings';
import { invalid, show } from '../../plan/checks/errors';

type HostField = 'hosts' | 'notHosts';

/** A field with hosts, for each action: a request that it does not match bypasses the policy, or one that it matches does. */
interface HostFields {
  /** Where a host that is missed lets a request pass. */
  readonly closing: HostField;
  /** Where a host that is matched lets a request pass. */
  readonly opening: HostField;
}

const FIELDS: { readonly [action: string]: HostFields | undefined } = {
  ALLOW: { closing: 'notHosts', opening: 'hosts' },
  DENY: { closing: 'hosts', opening: 'notHosts' },
  CUSTOM: { closing: 'hosts', opening: 'notHosts' },
};

const ANY_PORT = ':*';

/** A host in a list of a rule. @internal */
export interface ListedHost {
  /** The host as it is written. */
  readonly host: string;
  /** The list, as messages name it. */
  readonly list: string;
}

/**
 * Finds hosts with any port in lists that let requests pass. Istio looks for `h:` at the beginning: `h:.b.test:80` has it too, and Envoy
 * routes that to `*.b.test`.
 *
 * @internal
 */
export function findLoosePorts(action: string, rules: readonly AuthorizationRule[]): ListedHost[] {
  const field = FIELDS[action]?.opening;
  return field === undefined ? [] : hostLists(rules, field).flatMap(({ hosts, list }) => hosts.includes('*') ? []
    : hosts.filter((host) => host.endsWith(ANY_PORT) && host.length > ANY_PORT.length).map((host) => ({ host, list })));
}

/**
 * Checks hosts against ports that callers may add to them. A host without its ports in a list that closes is an error, one with any port
 * in a list that opens a warning.
 *
 * @internal
 */
export function checkHosts(at: IConstruct, action: string, rules: readonly AuthorizationRule[]): void {
  const field = FIELDS[action]?.closing;
  for (const { hosts, list } of field === undefined ? [] : hostLists(rules, field)) {
    const open = hosts.find((host) => !host.includes(':') && !host.endsWith('*') && !hosts.includes(host + ANY_PORT));
    if (open === undefined) continue;
    throw invalid(at, `${show(open)} in ${list}, and not ${show(open + ANY_PORT)}`, open.startsWith('*')
      ? 'callers may add a port to the host, which no such pattern has room for: name hosts in full, or leave them out'
      : 'callers may add a port to the host, and would pass: name both');
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
