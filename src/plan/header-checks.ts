import { IConstruct } from 'constructs';
import { checkNoControls, checkWritable } from './checks/checks';
import { invalid, show } from './checks/errors';
import type * as headerVariables from './expressions/header-variables';

type At = IConstruct | string;

/** Most names and values: short, and without anything that needs a closer look. */
const USUAL_NAME = /^[a-z\d][-a-z\d]{0,99}$/;
const USUAL_VALUE = /^[\x20-\x24\x26-\x7e]{0,200}$/;

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** Maximum size of the name and of the value of a header that a route writes. */
const MAX_HEADER_BYTES = 16384;

/**
 * Whether a string can be the name of a header. Envoy lower-cases the names that it writes, so capitals are valid there.
 *
 * @internal
 */
export function isHeaderToken(value: string): boolean {
  return typeof value === 'string' && HEADER_NAME.test(value.toLowerCase());
}

/**
 * Whether a string is a usual name of a header, which needs no closer look.
 *
 * @internal
 */
export function isUsualHeaderName(value: string): boolean {
  return typeof value === 'string' && USUAL_NAME.test(value);
}

/** @internal */
export function checkHeaderName(at: At, value: string): void {
  checkWritable(at, 'header name', value);
  if (isUsualHeaderName(value)) return;
  if (typeof value !== 'string' || !HEADER_NAME.test(value)) {
    throw invalid(at, `header name ${show(value)}`, 'expected a header name in lower case, as in HTTP/2 and Envoy');
  }
  checkHeaderSize(at, 'a header name', value);
}

/**
 * Checks a header that a route writes: its value has no control characters, is not too long, and uses only Envoy's variables.
 *
 * @internal
 */
export function checkHeaderValue(at: At, name: string, value: string): void {
  if (typeof value !== 'string') throw invalid(at, `value ${show(value)} of header ${name}`, 'expected a string');
  if (USUAL_VALUE.test(value)) return;
  checkHeaderSize(at, `value of header ${name}`, value);
  checkNoControls(at, `value ${JSON.stringify(value)} of header ${name}`, value.replaceAll('\t', ''));
  const problem = value.includes('%') ? variables().variableProblem(value) : undefined;
  if (problem !== undefined) throw invalid(at, `value ${show(value)} of header ${name}`, problem);
}

/** Loads the list of Envoy's variables, which is large and rarely needed. */
function variables(): typeof headerVariables {
  return require('./expressions/header-variables') as typeof headerVariables;
}

/**
 * Checks the size of the name or the value of a header that a route writes. Because of a larger one Envoy rejects all routes.
 *
 * @internal
 */
export function checkHeaderSize(at: At, what: string, text: string): void {
  const size = Buffer.byteLength(text);
  if (size > MAX_HEADER_BYTES) throw invalid(at, `${what} with ${size} bytes`, `Envoy accepts at most ${MAX_HEADER_BYTES}`);
}
