import { Connection } from './connection';
import { authorityWords } from './host-words';
import { PoliciesInForce } from '../../answers/access/access-policies';
import { GatewayHost } from '../../answers/gateways/gateway-hosts';
import { findGateway } from '../../answers/gateways/gateway-pods';
import { GatewayEntry } from '../../answers/request';
import { ClusterObject } from '../../cluster/cluster-object';
import { parseAddress } from '../../cluster/ip-blocks';
import { JsonObject } from '../../cluster/json';
import { AuthorizationPolicyView, valuesOf } from '../../cluster/policies';
import { ANY_REQUEST, MatchConditions } from '../../cluster/routing/request-match';
import { StringMatchKind } from '../../plan/string-match';
import { answerValue } from '../answers/answer-value';
import { Cube } from '../requests/cube';
import { authorityField, Field } from '../requests/field';
import { Client, witnessOf } from '../requests/witness';
import { canonical } from '../rules/canonical';
import { constantRule, REDIRECT, Rule, rulesOf } from '../rules/rule';
import { Side } from '../rules/side';

/**
 * A host whose requests are looked at.
 *
 * @internal
 */
export interface ComparedHost {
  readonly connection: Pick<Connection, 'gateway' | 'port' | 'tls'>;
  /** The host pattern. */
  readonly pattern: string;
  /** A host for which it is the most specific pattern. */
  readonly host: string;
  /** Whether that is so for another host. */
  isOwn(host: string): boolean;
}

/**
 * A host on one side.
 *
 * @internal
 */
export interface HostSide {
  readonly side: Side;
  /** The connection; undefined if nothing listens. */
  readonly entry: GatewayEntry | undefined;
  /** Whether virtual hosts answer. */
  readonly isRouted: boolean;
  /** The virtual host; undefined if there is none. */
  readonly found: GatewayHost | undefined;
  /** Claims of tokens that are accepted. */
  readonly claims: JsonObject | undefined;
}

/**
 * The clients of a host on one side; undefined if nothing listens.
 *
 * @internal
 */
export function clientOf({ entry, claims }: HostSide, { host }: ComparedHost): Client | undefined {
  return entry === undefined ? undefined : { entry, authority: host, claims };
}

/**
 * The field of the `Host` header for the requests of a host.
 *
 * @internal
 */
export function authorityOf(compared: ComparedHost, sides: readonly HostSide[]): Field {
  const matches = sides.flatMap(({ found }) => found?.virtualHost.routes.map(({ match }) => match) ?? []);
  const hosts = sides.flatMap((side) => policiesAt(side)?.flatMap(({ authorization }) => hostsIn(authorization)) ?? []);
  return authorityField(authorityWords(compared.host, [...matches, ...hosts], compared.isOwn));
}

/** The policies of the gateway, once for each kind of its pods; undefined if nothing is known of them. */
function policiesAt({ side, entry }: HostSide): readonly PoliciesInForce[] | undefined {
  if (entry?.gateway === undefined) return undefined;
  const gateway = findGateway(side.resolver.cluster, entry.gateway);
  return gateway === undefined ? undefined : side.resolver.policies.policiesAtGateway(gateway);
}

/** Values of hosts as matches, so that there are words for each. */
function hostsIn(policies: readonly AuthorizationPolicyView[]): readonly MatchConditions[] {
  const values = policies.flatMap(({ rules }) => rules.flatMap(({ to }) => to.flatMap((part) => [...valuesOf(part, 'hosts'), ...valuesOf(part, 'notHosts')])));
  return values.map((value) => ({ ...ANY_REQUEST, authority: { kind: StringMatchKind.EXACT, value: value.replace(/^\*|\*$/g, '') } }));
}

/**
 * The policies of the gateway of a host, and the tokens that are read there.
 *
 * @internal
 */
export interface Guard {
  /** The policies; undefined if pods of the gateway have different ones. */
  readonly policies: readonly AuthorizationPolicyView[] | undefined;
  /** A key of the rules about tokens. */
  readonly tokens: string;
  /** The issuers of tokens. */
  readonly issuers: readonly string[];
  /** Whether any policy asks an authorizer. */
  readonly custom: string;
}

/**
 * Reads the policies of the gateway of a host.
 *
 * @internal
 */
export function guardOf(side: HostSide): Guard {
  const kinds = policiesAt(side) ?? [];
  const keys = new Set(kinds.map(({ authorization, authentication }) => canonical([...authorization, ...authentication].map(({ object }) => object.toString()))));
  const [first] = kinds;
  const specs = (list: readonly { readonly object: ClusterObject }[]) => canonical(list.map(({ object }) => canonical([object.namespace, object.spec])).sort());
  const authentication = kinds.flatMap((kind) => kind.authentication);
  return {
    policies: keys.size > 1 ? undefined : first?.authorization ?? [],
    tokens: specs(authentication),
    issuers: [...new Set(authentication.flatMap(({ rules }) => rules.flatMap(({ issuer }) => issuer ?? [])))],
    custom: specs(kinds.flatMap((kind) => kind.authorization).filter(({ action }) => action === 'CUSTOM')),
  };
}

/**
 * Addresses of which each is in other blocks of policies.
 *
 * @internal
 */
export function addressesIn(guards: readonly Guard[]): readonly string[] {
  const found = new Set(['203.0.113.7', '198.51.100.9', '2001:db8::7']);
  for (const rule of guards.flatMap(({ policies }) => policies ?? []).flatMap(({ rules }) => rules)) {
    const parts = [...rule.from.flatMap((part) => ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'].flatMap((list) => valuesOf(part, list))),
      ...rule.when.filter(({ key }) => key === 'source.ip' || key === 'remote.ip').flatMap((part) => [...valuesOf(part, 'values'), ...valuesOf(part, 'notValues')])];
    for (const block of parts) addressesOf(block).forEach((address) => found.add(address));
  }
  return [...found];
}

/** The first and the last address of a block of IPv4, and the first one of a block of IPv6. */
function addressesOf(block: string): readonly string[] {
  const [text, length] = block.split('/');
  const address = parseAddress(text);
  if (address === undefined || address.bits === 128) return [text];
  const size = 2n ** BigInt(32 - Number(length ?? 32));
  const first = address.value / size * size;
  return [first, first + size - 1n].map((value) => [24n, 16n, 8n, 0n].map((shift) => (value / 2n ** shift) % 256n).join('.'));
}

/**
 * The rules of a host on one side.
 *
 * @param isOrdered Whether the order of the rules is known on all sides.
 * @internal
 */
export function rulesAt(
  { side, entry, isRouted, found }: HostSide, { connection, host }: ComparedHost, authority: Field, isOrdered: boolean,
): readonly Rule[] {
  if (entry === undefined) return [constantRule('nothing listens')];
  if (!isRouted) {
    const answer = side.resolver.resolve(witnessOf(Cube.all('plain'), '/', { entry, authority: host }));
    return [constantRule(answerValue(answer))];
  }
  if (found === undefined) return [];
  const scheme = connection.tls ? 'https' as const : 'http' as const;
  if (found.redirect !== undefined && scheme === 'http') return [REDIRECT];
  return rulesOf(found.virtualHost.routes, side, { scheme, authority, hasTokens: side.hasTokens }, isOrdered);
}
