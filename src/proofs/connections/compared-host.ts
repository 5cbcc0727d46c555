import { Connection } from './connection';
import { HostArea } from './host-words';
import { Answer } from '../../answers/answer';
import { GatewayHost } from '../../answers/gateways/gateway-hosts';
import { GatewayEntry } from '../../answers/request';
import { answerValue } from '../answers/answer-value';
import { AcceptedTokens } from '../policies/accepted-tokens';
import { Cube } from '../requests/cube';
import { Field } from '../requests/field';
import { Client, witnessOf } from '../requests/witness';
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
  /** All hosts that are looked at. */
  readonly area: HostArea;
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
  /** The tokens that the gateway accepts. */
  readonly tokens: readonly AcceptedTokens[];
}

/**
 * The clients of a host on one side; undefined if nothing listens.
 *
 * @internal
 */
export function clientOf({ entry, tokens }: HostSide, { host }: ComparedHost): Client | undefined {
  return entry === undefined ? undefined : { entry, authority: host, tokens };
}

/**
 * Whether a server forwards the connections of clients as they are, so that only policies about connections apply.
 *
 * @internal
 */
export function forwardsConnections({ side, entry, isRouted }: HostSide, { host }: ComparedHost): boolean {
  if (entry === undefined || isRouted) return false;
  return constantAnswer(side, entry, host).cases.some(({ outcomes }) => outcomes.some(({ delivered }) => delivered !== undefined));
}

/** The answer to all requests over a connection that is not read as HTTP. */
function constantAnswer({ resolver }: Side, entry: GatewayEntry, host: string): Answer {
  return resolver.resolve(witnessOf(Cube.all('plain'), '/', { entry, authority: host }));
}

/**
 * The rules of a host on one side.
 *
 * @param isOrdered Whether the order of the rules is known on all sides.
 * @internal
 */
export function rulesAt(
  { side, entry, isRouted, found, tokens }: HostSide, { connection, host }: ComparedHost, authority: Field, isOrdered: boolean,
): readonly Rule[] {
  if (entry === undefined) return [constantRule('nothing listens')];
  if (!isRouted) return [constantRule(answerValue(constantAnswer(side, entry, host)))];
  if (found === undefined) return [];
  const scheme = connection.tls ? 'https' as const : 'http' as const;
  if (found.redirect !== undefined && scheme === 'http') return [REDIRECT];
  return rulesOf(found.virtualHost.routes, side, { scheme, authority, hasTokens: tokens.length > 0 }, isOrdered);
}
