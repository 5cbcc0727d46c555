import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DestinationRule } from './destination-rule';
import { DestinationRuleRegistry, RegisteredRule } from './destination-rule-registry';
import { TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { BackendTarget } from '../../plan/backend';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/**
 * Sees to it that the DestinationRule of a backend's host knows the backend's subset. Istio reads one rule for a host, so
 * all who ask share it: one that a user made, else one in the namespace of the Service, named like the Service.
 *
 * @internal
 */
export function requireSubset(at: IConstruct, target: BackendTarget): void {
  const { subset, subsetLabels } = target;
  if (subset === undefined || subsetLabels === undefined) return;
  sharedRule(at, target)._require(at, { name: subset, labels: subsetLabels });
}

/**
 * Sees to it that the DestinationRule of a backend's host says how the backend is called: its subset where it has one, else
 * the host.
 *
 * @returns the rule.
 * @internal
 */
export function requirePolicy(at: IConstruct, target: BackendTarget, policy: TrafficPolicy): RegisteredRule {
  const { description, subset, subsetLabels } = target;
  const rule = subset === undefined || subsetLabels !== undefined ? sharedRule(at, target) : findRule(at, target);
  if (subset === undefined) {
    rule!._applyPolicy(at, policy);
    return rule!;
  }
  if (subsetLabels !== undefined) rule!._require(at, { name: subset, labels: subsetLabels });
  if (rule?.subsets.some(({ name }) => name === subset) !== true) {
    throw invalid(at, `policy of ${description}, whose subset ${show(subset)} is defined elsewhere`,
      'a policy stands beside the labels of its subset: give the backend subsetLabels, or make the DestinationRule of the host first');
  }
  checkNamespace(at, rule, target);
  rule._applyPolicy(at, policy, subset);
  return rule;
}

/**
 * The DestinationRule of a backend's host. A rule made here is for all callers, so one that only some of them see is in its way,
 * too.
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
  const made = new DestinationRule(Chart.of(at), `destination-rule-${host}`, { namespace, metadata: { name }, host });
  const askers = new Set([Chart.of(at).node.path]);
  requestersOf(at).set(made, askers);
  Warnings._later(made, () => warnOfMove(made, name, [...askers]));
  return made;
}

/** The charts that ask for each rule which was made because somebody asked for it. */
function requestersOf(at: IConstruct): Map<RegisteredRule, Set<string>> {
  return Mesh.of(at)._part('asked-destination-rules', () => new Map<RegisteredRule, Set<string>>());
}

/** When the first of several charts goes, the rule is written into another file, and what applies the first file may delete it. */
function warnOfMove(rule: RegisteredRule, name: string, charts: string[]): void {
  if (charts.length === 1) return;
  Warnings._add(rule, `the DestinationRule of host ${show(rule.host)} is needed by charts ${charts.sort().join(', ')}, and is written into the first one that is made`,
    'it would move when that chart is removed or another one comes before it, and a tool that applies each chart on its own would delete it: '
    + `create it in the chart that owns the Service, before the routes: new DestinationRule(chart, ${show(name)}, { host: ${show(rule.host)} })`);
}

/**
 * A subset that is defined elsewhere, in a rule that callers do not see.
 *
 * @internal
 */
export function findForeignSubset(at: IConstruct, target: BackendTarget): Error | undefined {
  const rule = findRule(at, target);
  return rule?.subsets.some(({ name }) => name === target.subset) ? foreign(at, rule, target) : undefined;
}

/** Beside the namespace of the callers, Istio looks into that of the Service and into the root namespace. */
function foreign(at: IConstruct, rule: RegisteredRule, { description, namespace }: BackendTarget): Error | undefined {
  const found = rule._namespace;
  if (found === undefined || found === namespace || found === Mesh.of(at).rootNamespace) return undefined;
  return invalid(at, `DestinationRule ${pathOf(rule)} in namespace ${show(found)} for ${description}`,
    `callers elsewhere would not see it, and get 503: put it into the namespace of the Service, ${show(namespace)}`);
}

function checkNamespace(at: IConstruct, rule: RegisteredRule, target: BackendTarget): void {
  const problem = foreign(at, rule, target);
  if (problem !== undefined) throw problem;
}
