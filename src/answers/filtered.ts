import { AnswerCase, Step } from './answer';
import { under } from './cases';
import { ClusterObject } from '../cluster/cluster-object';

/**
 * A case whose requests pass filters.
 *
 * @internal
 */
export function passing(filters: readonly ClusterObject[], answer: AnswerCase): AnswerCase {
  return filters.length === 0 ? answer : { ...answer, filters: [...new Set([...answer.filters ?? [], ...filters])] };
}

/**
 * A case under the condition that the filters on the way change nothing.
 *
 * @internal
 */
export function ifUnchanged(answer: AnswerCase): AnswerCase {
  const { condition, filters = [] } = answer;
  if (filters.length === 0) return answer;
  const names = filters.map((filter) => filter.toString());
  const unchanged = `${names.join(' and ')} ${names.length === 1 ? 'changes' : 'change'} nothing`;
  return condition === undefined ? under(unchanged, answer) : { ...answer, condition: `${condition}, and ${unchanged}` };
}

/**
 * The steps of filters.
 *
 * @internal
 */
export function filterSteps(filters: readonly ClusterObject[]): readonly Step[] {
  return filters.map((object) => ({
    stage: 'filter', matched: true, text: `${object.toString()} may change requests here, which its manifest does not tell`, place: { object, field: ['spec'] },
  }));
}
