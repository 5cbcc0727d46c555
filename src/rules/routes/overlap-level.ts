import { coversMatch, coversPath } from '../../cluster/routing/match-relations';
import { RulePair, takesAll } from '../../cluster/routing/overlapping-rules';
import { Conditions, MatchConditions } from '../../cluster/routing/request-match';
import { TextRelations } from '../../cluster/routing/text-relations';
import { isKnownOrder } from '../../cluster/routing/virtual-hosts';
import { MODEL_HEADER } from '../../plan/core2-service';
import { StringMatchKind } from '../../plan/string-match';
import { Level } from '../level';

/**
 * How serious it is that two rules match the same requests: an error if the first one takes all requests of the other, or if the same
 * requests are expected by both.
 *
 * @internal
 */
export function levelOf(pair: RulePair): Level {
  const { first, second, texts } = pair;
  if (takesAll(pair)) return Level.ERROR;
  if (coversMatch(second.match, first.match, texts)) return isKnownOrder(first.virtualService, second.virtualService) ? Level.INFO : Level.WARNING;
  if (sameNames(first.match.headers, second.match.headers) && sameNames(first.match.queryParams, second.match.queryParams)) return Level.ERROR;
  return isUnlikely(first.match, second.match, texts) || isUnlikely(second.match, first.match, texts) ? Level.INFO : Level.WARNING;
}

/** Whether a client that identifies the requests of one match by a header is unlikely to send it on the paths of the other one. */
function isUnlikely(identified: MatchConditions, other: MatchConditions, texts: TextRelations): boolean {
  return requiresMore(identified, other) && (requiresMore(other, identified) || !coversPath(identified, other, texts) || namesModel(identified));
}

/** Whether clients name the model in a header. They do not send the name of one model on the path of another one. */
function namesModel({ headers }: MatchConditions): boolean {
  return headers.has(MODEL_HEADER);
}

/** Whether a match identifies its requests by a header that the other one does not mention. */
function requiresMore(a: MatchConditions, b: MatchConditions): boolean {
  return [...a.headers].some(([name, condition]) => condition !== 'present' && condition.kind === StringMatchKind.EXACT && !b.headers.has(name));
}

function sameNames(a: Conditions, b: Conditions): boolean {
  return a.size === b.size && [...a.keys()].every((name) => b.has(name));
}
