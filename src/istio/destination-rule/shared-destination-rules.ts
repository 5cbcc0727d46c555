import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DestinationRule } from './destination-rule';
import { DestinationRuleRegistry, PlacedRequest, RegisteredRule, RuleOrigin, RuleRequest } from './destination-rule-registry';
import { TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { BackendTarget } from '../../plan/backend';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/**
 * Adds the subset of a backend to the DestinationRule of its host. Istio applies one rule for a host, so all backends of the host share
 * it: a rule of the app, else one in the namespace of the Service, with the name of the Service.
 *
 * @internal
 */
export function requireSubset(at: IConstruct, target: BackendTarget): void {
  const { subset, subsetLabels } = target;
  if (subset === undefined || subsetLabels === undefined) return;
  requestFor(at, target, (rule) => rule._require(at, { name: subset, labels: subsetLabels }));
}

/**
 * Adds a policy for a backend to the DestinationRule of its host: for the subset if the backend has one, else for the host. A subset
 * without labels may be defined later.
 *
 * @param onRule Called with the rule, and again if another one takes its place.
 * @returns the request, and the rules that have it.
 * @internal
 */
export function requirePolicy(
  at: IConstruct, target: BackendTarget, policy: TrafficPolicy, onRule: (rule: RegisteredRule) => void,
): PlacedRequest {
  const { subset, subsetLabels } = target;
  return requestFor(at, target, (rule) => {
    if (subset !== undefined && subsetLabels !== undefined) rule._require(at, { name: subset, labels: subsetLabels });
    rule._applyPolicy(at, policy, subset);
  }, onRule);
}

/** Adds something to the rule of a backend's host, which is created if there is none, unless an unknown subset has to be defined first. */
function requestFor(at: IConstruct, target: BackendTarget, add: (rule: RegisteredRule) => void, onRule?: RuleRequest['onRule']): PlacedRequest {
  const { namespace, subset, subsetLabels } = target;
  const isDefinedElsewhere = subset !== undefined && subsetLabels === undefined;
  const request: RuleRequest = {
    by: at,
    visibility: { by: at, namespace, exportTo: undefined },
    addTo: (rule) => {
      if (foreign(at, rule, target) !== undefined || (isDefinedElsewhere && !rule._defines(subset))) return false;
      add(rule);
      return true;
    },
    onRule,
  };
  const creation = { origin: RuleOrigin.BACKEND, create: () => createRule(at, target) };
  return DestinationRuleRegistry.of(at).request(hostOf(at, target), request, isDefinedElsewhere ? undefined : creation);
}

/**
 * The problem of a policy that no DestinationRule of the app has.
 *
 * @internal
 */
export function findUnplaced(at: IConstruct, target: BackendTarget, { rules }: PlacedRequest): Error | undefined {
  if (rules.size > 0) return undefined;
  return findForeignSubset(at, target) ?? undefinedSubset(at, target);
}

/** The problem of a policy for a subset that no DestinationRule of the app defines. */
function undefinedSubset(at: IConstruct, { description, subset }: BackendTarget): Error {
  return invalid(at, `policy of ${description}, whose subset ${show(subset)} is not defined in this app`,
    'the policy and the labels of a subset are written together. Set subsetLabels of the backend, or create the DestinationRule of the host');
}

/**
 * The DestinationRule of a backend's host. A rule that is created here applies to all callers, so one that only some of them see
 * conflicts with it, too.
 *
 * @internal
 */
export function findRule(at: IConstruct, target: BackendTarget): RegisteredRule | undefined {
  return DestinationRuleRegistry.of(at).find(hostOf(at, target), { by: at, namespace: target.namespace, exportTo: undefined });
}

/** The host of a backend, as that of its DestinationRule is registered. */
function hostOf(at: IConstruct, { host, namespace }: BackendTarget): string {
  return Mesh.of(at)._fullHost(host, namespace);
}

function createRule(at: IConstruct, target: BackendTarget): void {
  const { host, namespace } = target;
  const name = Mesh.of(at)._objectNameFor(host);
  const created = new DestinationRule(Chart.of(at), `destination-rule-${host}`, { namespace, metadata: { name }, host });
  Warnings._later(created, () => warnOfMove(created, name, hostOf(at, target)));
}

/** When the first of several charts is removed, the rule moves to another file, and a tool that applies the first file may delete it. */
function warnOfMove(rule: RegisteredRule, name: string, host: string): void {
  const requesters = DestinationRuleRegistry.of(rule).requestersOf(rule, host);
  const charts = [...new Set(requesters.map((at) => Chart.of(at).node.path))];
  if (charts.length < 2) return;
  Warnings._add(rule, `the DestinationRule of host ${show(rule.host)} is needed by charts ${charts.sort().join(', ')}, and is part of the first one that is created`,
    'it would move when that chart is removed or another one is created before it, and a tool that applies each chart separately would delete it. '
    + `In the chart that owns the Service, add new DestinationRule(chart, ${show(name)}, { host: ${show(rule.host)} })`);
}

/**
 * A subset or a policy that belongs into a rule that callers do not see.
 *
 * @internal
 */
export function findForeignSubset(at: IConstruct, target: BackendTarget): Error | undefined {
  const { subset, subsetLabels } = target;
  const rule = findRule(at, target);
  if (rule === undefined || (subset !== undefined && subsetLabels === undefined && !rule._defines(subset))) return undefined;
  return foreign(at, rule, target);
}

/** Apart from the namespace of the callers, Istio looks in that of the Service and in the root namespace. */
function foreign(at: IConstruct, rule: RegisteredRule, { description, namespace }: BackendTarget): Error | undefined {
  const found = rule._namespace;
  if (found === undefined || found === namespace || found === Mesh.of(at).rootNamespace) return undefined;
  return invalid(at, `DestinationRule ${pathOf(rule)} in namespace ${show(found)} for ${description}`,
    `callers in other namespaces would not see it, and get 503. Put it into the namespace of the Service, ${show(namespace)}`);
}
