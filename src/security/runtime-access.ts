import { Construct } from 'constructs';
import { AuthorizationRule } from './authorization-rule';
import { allowed, Caller, CallerKind } from './caller';
import { PolicyTarget, PolicyTargetRef } from './policy-target';
import { AccessEnforcer } from './workload-access';
import { namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { checkDnsLabel } from '../plan/checks';
import { invalid, show } from '../plan/errors';
import { checkTexts } from '../plan/shapes';

/** Who may reach the models of Seldon Core 2 in one namespace, all of them together. */
export interface RuntimeAccessProps extends ManifestProps {
  /** Who may call: those whom one of these describes. Seldon's own pods call one another all the same, as may all pods of the namespace. */
  readonly allow: Caller[];

  /**
   * What looks at the calls. Seldon advises against sidecars for its pods, so where there is no waypoint either it is the network.
   *
   * @default AccessEnforcer.NETWORK
   */
  readonly enforcedBy?: AccessEnforcer;

  /**
   * Namespaces whose pods may read statistics of Seldon's pods.
   *
   * @default - none but Seldon's own
   */
  readonly monitoring?: string[];
}

const NAME_LABEL = 'app.kubernetes.io/name';
const ENVOY = 'seldon-envoy';
/** Pods that answer inference requests as well, which Seldon's Envoy sends them. */
const BEHIND_ENVOY = ['seldon-server', 'seldon-pipelinegateway', 'seldon-modelgateway'];
const SERVICE = 'seldon-mesh';
/** Where Envoy listens on its pods. */
const DATA_PORT = 9000;
const STATS_PORT = 9003;

type Json = { readonly [field: string]: unknown };

/** What is written for a runtime. @internal */
export interface RuntimePolicies {
  /** A policy of Istio. */
  readonly authorization?: { readonly target: PolicyTarget; readonly rules: AuthorizationRule[] };
  /** Policies of the network: for Seldon's Envoy, and for the pods behind it. */
  readonly network?: readonly Json[];
}

/**
 * The policies of a runtime of Seldon Core 2.
 *
 * @internal
 */
export function runtimePolicies(at: Construct, props: RuntimeAccessProps): RuntimePolicies {
  const { allow, enforcedBy = AccessEnforcer.NETWORK, monitoring = [] } = props;
  const namespace = namespaceOf(at, props);
  if (namespace === undefined) throw invalid(at, 'a runtime without a namespace', 'say that of the chart, or of the runtime');
  checkTexts(at, 'monitoring', monitoring);
  for (const name of monitoring) checkDnsLabel(at, 'monitoring namespace', name);
  const rules = (): AuthorizationRule[] => [
    ...allow.map(allowed),
    { from: [{ namespaces: [namespace] }] },
    ...monitoring.length === 0 ? [] : [{ from: [{ namespaces: monitoring }], to: [{ ports: [STATS_PORT] }] }],
  ];
  switch (enforcedBy) {
    case AccessEnforcer.SIDECAR: return { authorization: { target: { namespace, selector: { [NAME_LABEL]: ENVOY } }, rules: rules() } };
    case AccessEnforcer.WAYPOINT: return { authorization: { target: { namespace, targetRefs: [PolicyTargetRef.service(SERVICE)] }, rules: rules() } };
    case AccessEnforcer.NETWORK: return { network: networkPolicies(at, allow, monitoring) };
    default: throw invalid(at, `enforcedBy ${show(enforcedBy)}`, `expected one of ${Object.values(AccessEnforcer).join(', ')}`);
  }
}

function networkPolicies(at: Construct, allow: readonly Caller[], monitoring: readonly string[]): Json[] {
  const ownPods = { from: [{ podSelector: {} }] };
  const statistics = (ports?: Json[]): Json[] => (monitoring.length === 0 ? [] : [{ from: monitoring.map((name) => peer(name)), ports }]);
  const policy = (podSelector: Json, ingress: Json[]): Json => ({ podSelector, policyTypes: ['Ingress'], ingress });
  return [
    policy({ matchLabels: { [NAME_LABEL]: ENVOY } }, [
      ownPods,
      { from: allow.map((caller) => peerOf(at, caller)), ports: [{ protocol: 'TCP', port: DATA_PORT }] },
      ...statistics([{ protocol: 'TCP', port: STATS_PORT }]),
    ]),
    policy({ matchExpressions: [{ key: NAME_LABEL, operator: 'In', values: BEHIND_ENVOY }] }, [ownPods, ...statistics()]),
  ];
}

function peerOf(at: Construct, caller: Caller): Json {
  const [term, ...others] = caller._terms;
  if (others.length > 0 || term.kind !== CallerKind.NAMESPACE) {
    throw invalid(at, `${caller} where the network looks at calls`,
      'it knows namespaces and the pods of gateways only: name these, or let a sidecar or a waypoint look');
  }
  return peer(term.namespace!, term.pods);
}

function peer(namespace: string, pods?: { readonly [label: string]: string }): Json {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: pods === undefined ? undefined : { matchLabels: { ...pods } },
  };
}
