import { ArgumentCheck, COMMANDS } from './envoy-commands';

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

function problemOf({ name, argument, length }: Variable): string | undefined {
  const check = COMMANDS.get(name);
  if (check === undefined) return `Envoy does not know the variable %${name}%. Use one from its list, or write %% for a percent sign`;
  return argumentProblem(name, argument, check) ?? (length === undefined ? undefined : lengthProblem(name, argument));
}

function argumentProblem(name: string, argument: string | undefined, check: ArgumentCheck): string | undefined {
  if (argument !== undefined && argument.trim() === '') return `Istio refuses empty parentheses. Give %${name}% an argument, or leave them out`;
  const expected = check(argument ?? '');
  if (expected !== undefined) return `%${name}% needs ${expected}`;
  if (argument !== undefined && !ARGUMENT.test(argument)) return `Istio refuses quotes, lists and a final backslash in the argument of %${name}%`;
  return undefined;
}

function lengthProblem(name: string, argument: string | undefined): string | undefined {
  if (argument !== undefined) return `Istio refuses a length after the argument of %${name}%. Leave it out`;
  return CUT.includes(name) ? undefined : `%${name}% cannot be cut to a length. Leave it out`;
}
