import { COMMANDS } from './envoy-commands';

/** A percent sign, or a command of Envoy with its argument and length. */
const VARIABLE = /%%|%([A-Z0-9_]+)(?:\(([^)]*)\))?(?::(\d{1,18}))?%/y;

/** Commands that accept a length without an argument. Behind an argument Istio refuses it. */
const CUT = ['PATH', 'QUERY_PARAMS'];

/** What Istio reads as an argument: not empty, no list, no quotes, and no backslash in front of the parenthesis. */
const ARGUMENT = /^ *[^ [](?:[^"\\]|\\.)*$/;

interface Variable {
  readonly name: string;
  readonly argument?: string;
  readonly length?: string;
}

/**
 * Returns what is wrong with the variables in the value of a header and how to mend it; undefined when Istio accepts the value and
 * Envoy the routes. Envoy refuses all routes of a gateway's port because of one variable.
 *
 * @internal
 */
export function variableProblem(value: string): string | undefined {
  return firstProblem(value, (variable) => unknown(variable) ?? emptyParentheses(variable) ?? wrongArgument(variable)
    ?? refusedByIstio(variable) ?? wrongLength(variable));
}

/**
 * Returns what is wrong with the variables in a format that Istio hands on to Envoy as it is, such as that of a tag of traces;
 * undefined when Envoy accepts it. Envoy refuses the whole listener because of one variable.
 *
 * @internal
 */
export function formatProblem(value: string): string | undefined {
  return firstProblem(value, (variable) => unknown(variable) ?? wrongArgument(variable) ?? wrongLength(variable));
}

function firstProblem(value: string, problemOf: (variable: Variable) => string | undefined): string | undefined {
  for (let start = value.indexOf('%'); start >= 0; start = value.indexOf('%', VARIABLE.lastIndex)) {
    VARIABLE.lastIndex = start;
    const found = VARIABLE.exec(value);
    if (found === null) return 'Envoy reads % as the start of a variable such as %HOSTNAME%: write %% for a percent sign';
    const [, name, argument, length] = found;
    const problem = name === undefined ? undefined : problemOf({ name, argument, length });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unknown({ name }: Variable): string | undefined {
  return COMMANDS.has(name) ? undefined : `Envoy does not know the variable %${name}%. Use one from its list, or write %% for a percent sign`;
}

function wrongArgument({ name, argument = '' }: Variable): string | undefined {
  const expected = COMMANDS.get(name)!(argument);
  return expected === undefined ? undefined : `%${name}% needs ${expected}`;
}

/** How long a value may get behind an argument, Envoy decides for each command; without one hardly any can be cut. */
function wrongLength({ name, argument, length }: Variable): string | undefined {
  if (length === undefined || argument !== undefined || CUT.includes(name)) return undefined;
  return `%${name}% cannot be cut to a length. Leave it out`;
}

function emptyParentheses({ name, argument }: Variable): string | undefined {
  if (argument === undefined || argument.trim() !== '') return undefined;
  return `Istio refuses empty parentheses. Give %${name}% an argument, or leave them out`;
}

function refusedByIstio({ name, argument, length }: Variable): string | undefined {
  if (argument === undefined) return undefined;
  if (!ARGUMENT.test(argument)) return `Istio refuses quotes, lists and a final backslash in the argument of %${name}%`;
  return length === undefined ? undefined : `Istio refuses a length after the argument of %${name}%. Leave it out`;
}
