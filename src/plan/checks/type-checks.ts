import { IConstruct } from 'constructs';
import { BackendTarget, IBackend } from '../backend';
import { invalid, show } from './errors';
import { IGateway } from '../gateway-ref';
import { StringMatch, StringMatchKind } from '../string-match';

type At = IConstruct | string;

// Checks of what no struct has, such as the parameters of a method. The table of structs checks all others.

/**
 * Checks that something is a list: a text would be read letter by letter.
 *
 * @internal
 */
export function checkList(at: At, what: string, value: readonly unknown[], of: string): void {
  if (!Array.isArray(value)) throw invalid(at, `${what} ${show(value)}`, `expected a list of ${of}`);
}

/** @internal */
export function checkText(at: At, what: string, value: string): void {
  if (typeof value !== 'string') throw invalid(at, `${what} ${show(value)}`, 'expected a string');
}

/** @internal */
export function checkTexts(at: At, what: string, values: readonly string[]): void {
  checkList(at, what, values, 'strings');
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== 'string') checkText(at, `${what}[${i}]`, values[i]);
  }
}

/** @internal */
export function checkStringMatch(at: At, what: string, value: StringMatch, usual: StringMatchKind): void {
  if (typeof (value as Partial<StringMatch> | undefined)?._toJson === 'function') return;
  const example = typeof value === 'string' ? show(value) : '…';
  throw invalid(at, `${what} ${show(value)}`, `expected a StringMatch, such as StringMatch.${usual}(${example})`);
}

/** @internal */
export function checkGatewayList(at: At, what: string, gateways: readonly IGateway[]): void {
  checkList(at, what, gateways, 'gateways');
  for (let i = 0; i < gateways.length; i++) {
    if (typeof (gateways[i] as Partial<IGateway> | undefined)?.gatewayName === 'string') continue;
    throw invalid(at, `${what}[${i}] ${show(gateways[i])}`, 'expected a Gateway, or Gateway.fromGatewayName(…) for an existing one');
  }
}

/**
 * Asks a backend how to reach it.
 *
 * @internal
 */
export function targetOf(at: IConstruct, what: string, backend: IBackend | undefined): BackendTarget {
  if (typeof (backend as Partial<IBackend> | null | undefined)?.target !== 'function') {
    throw invalid(at, `${what} ${show(backend)}`, 'expected a backend, such as a Model or ServiceBackend.of(…)');
  }
  return backend!.target(at);
}

/** Texts are put together for messages only: most values are right, and most are left out. */
function called(name: string, of: string | undefined): string {
  return of === undefined ? name : `${name} of ${of}`;
}

/** @internal */
export function checkTextIfGiven(at: At, name: string, of: string | undefined, value: string | undefined): void {
  if (value !== undefined && typeof value !== 'string') checkText(at, called(name, of), value);
}

/**
 * Checks an object of named values, where one is given.
 *
 * @internal
 */
export function checkObject(at: At, name: string, of: string | undefined, value: object | undefined, expected: string): void {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw invalid(at, `${called(name, of)} ${show(value)}`, `expected ${expected}`);
  }
}

/** @internal */
export function checkTextMap(at: At, name: string, of: string | undefined, value: { readonly [key: string]: string } | undefined): void {
  if (value === undefined) return;
  checkObject(at, name, of, value, 'an object of strings');
  for (const key of Object.keys(value)) checkTextIfGiven(at, `${name}.${key}`, of, value[key]);
}

/**
 * Checks the value of an enum, where one is given.
 *
 * @internal
 */
export function checkMember(at: At, what: string, value: string | undefined, members: object): void {
  if (value === undefined) return;
  const known = Object.values(members) as string[];
  if (!known.includes(value)) throw invalid(at, `${what} ${show(value)}`, `expected one of ${known.join(', ')}`);
}
