import { IConstruct } from 'constructs';
import { BackendTarget, IBackend } from './backend';
import { invalid, show } from './checks/errors';
import { checkList } from './checks/type-checks';
import { IGateway } from './gateway-ref';
import { StringMatch, StringMatchKind } from './string-match';

type At = IConstruct | string;

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
 * Returns the target of a backend, after checking that it is one.
 *
 * @internal
 */
export function targetOf(at: IConstruct, what: string, backend: IBackend | undefined): BackendTarget {
  if (typeof (backend as Partial<IBackend> | null | undefined)?.target !== 'function') {
    throw invalid(at, `${what} ${show(backend)}`, 'expected a backend, such as a Model or ServiceBackend.of(…)');
  }
  return backend!.target(at);
}
