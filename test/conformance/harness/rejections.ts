/** Kinds of configuration whose rejection Envoy counts, by the end of the statistic's name, and the resource that the rest names. */
const COUNTERS: readonly { readonly counter: RegExp; readonly type: string }[] = [
  { counter: /\.rds\.(.+)\.update_rejected$/, type: 'RouteConfiguration' },
  { counter: /^cluster_manager\.(cds)\.update_rejected$/, type: 'Cluster' },
  { counter: /^cluster\.(.+)\.update_rejected$/, type: 'ClusterLoadAssignment' },
];

const LOGGED = /gRPC config for type\.googleapis\.com\/[\w.]*?(\w+) rejected: (.*)/g;

/** Why Envoy did not accept resources, as its dump of the configuration states, for listeners and not for routes. */
export function errorStates(dump: unknown): string[] {
  if (dump === null || typeof dump !== 'object') {
    return [];
  }
  const details = (dump as { error_state?: { details?: unknown } }).error_state?.details;
  return [...typeof details === 'string' ? [details] : [], ...Object.values(dump).flatMap(errorStates)];
}

/** The updates other than of listeners that Envoy has counted as rejected, each with the reasons that its log gives for this type. */
export function rejectedUpdates(counters: ReadonlyMap<string, number>, log: string): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const [, type, reason] of log.matchAll(LOGGED)) {
    reasons.set(type, (reasons.get(type) ?? new Set()).add(reason));
  }
  return [...counters].filter(([name, count]) => count > 0 && !name.startsWith('listener_manager.')).map(([name]) => {
    const known = COUNTERS.find(({ counter }) => counter.test(name));
    const what = known === undefined ? name : `${known.type} ${known.counter.exec(name)![1]}`;
    return `${what} is rejected: ${[...reasons.get(known?.type ?? '') ?? []].join('; ') || 'the log gives no reason'}`;
  });
}
