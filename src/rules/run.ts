import { Acceptance, withAcceptances } from './acceptance';
import { Finding, FindingPlace } from './finding';
import { orderOf } from './level';
import { Place, Problem, Rule } from './rule';
import { Cluster } from '../cluster/cluster';
import { stringOf } from '../cluster/json';

/**
 * Runs rules over a cluster.
 *
 * @param cluster The objects.
 * @param rules The rules.
 * @param configured Findings that a configuration file accepts.
 * @returns the findings, each once, ordered by level, rule and object. Those that are accepted have the reason.
 * @internal
 */
export function findingsOf(cluster: Cluster, rules: readonly Rule[], configured: readonly Acceptance[] = []): Finding[] {
  const found = runAll(cluster, rules.filter(({ isLast }) => isLast !== true), []);
  const accepted = withAcceptances(cluster, rules, found, configured);
  const last = runAll(cluster, rules.filter(({ isLast }) => isLast === true), accepted);
  return inOrder([...accepted, ...withAcceptances(cluster, rules, last, configured)]);
}

function runAll(cluster: Cluster, rules: readonly Rule[], before: readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  for (const rule of rules) {
    for (const problem of rule.check(cluster, before)) {
      if (!placesOf(problem).every(({ object }) => object.origin.context === true)) found.push(findingOf(rule, problem));
    }
  }
  return found;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}

function placesOf({ object, field, related = [] }: Problem): Place[] {
  return [{ object, field }, ...related];
}

function findingOf(rule: Rule, problem: Problem): Finding {
  const places = placesOf(problem);
  // Report at an object that the reader can change.
  const [own] = places.splice(places.findIndex(({ object }) => object.origin.context !== true), 1);
  return {
    rule: rule.id,
    level: problem.level ?? rule.level,
    ...placeOf(own),
    problem: problem.problem,
    remedy: problem.remedy,
    related: places.map(placeOf),
  };
}

function placeOf({ object, field = [] }: Place): FindingPlace {
  const { origin } = object;
  const position = origin.position?.(field);
  return {
    apiVersion: stringOf(object.manifest.apiVersion) ?? '',
    kind: object.kind,
    namespace: object.namespace,
    name: object.name,
    field,
    ...origin.construct === undefined ? {} : { construct: origin.construct },
    ...origin.file === undefined ? {} : { file: origin.file },
    ...position,
  };
}

/** A key by which findings are ordered, and which duplicates share. */
function keyOf({ level, rule, kind, namespace, name, field, problem }: Finding): string {
  const path = field.map((part) => (typeof part === 'number' ? String(part).padStart(6, '0') : part));
  return JSON.stringify([orderOf(level), rule, namespace, name, kind, path, problem]);
}
