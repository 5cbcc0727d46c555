import { FieldPath, isObject } from '../../cluster/json';
import { Origin, Position } from '../../cluster/origin';

/**
 * The positions of all fields of an object as numbers: lines since the field before, and columns. Empty if they are not known.
 *
 * @param value The object.
 * @param position Finds a position.
 * @internal
 */
export function writePositions(value: unknown, position: Origin['position']): readonly number[] {
  if (position?.([]) === undefined) return [];
  const numbers: number[] = [];
  let last = 0;
  for (const field of fieldsIn(value)) {
    const { line, column } = position(field)!;
    numbers.push(line - last, column);
    last = line;
  }
  return numbers;
}

/**
 * Finds positions in what {@link writePositions} wrote: that of a field, or of the closest field around it.
 *
 * @param value The same object.
 * @param numbers The numbers.
 * @internal
 */
export function readPositions(value: unknown, numbers: readonly number[]): Origin['position'] {
  if (numbers.length === 0) return undefined;
  let positions: ReadonlyMap<string, Position> | undefined;
  return (field) => {
    positions ??= positionsIn(value, numbers);
    for (let length = field.length; length >= 0; length--) {
      const found = positions.get(keyOf(field.slice(0, length)));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function positionsIn(value: unknown, numbers: readonly number[]): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  let [line, next] = [0, 0];
  for (const field of fieldsIn(value)) {
    line += numbers[next];
    positions.set(keyOf(field), { line, column: numbers[next + 1] });
    next += 2;
  }
  return positions;
}

function keyOf(field: FieldPath): string {
  return JSON.stringify(field);
}

/** Each field after the one around it. */
function* fieldsIn(value: unknown, path: FieldPath = []): Generator<FieldPath> {
  yield path;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* fieldsIn(item, [...path, i]);
  } else if (isObject(value)) {
    for (const [name, field] of Object.entries(value)) {
      if (field !== undefined) yield* fieldsIn(field, [...path, name]);
    }
  }
}
