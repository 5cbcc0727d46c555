import { FoundProblem } from './rule';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath } from '../cluster/json';
import { computeIfAbsent } from '../plan/groups';

/**
 * Leaves one finding for each fault because of which an object is rejected. A rule that knows what a field means says more about it than its
 * schema does. Of a misspelled name, though, the name is the fault, and not that the field with the right name is missing.
 *
 * @internal
 */
export function withoutEchoes(found: readonly FoundProblem[]): readonly FoundProblem[] {
  const bySchema = groupsOf(found, 'by schema');
  if (bySchema.size === 0) return found;
  const byMeaning = groupsOf(found, 'by meaning');
  const echoes = new Set<FoundProblem>();
  for (const [object, ofSchema] of bySchema) {
    for (const echo of echoesIn(ofSchema, byMeaning.get(object) ?? [])) echoes.add(echo);
  }
  return found.filter((each) => !echoes.has(each));
}

function groupsOf(found: readonly FoundProblem[], rejects: FoundProblem['rule']['rejects']): Map<ClusterObject, FoundProblem[]> {
  const groups = new Map<ClusterObject, FoundProblem[]>();
  for (const each of found) {
    if (each.rule.rejects === rejects) computeIfAbsent(groups, each.problem.object, () => []).push(each);
  }
  return groups;
}

function echoesIn(bySchema: readonly FoundProblem[], byMeaning: readonly FoundProblem[]): FoundProblem[] {
  const misspelled = bySchema.flatMap(({ problem: { instead } }) => (instead === undefined ? [] : [instead]));
  const ofMissing = [...bySchema, ...byMeaning].filter(({ problem }) => isAbout(problem.field, misspelled));
  const meant = byMeaning.filter((each) => !ofMissing.includes(each)).map(({ problem: { field = [] } }) => field);
  const known = bySchema.filter(({ problem: { field = [], instead } }) => instead === undefined && meant.some((other) => isSamePlace(field, other)));
  return [...ofMissing, ...known];
}

/** Whether a finding is about one of the fields, or about the object that should have it. */
function isAbout(place: FieldPath = [], fields: readonly FieldPath[]): boolean {
  return fields.some((field) => isEqual(place, field) || isEqual(place, field.slice(0, -1)));
}

/** Whether one of two paths is the other one, or one name longer. */
function isSamePlace(a: FieldPath, b: FieldPath): boolean {
  const length = Math.min(a.length, b.length);
  return Math.abs(a.length - b.length) <= 1 && isEqual(a.slice(0, length), b.slice(0, length));
}

function isEqual(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
