import { ComparedHost, HostSide } from './compared-host';
import { authoritiesOf } from './host-words';
import { PoliciesInForce } from '../../answers/access/access-policies';
import { canonical } from '../../cluster/canonical';
import { ClusterObject } from '../../cluster/cluster-object';
import { parseAddress } from '../../cluster/ip-blocks';
import { AuthorizationPolicyView, valuesOf } from '../../cluster/policies';
import { ANY_REQUEST, MatchConditions } from '../../cluster/routing/request-match';
import { StringMatchKind } from '../../plan/string-match';
import { authorityField, Field } from '../requests/field';

/**
 * The field of the `Host` header for the requests of a host.
 *
 * @internal
 */
export function authorityOf(compared: ComparedHost, sides: readonly HostSide[]): Field {
  const matches = sides.flatMap(({ found }) => found?.virtualHost.routes.map(({ match }) => match) ?? []);
  const hosts = sides.flatMap(({ side, entry }) => side.enforcedAt(entry?.gateway).kinds.flatMap(({ authorization }) => hostsIn(authorization)));
  return authorityField(authoritiesOf(compared.host, compared.area, [...matches, ...hosts]));
}

/** Values of hosts as matches, so that there are words for each. */
function hostsIn(policies: readonly AuthorizationPolicyView[]): readonly MatchConditions[] {
  const operations = policies.flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  const values = operations.flatMap((part) => [...valuesOf(part, 'hosts'), ...valuesOf(part, 'notHosts')]);
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
  /** A key of the policies about callers. */
  readonly authorization: string;
  /** A key of the rules about tokens. */
  readonly authentication: string;
  /** A key of the policies that ask an authorizer. */
  readonly custom: string;
}

/**
 * Reads the policies of the gateway of a host.
 *
 * @internal
 */
export function guardOf({ side, entry }: HostSide): Guard {
  const { kinds } = side.enforcedAt(entry?.gateway);
  const namesOf = ({ authorization, authentication }: PoliciesInForce) => (
    canonical([...authorization, ...authentication].map(({ object }) => object.toString()))
  );
  const keyOf = (policiesOf: (kind: PoliciesInForce) => readonly { readonly object: ClusterObject }[]) => (
    canonical(kinds.map((kind) => specsOf(policiesOf(kind))).sort())
  );
  return {
    policies: new Set(kinds.map(namesOf)).size > 1 ? undefined : kinds[0]?.authorization ?? [],
    authorization: keyOf(({ authorization }) => authorization),
    authentication: keyOf(({ authentication }) => authentication),
    custom: keyOf(({ authorization }) => authorization.filter(({ action }) => action === 'CUSTOM')),
  };
}

function specsOf(list: readonly { readonly object: ClusterObject }[]): string {
  return canonical(list.map(({ object }) => canonical([object.namespace, object.spec])).sort());
}

/** The lists of a source that have addresses. */
const ADDRESSES: readonly string[] = ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'];

/**
 * Addresses of which each is in other blocks of policies.
 *
 * @internal
 */
export function addressesIn(guards: readonly Guard[]): readonly string[] {
  const found = new Set(['203.0.113.7', '198.51.100.9', '2001:db8::7']);
  for (const rule of guards.flatMap(({ policies }) => policies ?? []).flatMap(({ rules }) => rules)) {
    const conditions = rule.when.filter(({ key }) => key === 'source.ip' || key === 'remote.ip');
    const blocks = [
      ...rule.from.flatMap((part) => ADDRESSES.flatMap((list) => valuesOf(part, list))),
      ...conditions.flatMap((part) => [...valuesOf(part, 'values'), ...valuesOf(part, 'notValues')]),
    ];
    for (const block of blocks) addressesOf(block).forEach((address) => found.add(address));
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
