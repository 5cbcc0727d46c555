import { IConstruct } from 'constructs';
import { BackendTarget, IBackend } from './backend';
import { invalid, show } from './errors';
import { IGateway } from './gateway-ref';
import { StringMatch, StringMatchKind } from './string-match';

type At = IConstruct | string;

// The compiler sees to all of this in TypeScript; those who write JavaScript meet it here.

/** @internal */
export function checkProps(at: At, props: object, needed: string): void {
  if (typeof props !== 'object' || props === null) throw invalid(at, `props ${show(props)}`, `expected an object with ${needed}`);
}

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
    throw invalid(at, `${what}[${i}] ${show(gateways[i])}`, 'expected a Gateway, or Gateway.fromGatewayName(…) for one that lives elsewhere');
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
