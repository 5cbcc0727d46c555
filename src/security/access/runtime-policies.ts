import { Construct } from 'constructs';
import { allowed, Caller, CallerKind } from './caller';
import { AccessEnforcer } from './deployment-access-policy-props';
import { RuntimeAccessPolicyProps } from './runtime-access-policy-props';
import { PolicyTarget, PolicyTargetRef } from '../../istio/common/policy-target';
import { namespaceOf } from '../../mesh/manifest';
import { checkDnsLabel } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkTexts } from '../../plan/checks/type-checks';
import { COMPONENT_LABEL, CORE2_COMPONENT, CORE2_SERVICE, STATS_PORT } from '../../plan/core2-service';
import { AuthorizationRule } from '../authorization/authorization-rule';
import { EnforcementChecks } from '../enforcement-checks';

/** Pods behind Seldon's Envoy, which also answer inference requests directly. */
const BEHIND_ENVOY = [CORE2_COMPONENT.server, CORE2_COMPONENT.pipelineGateway, CORE2_COMPONENT.modelGateway];
/** Port of Envoy's pods for requests. */
const DATA_PORT = 9000;
/** Metrics ports of the pods behind it. Their other ports accept requests. */
const METRICS_PORTS = ['metrics', 'server-metrics'];
/** The HBONE port, to which all traffic between pods in ambient mode is sent. */
const TUNNEL_PORT = 15008;

type Json = { readonly [field: string]: unknown };

/** A NetworkPolicy, for Seldon's Envoy or for the pods behind it. @internal */
export interface NetworkAccess {
  /** Whether it is for the pods behind Envoy. */
  readonly servers: boolean;
  /** Its spec, once the app is complete. */
  readonly spec: () => Json;
}

/** The policies of a runtime. @internal */
export interface RuntimePolicies {
  /** The AuthorizationPolicy. */
  readonly authorization?: { readonly target: PolicyTarget; readonly rules: AuthorizationRule[] };
  /** The NetworkPolicies. */
  readonly network: readonly NetworkAccess[];
}

/**
 * The policies of a runtime of Seldon Core 2.
 *
 * @internal
 */
export function runtimePolicies(at: Construct, props: RuntimeAccessPolicyProps): RuntimePolicies {
  const { allow, enforcedBy = AccessEnforcer.NETWORK, monitoring = [] } = props;
  const namespace = namespaceOf(at, props);
  if (namespace === undefined) throw invalid(at, 'a runtime without a namespace', 'set the namespace of the policy or of the chart');
  checkTexts(at, 'monitoring', monitoring);
  for (const name of monitoring) checkDnsLabel(at, 'monitoring namespace', name);
  const rules = (): AuthorizationRule[] => [
    ...allow.map(allowed),
    { from: [{ namespaces: [namespace] }] },
    ...monitoring.length === 0 ? [] : [{ from: [{ namespaces: monitoring }], to: [{ ports: [STATS_PORT] }] }],
  ];
  // A sidecar or waypoint of Envoy does not see calls to the pods behind it.
  const network = [{ servers: true, spec: () => serversPolicy(monitoring) }];
  switch (enforcedBy) {
    case AccessEnforcer.SIDECAR: {
      const target = { namespace, selector: { [COMPONENT_LABEL]: CORE2_COMPONENT.envoy } };
      const certificates = allow.some(({ _terms }) => _terms.some(({ kind }) => kind !== CallerKind.TOKEN));
      EnforcementChecks.of(at).useSidecars({ at, ...target, certificates });
      return { authorization: { target, rules: rules() }, network };
    }
    case AccessEnforcer.WAYPOINT: {
      const target = { namespace, targetRefs: [PolicyTargetRef.service(CORE2_SERVICE)] };
      return { authorization: { target, rules: rules() }, network };
    }
    case AccessEnforcer.NETWORK: {
      const peers = allow.map((caller) => peerOf(at, caller));
      const isAmbient = () => EnforcementChecks.of(at).ambient(namespace) !== undefined;
      return { network: [{ servers: false, spec: () => envoyPolicy(peers, monitoring, isAmbient()) }, ...network] };
    }
  }
}

const OWN_PODS = { from: [{ podSelector: {} }] };

const policyOf = (podSelector: Json, ingress: Json[]): Json => ({ podSelector, policyTypes: ['Ingress'], ingress });
const portsOf = (ports: readonly (number | string)[]): Json[] => ports.map((port) => ({ protocol: 'TCP', port }));

function statistics(monitoring: readonly string[], ports: readonly (number | string)[]): Json[] {
  return monitoring.length === 0 ? [] : [{ from: monitoring.map((name) => peer(name)), ports: portsOf(ports) }];
}

function envoyPolicy(peers: readonly Json[], monitoring: readonly string[], ambient: boolean): Json {
  return policyOf({ matchLabels: { [COMPONENT_LABEL]: CORE2_COMPONENT.envoy } }, [
    OWN_PODS,
    { from: peers, ports: portsOf(ambient ? [DATA_PORT, TUNNEL_PORT] : [DATA_PORT]) },
    ...statistics(monitoring, [STATS_PORT]),
  ]);
}

function serversPolicy(monitoring: readonly string[]): Json {
  return policyOf({ matchExpressions: [{ key: COMPONENT_LABEL, operator: 'In', values: BEHIND_ENVOY }] }, [OWN_PODS, ...statistics(monitoring, METRICS_PORTS)]);
}

function peerOf(at: Construct, caller: Caller): Json {
  const [term, ...others] = caller._terms;
  if (others.length > 0 || term.kind !== CallerKind.NAMESPACE) {
    throw invalid(at, `${caller} with enforcedBy ${show(AccessEnforcer.NETWORK)}`,
      'NetworkPolicies support only namespaces and the pods of gateways. Use such callers, or let a sidecar or a waypoint enforce the policy');
  }
  return peer(term.namespace!, term.pods);
}

function peer(namespace: string, pods?: { readonly [label: string]: string }): Json {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: pods === undefined ? undefined : { matchLabels: { ...pods } },
  };
}
