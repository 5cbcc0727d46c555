import { acceptedBecause } from './acceptance';
import { withoutConsequences } from './consequences';
import { withoutEchoes } from './echoes';
import { Finding, FindingPlace } from './finding';
import { Level, orderOf } from './level';
import { LoadProofs, NO_PROOFS, Proofs } from './proofs';
import { FoundProblem, Place, placesOf, Rule } from './rule';
import { Cluster } from '../cluster/cluster';
import { stringOf } from '../cluster/json';
import { byText } from '../plan/text-order';
import type { RouteProofs } from '../proofs/queries/route-proofs';

/**
 * Runs rules over a cluster.
 *
 * @param cluster The objects, and the configuration if there is one.
 * @param rules The rules.
 * @param load Loads what decides questions about all requests, if a rule asks one. Without it, only what is obvious is found.
 * @returns the findings, each once, ordered by level, rule and object. Those that are accepted have the reason.
 * @internal
 */
export function findingsOf(cluster: Cluster, rules: readonly Rule[], load?: LoadProofs): Finding[] {
  const proofs = load === undefined ? NO_PROOFS : loadedOnce(cluster, load);
  const first = withoutConsequences(withoutEchoes(runAll(cluster, rules.filter(({ isLast }) => isLast !== true), [], proofs)));
  const last = runAll(cluster, rules.filter(({ isLast }) => isLast === true), first, proofs);
  return inOrder([...first, ...last].map((found) => findingOf(cluster, found)));
}

function loadedOnce(cluster: Cluster, load: LoadProofs): Proofs {
  let loaded: RouteProofs | undefined;
  return () => loaded ??= new (load().RouteProofs)(cluster);
}

function runAll(cluster: Cluster, rules: readonly Rule[], before: readonly FoundProblem[], proofs: Proofs): FoundProblem[] {
  const found: FoundProblem[] = [];
  for (const rule of rules) {
    for (const problem of rule.check(cluster, before, proofs)) {
      if (!placesOf(problem).every(({ object }) => object.origin.context === true)) found.push({ rule, problem });
    }
  }
  return found;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...byKey].sort(([a], [b]) => byText(a, b)).map(([, finding]) => finding);
}

function findingOf(cluster: Cluster, found: FoundProblem): Finding {
  const { rule, problem } = found;
  const places = placesOf(problem);
  // Report at an object that the reader can change.
  const [own] = places.splice(places.findIndex(({ object }) => object.origin.context !== true), 1);
  const accepted = acceptedBecause(cluster, found);
  return {
    rule: rule.id,
    level: levelOf(found),
    ...placeOf(own),
    problem: problem.problem,
    remedy: problem.remedy,
    related: places.map(placeOf),
    ...problem.example === undefined ? {} : { example: problem.example },
    ...accepted === undefined ? {} : { accepted },
  };
}

function levelOf({ rule, problem: { object, level = rule.level, typedLevel = level } }: FoundProblem): Level {
  return object.origin.facts?.isTyped === true ? typedLevel : level;
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

/** A key by which findings are ordered, and which duplicates share. Objects of one name can be in several files, or several times in one. */
function keyOf({ level, rule, kind, namespace, name, field, problem, construct, file, line = 0, column = 0 }: Finding): string {
  const place = [construct, file, ...[line, column].map(inOrderOfNumbers)];
  return JSON.stringify([orderOf(level), rule, namespace, name, kind, field.map(inOrderOfNumbers), problem, ...place]);
}

function inOrderOfNumbers(part: string | number): string {
  return typeof part === 'number' ? String(part).padStart(6, '0') : part;
}
