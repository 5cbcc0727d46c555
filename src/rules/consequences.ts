import { FoundProblem, Level, Place, placesOf } from './rule';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath } from '../cluster/json';
import { computeIfAbsent } from '../plan/groups';

/** Fields that decide which requests or pods an object is about. Without them, rules know nothing about it. */
const SCOPES: ReadonlySet<string | number> = new Set(['hosts', 'host', 'gateways', 'exportTo', 'selector', 'servers', 'targetRef', 'targetRefs', 'workloadSelector']);

/**
 * Leaves out what follows only from a value that cannot be read. A rule whose `match` is no list matches all requests for other rules, and a
 * VirtualService whose `gateways` is no list belongs to the mesh. It is not known whether the corrected object has these faults too.
 *
 * @internal
 */
export function withoutConsequences(found: readonly FoundProblem[]): readonly FoundProblem[] {
  const [unreadable, rejected] = [byObject(found, unreadableField), byObject(found, rejectedValue)];
  if (unreadable.size + rejected.size === 0) return found;
  const fieldsOf = ({ object }: Place) => unreadable.get(object) ?? [];
  return found.filter(({ rule: { rejects }, problem }) => {
    if (rejects === undefined) {
      const isRejected = rejected.get(problem.object)?.some((field) => isEqual(field, problem.field)) === true;
      return !isRejected && !placesOf(problem).some((place) => fieldsOf(place).some((field) => isPartOf(field, place)));
    }
    return rejects !== 'by meaning' || !fieldsOf(problem).some((field) => isOtherScope(field, problem));
  });
}

type Fields = ReadonlyMap<ClusterObject, readonly FieldPath[]>;

function byObject(found: readonly FoundProblem[], fieldOf: (found: FoundProblem) => FieldPath | undefined): Fields {
  const fields = new Map<ClusterObject, FieldPath[]>();
  for (const each of found) {
    const field = fieldOf(each);
    if (field !== undefined) computeIfAbsent(fields, each.problem.object, () => []).push(field);
  }
  return fields;
}

/** The field of a host that is rejected. What other rules find about the same value is not true of the corrected one. */
function rejectedValue({ rule: { rejects, level: highest }, problem: { field = [], level = highest } }: FoundProblem): FieldPath | undefined {
  return level === Level.ERROR && rejects === 'by meaning' && field[1] === 'hosts' && field.length === 3 ? field : undefined;
}

function isEqual(a: FieldPath, b: FieldPath = []): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** Whether a finding is about the scope of an object of which another part is unknown, such as hosts that are only valid for some gateways. */
function isOtherScope(unreadable: FieldPath, { field = [] }: Place): boolean {
  return isScope(unreadable) && isScope(field.slice(0, 2)) && field[1] !== unreadable[1];
}

function isScope(field: FieldPath): boolean {
  return field.length === 2 && SCOPES.has(field[1]);
}

/** The field whose value the schema rejects, or that has no value since its name is misspelled. */
function unreadableField({ rule: { rejects, level: highest }, problem: { field, instead, level = highest } }: FoundProblem): FieldPath | undefined {
  if (level !== Level.ERROR) return undefined;
  return rejects === 'by schema' ? field : rejects === 'by name' ? instead : undefined;
}

/** Whether what is at a place cannot be known without the field. */
function isPartOf(unreadable: FieldPath, { field = [] }: Place): boolean {
  if (isScope(unreadable)) return true;
  const length = Math.min(unreadable.length, field.length);
  if (!field.slice(0, length).every((part, i) => part === unreadable[i])) return false;
  return unreadable.length <= field.length || unreadable.slice(field.length).includes('match') || field.includes('match');
}
