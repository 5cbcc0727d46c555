import { withFullStop } from './place';
import { printable } from './printable';
import { FindingExample } from '../rules/example';

/**
 * Who answers a request that shows a finding, as a sentence.
 *
 * @internal
 */
export function misroutedText({ misrouted, answeredBy, intended, ifFirst }: FindingExample): string {
  if (misrouted === 0) return withFullStop(printable(`0 % of such requests are misrouted, since both rules lead to ${answeredBy}`));
  const condition = ifFirst === undefined ? '' : `, if ${ifFirst} comes first`;
  return withFullStop(printable(`${Number(misrouted.toFixed(4))} % of such requests are misrouted: they get ${answeredBy} instead of ${intended}${condition}`));
}

/**
 * A request that shows a finding, as lines of text. Commands are copied, and not broken.
 *
 * @internal
 */
export function exampleLines({ command: { kind, text, notes } }: FindingExample): string[] {
  const [first, ...others] = text.split('\n').map(printable);
  const lines = kind === 'raw' ? ['Example, which neither curl nor grpcurl can send:', first, ...others] : [`Example: ${first}`, ...others];
  return [...lines, ...notes.map((note) => withFullStop(printable(note)))];
}
