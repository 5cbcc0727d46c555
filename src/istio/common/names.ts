import { IConstruct } from 'constructs';
import { isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkText, checkTexts } from '../../plan/checks/type-checks';

/** A label of a DNS name as Istio defines it. Unlike those of Kubernetes, it may contain capitals. */
const LABEL = '[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);
const WILDCARD_DOMAIN = new RegExp(`^(?:\\*|(?:\\*-?)?${LABEL})(?:\\.${LABEL})*\\.?$`);
const NUMERIC_END = /\.\d+$/;

/** The SNI of a cluster in AUTO_PASSTHROUGH mode: `outbound_.80_.v1_.iris.seldon.svc.cluster.local`. */
const PASSTHROUGH_SNI = /^outbound_[^_]*\d[^_]*_[^_]*_[^_]*[a-zA-Z]/;

const MAX_DOMAIN = 255;

/**
 * Whether Istio accepts a string as one label of a DNS name.
 *
 * @internal
 */
export function isIstioLabel(value: string): boolean {
  return typeof value === 'string' && DNS_LABEL.test(value);
}

/**
 * Whether Istio accepts a string as a DNS name.
 *
 * @internal
 */
export function isDomain(value: string): boolean {
  return typeof value === 'string' && value.length <= MAX_DOMAIN && DOMAIN.test(value) && !/(^|\.)\d+$/.test(value);
}

/**
 * Whether Istio accepts a string as a DNS name that may start with a wildcard: `*`, `*.a.com`, `*-x.a.com`.
 *
 * @internal
 */
export function isWildcardDomain(value: string): boolean {
  return typeof value === 'string' && value.length <= MAX_DOMAIN && WILDCARD_DOMAIN.test(value) && !NUMERIC_END.test(value);
}

/**
 * Whether a string is the SNI that Istio generates for a cluster in AUTO_PASSTHROUGH mode.
 *
 * @internal
 */
export function isPassthroughSni(value: string): boolean {
  return value.length <= MAX_DOMAIN && PASSTHROUGH_SNI.test(value);
}

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
 * Whether one host pattern covers all hosts of another, as Istio compares SNI with the hosts of a VirtualService.
 *
 * @internal
 */
export function hostWithin(inner: string, outer: string): boolean {
  if (!outer.startsWith('*')) return inner === outer;
  return inner.startsWith('*') ? inner.length >= outer.length && inner.slice(1).endsWith(outer.slice(1)) : inner.endsWith(outer.slice(1));
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
