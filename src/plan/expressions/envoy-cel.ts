import { CelCall, readCel } from './cel-syntax';

/** The functions that Envoy evaluates, each with a valid number of arguments. */
const FUNCTIONS = new Set(`
  has/1 size/1 contains/2 startsWith/2 endsWith/2 matches/2 int/1 uint/1 double/1 bytes/1 bool/1 timestamp/1 duration/1 type/1 dyn/1
  .size/0 .contains/1 .startsWith/1 .endsWith/1 .matches/1 .extract/3 .capture/2
  .getDate/0 .getDayOfMonth/0 .getDayOfWeek/0 .getDayOfYear/0 .getFullYear/0 .getHours/0 .getMilliseconds/0 .getMinutes/0 .getMonth/0 .getSeconds/0
  .getDate/1 .getDayOfMonth/1 .getDayOfWeek/1 .getDayOfYear/1 .getFullYear/1 .getHours/1 .getMilliseconds/1 .getMinutes/1 .getMonth/1 .getSeconds/1
`.trim().split(/\s+/));

const isKnown = ({ name, size }: CelCall) => FUNCTIONS.has(`${name}/${size}`);

/**
 * Returns why Envoy cannot evaluate an expression in an access log or a header; undefined if it can. Envoy has no conversion to strings
 * and no macros over lists. Because of one such expression it rejects the whole listener or all routes.
 *
 * @internal
 */
export function envoyCelProblem(expression: string): string | undefined {
  const { problem, calls, types } = readCel(expression);
  if (problem !== undefined) return `it is not valid CEL: ${problem}`;
  const unknown = calls.find((call) => !isKnown(call));
  if (unknown !== undefined) return `Envoy has no function ${unknown.name.replace('.', '')} with ${unknown.size} argument${unknown.size === 1 ? '' : 's'} there`;
  return types.length === 0 ? undefined : `Envoy does not know the type ${types[0]}`;
}
