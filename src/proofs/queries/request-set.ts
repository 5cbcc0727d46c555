import { InputError } from '../../answers/input/input-error';
import { Expression } from '../../plan/expressions/re2';
import { Work } from '../../plan/expressions/work';
import { hostCovers, hostIntersection } from '../../plan/hosts';
import { ComparedHost } from '../connections/compared-host';
import { PairedHost } from '../connections/compared-hosts';
import { areaOf, patternWord } from '../connections/host-words';
import { Cube, Reading } from '../requests/cube';
import { claimField, Field, headerField, isSendable, METHOD } from '../requests/field';
import { Literal } from '../requests/literal';
import { PRESENT, Test, testFor } from '../words/string-test';

/**
 * A pattern of a string. Only one of the fields is set.
 *
 * @internal
 */
export interface TextPattern {
  /** The string. */
  readonly exact?: string;
  /** Its beginning. */
  readonly prefix?: string;
  /** An expression for all of it. */
  readonly regex?: string;
  /** Whether there is any string. */
  readonly present?: boolean;
}

/**
 * A set of requests from outside the mesh, described by patterns. What is not specified is any.
 *
 * @internal
 */
export interface RequestSet {
  /** The Gateway, as `namespace/name`. */
  readonly gateway?: string;
  /** A host, or a pattern such as `*.example.com`. */
  readonly host?: string;
  /** The path, without the query. */
  readonly path?: TextPattern;
  /** The method. */
  readonly method?: TextPattern;
  /** Headers, by name. */
  readonly headers?: { readonly [name: string]: TextPattern };
  /** Claims of the token, by the names on the way to them, with dots in between. */
  readonly claims?: { readonly [path: string]: TextPattern };
}

const KINDS = ['exact', 'prefix', 'regex'] as const;

/**
 * A test for a pattern.
 *
 * @param what What it is about, for errors.
 * @throws InputError if it is not a valid pattern.
 * @internal
 */
export function testOf(what: string, pattern: TextPattern): Test {
  const kinds = KINDS.filter((kind) => pattern[kind] !== undefined);
  if (kinds.length === 0 && pattern.present === true) return PRESENT;
  if (kinds.length !== 1 || pattern.present !== undefined) {
    throw new InputError(`the pattern of ${what} has ${kinds.length === 0 ? 'no condition' : 'several conditions'}`, 'set one of exact, prefix, regex and present');
  }
  const [kind] = kinds;
  const value = pattern[kind]!;
  if (kind === 'regex') checkExpression(what, value);
  return testFor(kind, value);
}

function checkExpression(what: string, value: string): void {
  try {
    Expression.of(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`the expression ${JSON.stringify(value)} of ${what} is not valid: ${error.message}`, 'use the syntax of RE2');
  }
}

/**
 * The requests of a set as a cube, without what it tells about hosts and paths.
 *
 * @returns undefined if there is none, and `limit` if that was not found out.
 * @throws InputError if a pattern is not valid.
 * @internal
 */
export function cubeOf({ method, headers = {}, claims = {} }: RequestSet, reading: Reading, work: Work): Cube | 'limit' | undefined {
  const on = (field: Field, what: string, pattern: TextPattern): Literal => ({ field, test: testOf(what, pattern), isPositive: true });
  const literals = [
    ...method === undefined ? [] : [on(METHOD, 'the method', method)],
    ...Object.entries(headers).map(([name, pattern]) => on(headerOf(name), `header ${name}`, pattern)),
    ...Object.entries(claims).map(([name, pattern]) => on(claimField(name.split('.')), `claim ${name}`, pattern)),
  ];
  let cube: Cube = Cube.all(reading);
  for (const literal of literals) {
    const next = cube.with(literal, work);
    if (next === undefined || next === 'limit') return next;
    cube = next;
  }
  return cube;
}

function headerOf(name: string): Field {
  const lower = name.toLowerCase();
  if (lower === 'host') throw new InputError('the set has a pattern of the header host', 'set host instead');
  if (!isSendable(lower)) throw new InputError(`${JSON.stringify(name)} is not the name of a header`, 'write a name such as x-tester');
  return headerField(lower);
}

const HOST = /^(?:\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/i;

/**
 * Checks the host of a set.
 *
 * @throws InputError if no client can ask for it.
 * @internal
 */
export function checkHost({ host }: RequestSet): void {
  if (host === undefined || HOST.test(host)) return;
  throw new InputError(`the host ${JSON.stringify(host)} of the set is not a valid one`, 'write a host without a port, or a pattern such as *.example.com');
}

/**
 * The hosts of a set that belong to a virtual host; undefined if there are none.
 *
 * @internal
 */
export function hostsIn({ host }: RequestSet, { compared, patterns }: Pick<PairedHost, 'compared' | 'patterns'>): ComparedHost | undefined {
  if (host === undefined) return compared;
  const { pattern, area } = compared;
  const wanted = host.toLowerCase();
  const common = hostIntersection(wanted, pattern);
  if (common === undefined || common === pattern) return common === undefined ? undefined : compared;
  const all = new Set([...patterns, wanted]);
  const word = patternWord(wanted, all);
  // Hosts of narrower patterns are those of other virtual hosts, and so may be all that the set has here.
  if (!area.isOwn(word)) return undefined;
  return { ...compared, host: word, area: { ...areaOf(wanted, all), narrower: () => area.narrower().filter((each) => hostCovers(wanted, each)) } };
}
