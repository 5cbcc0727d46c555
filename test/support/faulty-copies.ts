/** A place in an object. */
type Path = readonly (string | number)[];

const VALUES: readonly unknown[] = [
  null, '', 'text', '5s', '0s', '1d', '*', 'a/*', 'http://', 'unix:///', 'unix://a', -1, 0, 1, 70_000, 2 ** 31, 2 ** 33, 1.5, true, [], {}, [null], ['*'], { a: 'b' }, { '*': 'b' }, { 0: {} },
];

/** Copies of objects with one small fault each, always the same ones. Some are as valid as the objects. */
export function faultyCopies(objects: readonly object[], count: number): object[] {
  const random = generator(7);
  const places = objects.map((object) => placesIn((object as { spec: unknown }).spec, ['spec']));
  return Array.from({ length: count }, (_, i) => {
    const copy: unknown = structuredClone(objects[i % objects.length]);
    const place = places[i % objects.length][random(places[i % objects.length].length)];
    change(copy, place, random);
    return copy as object;
  });
}

function placesIn(value: unknown, path: Path): Path[] {
  const below = typeof value !== 'object' || value === null ? []
    : Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, Array.isArray(value) ? Number(name) : name]));
  return [path, ...below];
}

function change(copy: any, path: Path, random: (below: number) => number): void {
  const parent = path.slice(0, -1).reduce((value, part) => value[part], copy);
  const last = path[path.length - 1];
  const kind = random(4);
  if (kind === 0 && typeof last === 'string') {
    parent[`${last}x`] = parent[last];
    delete parent[last];
  } else if (kind === 1 && typeof last === 'string') {
    delete parent[last];
  } else if (kind === 2 && typeof last === 'number') {
    parent.push(structuredClone(parent[last]));
  } else {
    parent[last] = structuredClone(VALUES[random(VALUES.length)]);
  }
}

/** A generator of numbers that are always the same ones. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}
