import { FieldPath } from '../cluster/json';
import { Finding } from '../rules/finding';

/**
 * What identifies the place of a finding when lines move and entries of lists change their positions: the rule, the object and the field.
 * Neither the file nor the line is part of it.
 *
 * @internal
 */
export function placeKey({ rule, kind, namespace, name, field }: Finding): string {
  return JSON.stringify([rule, kind, namespace, name, withoutPositions(field)]);
}

/**
 * What identifies a finding in an earlier and a later state: its place and what is wrong.
 *
 * @internal
 */
export function findingKey(finding: Finding): string {
  // Problems quote fields: "spec.http[3] never gets a request".
  return JSON.stringify([placeKey(finding), finding.problem.replace(/\[\d+\]/g, '[]')]);
}

function withoutPositions(field: FieldPath): FieldPath {
  return field.map((part) => (typeof part === 'number' ? 0 : part));
}
