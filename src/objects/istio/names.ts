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
 * Whether one host pattern covers all hosts of another, as Istio compares SNI with the hosts of a VirtualService.
 *
 * @internal
 */
export function hostWithin(inner: string, outer: string): boolean {
  if (!outer.startsWith('*')) return inner === outer;
  return inner.startsWith('*') ? inner.length >= outer.length && inner.slice(1).endsWith(outer.slice(1)) : inner.endsWith(outer.slice(1));
}
