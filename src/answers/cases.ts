import { AnswerCase, Outcome, ProxyResponder } from './answer';
import { localReply } from './delivery/local-reply';
import { Fraction } from './fraction';
import { NormalRequest } from './normal-request';

/**
 * A case in which a proxy answers all requests.
 *
 * @internal
 */
export function answeredBy(responder: ProxyResponder, rule?: AnswerCase['rule']): AnswerCase {
  return { outcomes: [{ share: Fraction.ALL, responder }], mirrors: [], ...rule === undefined ? {} : { rule } };
}

/**
 * A case in which a proxy answers a request that it has read.
 *
 * @internal
 */
export function repliedBy(responder: ProxyResponder, { headers }: NormalRequest, rule?: AnswerCase['rule']): AnswerCase {
  return answeredBy(localReply(responder, headers), rule);
}

/**
 * A case under a further condition.
 *
 * @internal
 */
export function under(condition: string | undefined, answer: AnswerCase): AnswerCase {
  if (condition === undefined) return answer;
  return { ...answer, condition: answer.condition === undefined ? condition : `${condition}, and ${answer.condition}` };
}

/**
 * The cases, or one without a condition if all have the same answer.
 *
 * @internal
 */
export function distinct(cases: readonly AnswerCase[]): readonly AnswerCase[] {
  if (cases.length < 2) return cases;
  const [first, ...others] = cases;
  const key = keyOf(first);
  if (!others.every((each) => keyOf(each) === key)) return cases;
  const { condition: _condition, ...answer } = first;
  const filters = cases.flatMap((each) => each.filters ?? []);
  return [filters.length === 0 ? answer : { ...answer, filters: [...new Set(filters)] }];
}

/** A key that cases share if clients and backends see no difference. */
function keyOf({ outcomes, mirrors, timeout, retries, delay }: AnswerCase): string {
  const copies = mirrors.map(({ share, responder, delivered }) => [share.toString(), withoutPlace(responder), delivered]);
  return JSON.stringify([outcomes.map(outcomeKey), copies, timeout, retries, delay], plain);
}

function outcomeKey({ share, responder, delivered, response }: Outcome): unknown {
  return [share.toString(), withoutPlace(responder), delivered, response];
}

function withoutPlace(responder: object): object {
  return { ...responder, place: undefined, reason: undefined };
}

function plain(_name: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
