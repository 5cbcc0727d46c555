import { responderValue } from './answer-value';
import { Answer, Responder } from '../../answers/answer';
import { isProxy, nameOf } from '../../answers/expectations/responder-names';
import { Change } from '../change';

/**
 * The backends that requests reach after a change and not before, as names.
 *
 * @internal
 */
export function gainedBy({ before, after }: Pick<Change, 'before' | 'after'>): readonly string[] {
  const known = new Set(backendsOf(before).map(backendKey));
  return [...new Set(backendsOf(after).filter((responder) => !known.has(backendKey(responder))).map(nameOf))];
}

function backendsOf({ cases }: Answer): readonly Responder[] {
  return cases.flatMap(({ outcomes }) => outcomes.map(({ responder }) => responder)).filter((responder) => !isProxy(responder));
}

/** A key that subsets with the same labels share. */
function backendKey(responder: Responder): string {
  return JSON.stringify(responderValue(responder));
}
