import { Answer, Responder } from '../../answers/answer';
import { isProxy, nameOf } from '../../answers/expectations/responder-names';
import { groupBy } from '../../plan/groups';
import { responderValue } from '../../proofs/answers/answer-value';

/**
 * Names of the responders of two answers. Where two of them have one name, such as a subset whose labels change, what is different is in their
 * names, too.
 *
 * @internal
 */
export function namesIn(...answers: readonly Answer[]): (responder: Responder) => string {
  const all = answers.flatMap(({ cases }) => cases.flatMap(({ outcomes, mirrors }) => [...outcomes, ...mirrors].map(({ responder }) => responder)));
  const isAmbiguous = new Set([...groupBy(all, nameOf)].flatMap(([name, same]) => (new Set(same.map(keyOf)).size > 1 ? [name] : [])));
  return (responder) => {
    const name = nameOf(responder);
    return isAmbiguous.has(name) ? `${name}${detailOf(responder)}` : name;
  };
}

/**
 * A key that responders share if they are the same one, whatever their subsets are called.
 *
 * @internal
 */
export function keyOf(responder: Responder): string {
  return JSON.stringify(responderValue(responder));
}

function detailOf(responder: Responder): string {
  if (responder.kind === 'service') {
    const labels = Object.entries(responder.subset?.labels ?? {}).map(([name, value]) => `${name}=${value}`).sort();
    return labels.length === 0 ? ' without labels' : ` with ${labels.join(',')}`;
  }
  return isProxy(responder) ? ` with ${responder.body === undefined ? 'no body' : `body ${JSON.stringify(shortened(responder.body))}`}` : '';
}

/** Long bodies make no readable names. */
const SHOWN = 60;

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
