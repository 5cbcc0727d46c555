import { FoundProblem, Level, Rule } from './rule';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath, isObject } from '../cluster/json';
import { computeIfAbsent } from '../plan/groups';

/**
 * Leaves one finding for each fault because of which an object is rejected. A rule that knows what a field means has a better explanation
 * than its schema. Of a misspelled name, though, the name is the fault, and not that the field with the right name is missing; and a `spec` that is
 * no object has no meaning.
 *
 * @internal
 */
export function withoutEchoes(found: readonly FoundProblem[]): readonly FoundProblem[] {
  const rejections = new Map<ClusterObject, FoundProblem[]>();
  for (const each of found) {
    if (each.rule.rejects !== undefined) computeIfAbsent(rejections, each.problem.object, () => []).push(each);
  }
  const echoes = new Set([...rejections.values()].flatMap((ofObject) => (ofObject.length > 1 ? echoesIn(ofObject) : [])));
  return echoes.size === 0 ? found : found.filter((each) => !echoes.has(each));
}

function echoesIn(found: readonly FoundProblem[]): FoundProblem[] {
  const [byName, bySchema, byMeaning] = [of(found, 'by name'), of(found, 'by schema'), of(found, 'by meaning')];
  if (bySchema.length > 0 && found.some(({ problem: { object: { manifest: { spec } } } }) => spec !== undefined && !isObject(spec))) return byMeaning;
  const misspelled = byName.flatMap(({ problem: { instead } }) => (instead === undefined ? [] : [instead]));
  const missing = [...bySchema, ...byMeaning].filter(({ problem }) => isAbout(problem.field, misspelled));
  const places = byMeaning.filter((each) => isError(each) && !missing.includes(each)).map(({ problem: { field = [] } }) => field);
  return [...missing, ...bySchema.filter(({ problem: { field = [] } }) => places.some((place) => isSamePlace(field, place)))];
}

/** A warning about a field does not explain why the object is rejected. */
function isError({ rule, problem: { level = rule.level } }: FoundProblem): boolean {
  return level === Level.ERROR;
}

function of(found: readonly FoundProblem[], rejects: Rule['rejects']): FoundProblem[] {
  return found.filter(({ rule }) => rule.rejects === rejects);
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
