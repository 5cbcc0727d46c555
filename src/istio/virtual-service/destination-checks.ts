import { IConstruct } from 'constructs';
import { Destination } from './route-destination';
import { IstioRelease } from '../../mesh/release';
import { checkInt32, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkIstioLabel, isWildcardDomain } from '../common/names';

const MAX_UINT32 = 4294967295;

/**
 * Checks a destination.
 *
 * @internal
 */
export function checkDestination(at: IConstruct, where: string, { host, port, subset }: Destination): void {
  if (host === '*' || !isWildcardDomain(host)) {
    throw invalid(at, `${where}.destination.host ${show(host)}`,
      'expected the DNS name of a Service or ServiceEntry, such as "iris.seldon.svc.cluster.local", without scheme, port or path');
  }
  if (port !== undefined) checkPort(at, `${where}.destination.port`, port);
  if (subset !== undefined) checkIstioLabel(at, `${where}.destination.subset`, subset);
}

/**
 * Checks the destinations that share the requests of a rule, and their weights.
 *
 * @internal
 */
export function checkDestinations(
  at: IConstruct, release: IstioRelease, where: string, route: readonly { readonly destination: Destination; readonly weight?: number }[],
): void {
  let sum = 0;
  for (let i = 0; i < route.length; i++) {
    const { destination, weight } = route[i];
    checkDestination(at, `${where}.route[${i}]`, destination);
    if (weight === undefined) continue;
    checkInt32(at, `${where}.route[${i}].weight`, weight);
    sum += weight;
  }
  // Istio ignores the weight of a single destination.
  if (route.length < 2) return;
  if (sum === 0) {
    throw invalid(at, `all weights of ${where} are 0 or left out`, 'set a weight above 0 for at least one destination');
  }
  // Envoy adds up the weights of a rule in 32 bits, and rejects the whole listener when they overflow.
  if (sum > MAX_UINT32) {
    throw invalid(at, `weights of ${where} add up to ${sum}`, `their sum must not exceed ${MAX_UINT32}`);
  }
  if (sum !== 100 && !release.isAtLeast('1.15')) {
    throw invalid(at, `weights of ${where} add up to ${sum}`, 'Istio before 1.15 requires a sum of 100');
  }
}
