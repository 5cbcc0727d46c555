import { Cluster } from '../../../src/cluster/cluster';
import { ClusterObject } from '../../../src/cluster/cluster-object';

/** A comparison with a string, as Istio writes it. */
export interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

/** What a match compares. */
export interface Match {
  readonly uri?: StringMatch;
  readonly method?: StringMatch;
  readonly headers?: { readonly [name: string]: StringMatch };
  readonly withoutHeaders?: { readonly [name: string]: StringMatch };
  readonly queryParams?: { readonly [name: string]: StringMatch };
}

/** A share of the requests. */
export interface Arm {
  readonly destination: object;
  readonly weight?: number;
}

/** What is done with requests that match. */
export interface Action {
  readonly route?: readonly Arm[];
  readonly [field: string]: unknown;
}

/** A rule of a VirtualService. */
export interface Rule {
  readonly match: readonly Match[];
  readonly action: Action;
}

/** A VirtualService for one host. */
export interface Service {
  readonly name: string;
  readonly host: string;
  /** Minutes after the first of January; the age is not known if undefined. */
  readonly minute?: number;
  readonly rules: readonly Rule[];
}

/** Values of a source, of an operation or of a condition. */
export interface Values {
  readonly [list: string]: readonly string[];
}

/** A rule of a policy. */
export interface PolicyRule {
  readonly from?: readonly { readonly source: Values }[];
  readonly to?: readonly { readonly operation: Values }[];
  readonly when?: readonly { readonly key: string; readonly values?: readonly string[]; readonly notValues?: readonly string[] }[];
}

/** A policy of the gateway. */
export interface Policy {
  readonly name: string;
  readonly action: 'ALLOW' | 'DENY';
  readonly rules: readonly PolicyRule[];
}

/** All manifests of one side of a pair. */
export interface State {
  readonly services: readonly Service[];
  readonly policies: readonly Policy[];
  readonly isReversed: boolean;
}

const SELECTOR = { matchLabels: { istio: 'ingressgateway' } };

function surroundings(): readonly object[] {
  const servers = [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }];
  return [
    manifest('networking.istio.io/v1', 'Gateway', 'istio-system', 'gateway', { selector: { istio: 'ingressgateway' }, servers }),
    manifest('security.istio.io/v1', 'RequestAuthentication', 'istio-system', 'tokens', { selector: SELECTOR, jwtRules: [{ issuer: 'https://idp.test' }] }),
  ];
}

function manifest(apiVersion: string, kind: string, namespace: string, name: string, spec: object, minute?: number): object {
  const created = minute === undefined ? {} : { creationTimestamp: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString().replace('.000', '') };
  return { apiVersion, kind, metadata: { name, namespace, ...created }, spec };
}

function ruleJson({ match, action }: Rule): object {
  return { ...match.length === 0 ? {} : { match }, ...action };
}

/** The manifests of a state. */
export function manifestsOf({ services, policies, isReversed }: State): readonly object[] {
  const all = [
    ...surroundings(),
    ...services.filter(({ rules }) => rules.length > 0).map(({ name, host, minute, rules }) => (
      manifest('networking.istio.io/v1', 'VirtualService', 'models', name, { hosts: [host], gateways: ['istio-system/gateway'], http: rules.map(ruleJson) }, minute)
    )),
    ...policies.map(({ name, action, rules }) => manifest('security.istio.io/v1', 'AuthorizationPolicy', 'istio-system', name, { selector: SELECTOR, action, rules })),
  ];
  return isReversed ? all.reverse() : all;
}

/** The cluster of a state. */
export function clusterOfState(state: State): Cluster {
  return new Cluster(manifestsOf(state).map((each) => new ClusterObject(each as ConstructorParameters<typeof ClusterObject>[0], { file: 'state.yaml' })));
}
