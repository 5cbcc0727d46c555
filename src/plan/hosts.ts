/**
 * Whether the outer pattern matches every host that the inner pattern matches: `*` covers all, `*.a.com` covers `x.a.com`.
 *
 * @internal
 */
export function hostCovers(outer: string, inner: string): boolean {
  if (outer === '*' || outer === inner) return true;
  return outer.startsWith('*.') && inner.endsWith(outer.slice(1));
}

/**
 * The narrower of two host patterns, if they have hosts in common.
 *
 * @internal
 */
export function hostIntersection(a: string, b: string): string | undefined {
  if (hostCovers(a, b)) return b;
  return hostCovers(b, a) ? a : undefined;
}

/**
 * The patterns that no other one covers, each once, in the given order. Istio refuses a route whose hosts overlap.
 *
 * @internal
 */
export function widestHosts(hosts: readonly string[]): string[] {
  const unique = [...new Set(hosts)];
  return unique.filter((host) => !unique.some((other) => other !== host && hostCovers(other, host)));
}

/**
 * The wider patterns that Envoy would try if it had no entry for this one.
 *
 * @internal
 */
export function widerHosts(host: string): string[] {
  if (host === '*') return [];
  const labels = (host.startsWith('*.') ? host.slice(2) : host).split('.');
  const wider = labels.slice(1).map((_label, i) => `*.${labels.slice(i + 1).join('.')}`);
  return [...wider, '*'];
}
