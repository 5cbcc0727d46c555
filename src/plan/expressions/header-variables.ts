import { COMMANDS } from './envoy-commands';

/** A percent sign, or a command of Envoy with its argument and length. */
const VARIABLE = /%%|%([A-Z0-9_]+)(?:\(([^)]*)\))?(?::(\d{1,18}))?%/y;

/** Commands that accept a length without an argument. After an argument Istio rejects it. */
const CUT = ['PATH', 'QUERY_PARAMS'];

/** An argument that Istio accepts: not empty, not a list, without quotes, and without a backslash in front of the parenthesis. */
const ARGUMENT = /^ *[^ [](?:[^"\\]|\\.)*$/;

interface Variable {
  readonly name: string;
  readonly argument?: string;
  readonly length?: string;
}

/**
 * Returns the problem of the variables in the value of a header and its remedy; undefined if Istio accepts the value and
 * Envoy the routes. Because of one invalid variable Envoy rejects all routes of a gateway's port.
 *
 * @internal
 */
export function variableProblem(value: string): string | undefined {
  return firstProblem(value, (variable) => unknown(variable) ?? emptyParentheses(variable) ?? wrongArgument(variable)
    ?? refusedByIstio(variable) ?? wrongLength(variable));
}

/**
 * Returns the problem of the variables in a format that Istio forwards to Envoy unchanged, such as that of a tag of traces;
 * undefined if Envoy accepts it. Because of one invalid variable Envoy rejects the whole listener.
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
    if (found === null) return 'Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign';
    const [, name, argument, length] = found;
    const problem = name === undefined ? undefined : problemOf({ name, argument, length });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unknown({ name }: Variable): string | undefined {
  return COMMANDS.has(name) ? undefined : `Envoy has no variable %${name}%. Use one of its list, or write %% for a percent sign`;
}

function wrongArgument({ name, argument = '' }: Variable): string | undefined {
  const expected = COMMANDS.get(name)!(argument);
  return expected === undefined ? undefined : `%${name}% needs ${expected}`;
}

/** With an argument, whether a length is valid depends on the command. Without one, only a few values can be truncated. */
function wrongLength({ name, argument, length }: Variable): string | undefined {
  if (length === undefined || argument !== undefined || CUT.includes(name)) return undefined;
  return `%${name}% cannot be truncated. Remove the length`;
}

function emptyParentheses({ name, argument }: Variable): string | undefined {
  if (argument === undefined || argument.trim() !== '') return undefined;
  return `Istio rejects empty parentheses. Give %${name}% an argument, or remove them`;
}

function refusedByIstio({ name, argument, length }: Variable): string | undefined {
  if (argument === undefined) return undefined;
  if (!ARGUMENT.test(argument)) return `Istio rejects quotes, lists and a trailing backslash in the argument of %${name}%`;
  return length === undefined ? undefined : `Istio rejects a length after the argument of %${name}%. Remove the length`;
}
