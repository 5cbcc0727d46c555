import { Finding, FindingPlace } from './finding';
import { Level, Place, Problem, Rule } from './rule';
import { Cluster } from '../cluster/cluster';
import { stringOf } from '../cluster/json';

/**
 * Runs rules over a cluster.
 *
 * @returns the findings, each once, ordered by level, rule and object.
 * @internal
 */
export function findingsOf(cluster: Cluster, rules: readonly Rule[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const rule of rules) {
    for (const problem of rule.check(cluster)) {
      if (placesOf(problem).every(({ object }) => object.origin.context === true)) continue;
      const finding = findingOf(rule, problem);
      found.set(keyOf(finding), finding);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}

const ORDER: { readonly [level in Level]: number } = { [Level.ERROR]: 0, [Level.WARNING]: 1, [Level.INFO]: 2 };

/**
 * Whether a level is at least as serious as another one.
 *
 * @internal
 */
export function isAtLeast(level: Level, threshold: Level): boolean {
  return ORDER[level] <= ORDER[threshold];
}

function placesOf({ object, field, related = [] }: Problem): Place[] {
  return [{ object, field }, ...related];
}

function findingOf(rule: Rule, problem: Problem): Finding {
  const places = placesOf(problem);
  // Report at an object that the reader can change.
  const first = places.findIndex(({ object }) => object.origin.context !== true);
  const [own] = places.splice(first, 1);
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
  return JSON.stringify([ORDER[level], rule, namespace, name, kind, path, problem]);
}
