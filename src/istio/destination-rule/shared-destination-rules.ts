import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DestinationRule } from './destination-rule';
import { DestinationRuleRegistry, RegisteredRule, RuleRequest } from './destination-rule-registry';
import { TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { BackendTarget } from '../../plan/backend';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/**
 * Adds the subset of a backend to the DestinationRule of its host. Istio applies one rule for a host, so all backends of the host share
 * it: a rule that the user created, else one in the namespace of the Service, with the name of the Service.
 *
 * @internal
 */
export function requireSubset(at: IConstruct, target: BackendTarget): void {
  const { subset, subsetLabels } = target;
  if (subset === undefined || subsetLabels === undefined) return;
  requestOf(at, target, (rule) => rule._require(at, { name: subset, labels: subsetLabels }));
}

/** Adds something to the rule of a backend's host, which is created if there is none. */
function requestOf(at: IConstruct, target: BackendTarget, request: RuleRequest): void {
  DestinationRuleRegistry.of(at).request(sharedRule(at, target), (rule) => {
    checkNamespace(at, rule, target);
    request(rule);
  });
}

/**
 * Adds a policy for a backend to the DestinationRule of its host: for the subset if the backend has one, else for the host.
 *
 * @param onRule Called with the rule, and again if another one takes its place.
 * @returns whether it was added. A subset without labels may be defined later.
 * @internal
 */
export function requirePolicy(at: IConstruct, target: BackendTarget, policy: TrafficPolicy, onRule: RuleRequest): boolean {
  const { subset, subsetLabels } = target;
  if (subset !== undefined && subsetLabels === undefined) return extendSubset(at, target, subset, policy, onRule);
  requestOf(at, target, (rule) => {
    if (subset !== undefined) rule._require(at, { name: subset, labels: subsetLabels });
    rule._applyPolicy(at, policy, subset);
    onRule(rule);
  });
  return true;
}

function extendSubset(at: IConstruct, target: BackendTarget, subset: string, policy: TrafficPolicy, onRule: RuleRequest): boolean {
  const rule = findRule(at, target);
  if (rule?.subsets.some(({ name }) => name === subset) !== true) return false;
  checkNamespace(at, rule, target);
  rule._applyPolicy(at, policy, subset);
  onRule(rule);
  return true;
}

/**
 * The problem of a policy for a subset that no DestinationRule of the app defines.
 *
 * @internal
 */
export function undefinedSubset(at: IConstruct, { description, subset }: BackendTarget): Error {
  return invalid(at, `policy of ${description}, whose subset ${show(subset)} is not defined in this app`,
    'the policy and the labels of a subset are written together. Set subsetLabels of the backend, or create the DestinationRule of the host');
}

/**
 * The DestinationRule of a backend's host. A rule that is created here applies to all callers, so one that only some of them see
 * conflicts with it, too.
 *
 * @internal
 */
export function findRule(at: IConstruct, { host, namespace }: BackendTarget): RegisteredRule | undefined {
  return DestinationRuleRegistry.of(at).find(host, { by: at, namespace, exportTo: undefined });
}

function sharedRule(at: IConstruct, target: BackendTarget): RegisteredRule {
  const { host, namespace } = target;
  const existing = findRule(at, target);
  if (existing !== undefined) {
    checkNamespace(at, existing, target);
    requestersOf(at).get(existing)?.add(Chart.of(at).node.path);
    return existing;
  }
  const name = Mesh.of(at)._objectNameFor(host);
  const created = new DestinationRule(Chart.of(at), `destination-rule-${host}`, { namespace, metadata: { name }, host });
  const charts = new Set([Chart.of(at).node.path]);
  requestersOf(at).set(created, charts);
  DestinationRuleRegistry.of(at).setRequested(created);
  Warnings._later(created, () => warnOfMove(created, name, [...charts]));
  return created;
}

/** The charts that need each rule which was created on request. */
function requestersOf(at: IConstruct): Map<RegisteredRule, Set<string>> {
  return Mesh.of(at)._part('requested-destination-rules', () => new Map<RegisteredRule, Set<string>>());
}

/** When the first of several charts is removed, the rule moves to another file, and a tool that applies the first file may delete it. */
function warnOfMove(rule: RegisteredRule, name: string, charts: string[]): void {
  if (charts.length === 1 || !isInTree(rule)) return;
  Warnings._add(rule, `the DestinationRule of host ${show(rule.host)} is needed by charts ${charts.sort().join(', ')}, and is part of the first one that is created`,
    'it would move when that chart is removed or another one is created before it, and a tool that applies each chart separately would delete it. '
    + `In the chart that owns the Service, add new DestinationRule(chart, ${show(name)}, { host: ${show(rule.host)} })`);
}

/** A rule is removed when one of the app takes its place. */
function isInTree({ node }: IConstruct): boolean {
  return node.scope?.node.tryFindChild(node.id) !== undefined;
}

/**
 * A subset that is defined in a rule that callers do not see.
 *
 * @internal
 */
export function findForeignSubset(at: IConstruct, target: BackendTarget): Error | undefined {
  const rule = findRule(at, target);
  return rule?.subsets.some(({ name }) => name === target.subset) ? foreign(at, rule, target) : undefined;
}

/** Apart from the namespace of the callers, Istio looks in that of the Service and in the root namespace. */
function foreign(at: IConstruct, rule: RegisteredRule, { description, namespace }: BackendTarget): Error | undefined {
  const found = rule._namespace;
  if (found === undefined || found === namespace || found === Mesh.of(at).rootNamespace) return undefined;
  return invalid(at, `DestinationRule ${pathOf(rule)} in namespace ${show(found)} for ${description}`,
    `callers in other namespaces would not see it, and get 503. Put it into the namespace of the Service, ${show(namespace)}`);
}

function checkNamespace(at: IConstruct, rule: RegisteredRule, target: BackendTarget): void {
  const problem = foreign(at, rule, target);
  if (problem !== undefined) throw problem;
}
