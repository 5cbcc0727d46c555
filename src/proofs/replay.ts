import { NOTHING_LISTENS } from './answers/class-answers';
import { Answer } from '../answers/answer';
import { InputError } from '../answers/input/input-error';
import { Request } from '../answers/request';
import { Resolver } from '../answers/resolver';
import { Cluster } from '../cluster/cluster';
import { filterlessResolver } from './rules/side';

/**
 * Answers single requests in two states of a cluster, of which a Gateway may exist in one only, or under another name.
 *
 * @internal
 */
export class Replay {
  constructor(private readonly before: Cluster, private readonly after: Cluster) {}

  /** The answers to a request to a gateway, before and after. */
  public answersTo(request: Request): { readonly before: Answer; readonly after: Answer } {
    const [before, after] = [this.before, this.after].map((cluster) => cluster.derived(filterlessResolver));
    return { before: answerOn(before, request), after: answerOn(after, request) };
  }
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
