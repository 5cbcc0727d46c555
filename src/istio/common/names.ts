import { IConstruct } from 'constructs';
import { isIstioLabel } from '../../objects/istio/names';
import { isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkText, checkTexts } from '../../plan/checks/type-checks';

export { hostWithin, isDomain, isIstioLabel, isPassthroughSni, isWildcardDomain } from '../../objects/istio/names';

/**
 * Whether two host patterns overlap, as Istio compares the hosts of one VirtualService.
 *
 * @internal
 */
export function hostsOverlap(a: string, b: string): boolean {
  if (a.startsWith('*')) {
    if (!b.startsWith('*')) return b.endsWith(a.slice(1));
    return a.length < b.length ? b.endsWith(a.slice(1)) : a.endsWith(b.slice(1));
  }
  return b.startsWith('*') ? a.endsWith(b.slice(1)) : a === b;
}

/**
 * Checks a name that must be one label of a DNS name for Istio.
 *
 * @internal
 */
export function checkIstioLabel(at: IConstruct, what: string, value: string): void {
  if (!isIstioLabel(value)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected at most 63 letters, digits and hyphens, with no hyphen at the ends');
  }
}

/**
 * Checks an IP address or a CIDR block.
 *
 * @internal
 */
export function checkSubnet(at: IConstruct | string, what: string, value: string): void {
  checkText(at, what, value);
  const slash = value.indexOf('/');
  const address = slash < 0 ? value : value.slice(0, slash);
  const bits = slash < 0 ? '0' : value.slice(slash + 1);
  if (!isIpAddress(address) || !/^(0|[1-9]\d*)$/.test(bits) || Number(bits) > (address.includes(':') ? 128 : 32)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected an IP address or a CIDR block such as "10.0.0.0/8"');
  }
}

/**
 * Checks the namespaces that an object is exported to.
 *
 * @param at The construct that the object belongs to.
 * @param exportTo The namespaces that see it.
 * @param namespace Namespace of the object.
 * @param ownOnly Whether it may be exported only to its own namespace, as an object that selects workloads.
 * @internal
 */
export function checkExportTo(at: IConstruct, exportTo: readonly string[], namespace: string | undefined, ownOnly = false): void {
  checkTexts(at, 'exportTo', exportTo);
  const seen = new Set<string>();
  for (const entry of exportTo) {
    if (entry === '~') {
      throw invalid(at, 'exportTo "~"', 'Istio accepts it only for a ServiceEntry. Set names of namespaces, "." for this one or "*" for all');
    }
    if (entry !== '.' && entry !== '*' && !isIstioLabel(entry)) {
      throw invalid(at, `exportTo ${show(entry)}`, 'expected the name of a namespace, "." for this one or "*" for all');
    }
    const key = entry === '.' && namespace !== undefined ? namespace : entry;
    if (seen.has(key)) {
      throw invalid(at, `exportTo ${show(entry)} twice`, `list each namespace once${key === entry ? '' : `. Here "." is ${show(key)}`}`);
    }
    seen.add(key);
  }
  if (seen.has('*') && seen.size > 1) {
    throw invalid(at, `exportTo "*" together with ${exportTo.filter((entry) => entry !== '*').map(show).join(', ')}`,
      '"*" covers all namespaces. List it alone');
  }
  if (!ownOnly) return;
  const foreign = exportTo.some((entry) => entry === '*' || (entry !== '.' && namespace !== undefined && entry !== namespace));
  if (foreign || seen.size > 1) {
    throw invalid(at, `exportTo ${exportTo.map(show).join(', ')} with a workloadSelector`,
      'a rule with a workloadSelector applies only in its own namespace. Set ".", or leave exportTo out');
  }
}
