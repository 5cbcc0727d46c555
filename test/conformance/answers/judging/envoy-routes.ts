import { Fraction } from '../../../../src/answers/fraction';

/** What Envoy's configuration has for a rule, exactly. */
export interface EnvoyRule {
  /** Clusters with their shares of what is not aborted. */
  readonly clusters: ReadonlyMap<string, Fraction>;
  /** Whether the proxy answers by itself. */
  readonly isOwn: boolean;
  /** The share that a fault ends. */
  readonly aborted: Fraction;
  readonly mirrors: readonly { readonly cluster: string; readonly share: Fraction }[];
  /** In seconds; 0 for none. */
  readonly timeout: number;
  readonly retries?: { readonly attempts: number; readonly on: string; readonly perTryTimeout?: number };
  /** The route itself, for reports. */
  readonly json: any;
}

const DENOMINATORS: { readonly [name: string]: number } = { HUNDRED: 100, TEN_THOUSAND: 10_000, MILLION: 1_000_000 };

function fractionOf(json: any): Fraction {
  return json === undefined ? Fraction.ALL : Fraction.of(json.numerator ?? 0, DENOMINATORS[json.denominator ?? 'HUNDRED']);
}

/** Seconds of a duration as Envoy's dump and Istio's objects write it. */
export function secondsOf(duration: string | undefined): number {
  let sum = 0;
  for (const [, amount, unit] of (duration ?? '0s').matchAll(/([\d.]+)(ms|h|m|s)/g)) sum += Number(amount) * { ms: 0.001, h: 3_600, m: 60, s: 1 }[unit as 'ms']!;
  return sum;
}

function clustersOf(route: any): Map<string, Fraction> {
  if (route?.cluster !== undefined) return new Map([[route.cluster, Fraction.ALL]]);
  const weighted: any[] = route?.weighted_clusters?.clusters ?? [];
  const total = weighted.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const shares = new Map<string, Fraction>();
  for (const { name, weight = 0 } of weighted) {
    if (weight > 0) shares.set(name, (shares.get(name) ?? Fraction.NONE).plus(Fraction.of(weight, total)));
  }
  return shares;
}

function ruleOf(json: any): EnvoyRule {
  const { route, typed_per_filter_config: filters } = json;
  const abort = filters?.['envoy.filters.http.fault']?.abort;
  const { retry_policy: policy } = route ?? {};
  const attempts: number | undefined = policy?.num_retries;
  return {
    json,
    clusters: clustersOf(route),
    isOwn: route === undefined,
    aborted: abort === undefined ? Fraction.NONE : fractionOf(abort.percentage ?? { numerator: 0 }),
    mirrors: (route?.request_mirror_policies ?? []).map(({ cluster, runtime_fraction: share }: any) => (
      { cluster, share: fractionOf(share?.default_value) }
    )),
    timeout: secondsOf(route?.timeout),
    ...attempts === undefined || attempts === 0 ? {} : {
      retries: {
        attempts,
        on: [policy.retry_on, ...(policy.retriable_status_codes ?? [])].join(','),
        ...policy.per_try_timeout === undefined ? {} : { perTryTimeout: secondsOf(policy.per_try_timeout) },
      },
    },
  };
}

/** The rules of a proxy, by the path of the object and the name of the rule, which several rules may share. */
export function envoyRules(configurations: ReadonlyMap<string, any>): ReadonlyMap<string, readonly EnvoyRule[]> {
  const rules = new Map<string, EnvoyRule[]>();
  for (const [name, { virtual_hosts: hosts = [] }] of configurations) {
    for (const host of hosts) {
      for (const route of host.routes ?? []) {
        const object = route.metadata?.filter_metadata?.istio?.config;
        // The route of a Service without rules has neither an object nor a name of its own.
        const key = ruleKey(name.split('.')[1] ?? name, object ?? route.route?.cluster, route.name);
        rules.set(key, [...rules.get(key) ?? [], ruleOf(route)]);
      }
    }
  }
  return rules;
}

/** A key of a rule on a port. */
export const ruleKey = (port: number | string, object: string | null | undefined, name: string | null | undefined) => `${port} ${object ?? ''} ${name ?? ''}`;
