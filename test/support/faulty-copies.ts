/** A place in an object. */
type Path = readonly (string | number)[];

/** How copies are changed. */
export interface Faults {
  /** Values that replace others. */
  readonly values: readonly unknown[];
  /** Names that replace those of fields. */
  readonly names?: readonly string[];
  /** The copies differ by seed, and are always the same ones for a seed. @default 7 */
  readonly seed?: number;
  /** The highest number of changes of one copy. @default 1 */
  readonly changes?: number;
}

/** Values of all types, and some that only a few fields of Kubernetes' kinds have. */
export const ANY_VALUES: readonly unknown[] = [
  null, '', 'text', '5s', '0s', '1d', '*', 'a/*', 'http://', 'unix:///', 'unix://a', -1, 0, 1, 70_000, 2 ** 31, 2 ** 33, 1.5, true, [], {}, [null], ['*'], { a: 'b' }, { '*': 'b' }, { 0: {} },
];

/** Copies of objects with small faults, always the same ones. Some are as valid as the objects. */
export function faultyCopies(objects: readonly object[], count: number, { values, names = [], seed = 7, changes = 1 }: Faults): object[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const copy = structuredClone(objects[i % objects.length]) as { spec: unknown };
    for (let left = 1 + random(changes); left > 0; left--) {
      const places = placesIn(copy.spec, ['spec']);
      change(copy, places[random(places.length)], random, values, names);
    }
    return copy;
  });
}

function placesIn(value: unknown, path: Path): Path[] {
  const below = typeof value !== 'object' || value === null ? []
    : Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, Array.isArray(value) ? Number(name) : name]));
  return [path, ...below];
}

type Random = (below: number) => number;

function change(copy: object, path: Path, random: Random, values: readonly unknown[], names: readonly string[]): void {
  const parent = path.slice(0, -1).reduce<any>((value, part) => value[part], copy);
  const last = path[path.length - 1];
  const kind = random(5);
  if (kind === 0 && typeof last === 'string') {
    const name = names.length > 0 && random(4) > 0 ? names[random(names.length)] : `${last}x`;
    const value = parent[last];
    delete parent[last];
    parent[name] = value;
  } else if (kind === 1 && typeof last === 'string') {
    delete parent[last];
  } else if (kind === 1 && typeof last === 'number') {
    parent.splice(last, 1);
  } else if (kind === 2 && typeof last === 'number') {
    parent.push(structuredClone(parent[last]));
  } else {
    parent[last] = structuredClone(values[random(values.length)]);
  }
}

const FACTOR = 6_364_136_223_846_793_005n;
const STEP = 1_442_695_040_888_963_407n;
const MODULUS = 2n ** 64n;
/** The high bits differ more than the low ones. */
const USED = 2n ** 32n;

/** A generator of numbers that are always the same ones. */
function generator(seed: number): Random {
  let state = BigInt(seed);
  return (below) => {
    state = (state * FACTOR + STEP) % MODULUS;
    return Math.floor((Number(state / USED) / Number(USED)) * below);
  };
}
