import { showPath } from '../cluster/json';
import { FindingPlace } from '../rules/finding';

/**
 * An object and its field: `VirtualService models/iris spec.http[0]`.
 *
 * @internal
 */
export function showObject({ kind, namespace, name, field }: FindingPlace): string {
  return [`${kind} ${namespace}/${name}`, ...field.length === 0 ? [] : [showPath(field)]].join(' ');
}

/**
 * Where it is: `file:line:column`, or else the path of the construct; undefined if neither is known.
 *
 * @internal
 */
export function showPosition({ file, line, column, construct }: Partial<FindingPlace>): string | undefined {
  if (file === undefined) return construct;
  return [file, ...line === undefined ? [] : [line, ...column === undefined ? [] : [column]]].join(':');
}

/**
 * Where it is, the object, and the construct where a file comes first: `routes/iris.yaml:3:1  VirtualService models/iris spec.http[0]`.
 *
 * @internal
 */
export function showPlace(place: FindingPlace): string {
  const position = showPosition(place);
  const construct = place.file === undefined || place.construct === undefined ? '' : ` (${place.construct})`;
  return `${position === undefined ? '' : `${position}  `}${showObject(place)}${construct}`;
}

/**
 * A text with the full stop that problems and remedies leave out.
 *
 * @internal
 */
export function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * The path of a file with `/` between folders, as GitHub and other readers of reports expect it.
 *
 * @internal
 */
export function slashed(file: string): string {
  return file.replace(/\\/g, '/').replace(/^(?:\.\/+)+/, '');
}
