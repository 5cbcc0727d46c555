import { NOTHING_LISTENS } from './answers/class-answers';
import { Connection, ConnectionSide } from './connections/connection';
import { connectionsOf } from './connections/connections';
import { Answer } from '../answers/answer';
import { InputError } from '../answers/input/input-error';
import { GatewayEntry, Request } from '../answers/request';
import { Resolver } from '../answers/resolver';
import { Cluster } from '../cluster/cluster';
import { filterlessResolver } from './rules/side';

/**
 * Answers single requests in two states of a cluster, of which a Gateway may exist in one only, or under another name.
 *
 * @internal
 */
export class Replay {
  private connections?: readonly Connection[];

  constructor(private readonly before: Cluster, private readonly after: Cluster) {}

  /** The answers to a request to a gateway, before and after. */
  public answersTo(request: Request): { readonly before: Answer; readonly after: Answer } {
    const [before, after] = [this.before, this.after].map((cluster) => cluster.derived(filterlessResolver));
    const connection = this.connectionOf(request, before, after);
    if (connection === undefined) return { before: answerOn(before, request), after: answerOn(after, request) };
    return { before: answerAt(before, request, connection.before), after: answerAt(after, request, connection.after) };
  }

  /** The connection without TLS by which a request enters. Its Gateway may have another name in one of the states, or be missing there. */
  private connectionOf({ entry }: Request, before: Resolver, after: Resolver): Connection | undefined {
    if (entry.kind !== 'gateway' || entry.gateway === undefined || entry.tls !== undefined) return undefined;
    this.connections ??= connectionsOf(before.entrances.listeners, after.entrances.listeners);
    return this.connections.find(({ gateway, port, tls }) => gateway === entry.gateway && port === entry.port && !tls);
  }
}

function answerAt(resolver: Resolver, request: Request, { entry }: ConnectionSide): Answer {
  if (entry === undefined) return NOTHING_LISTENS;
  return answerOn(resolver, { ...request, entry: { ...request.entry, gateway: entry.gateway } as GatewayEntry });
}

function answerOn(resolver: Resolver, request: Request): Answer {
  const { entry } = request;
  const anyGateway = entry.kind === 'gateway' ? { ...request, entry: { ...entry, gateway: undefined } } : request;
  return answerIfKnown(resolver, request) ?? answerIfKnown(resolver, anyGateway) ?? NOTHING_LISTENS;
}

/** Undefined if the Gateway is not known. */
function answerIfKnown(resolver: Resolver, request: Request): Answer | undefined {
  try {
    return resolver.resolve(request);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
