import { element, Markup } from './markup';
import { conditionHeading } from '../../report/answers/condition';

/**
 * The condition of a case, above what happens then; undefined if it always holds.
 *
 * @internal
 */
export function conditionLine(condition: string | undefined): Markup | undefined {
  if (condition === undefined) return undefined;
  return element('p', { class: 'condition' }, conditionHeading(condition));
}
