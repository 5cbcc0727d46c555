/**
 * Finds the known name that was most likely intended.
 *
 * @internal
 */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  return names.find((name) => isNearMiss(written, name))
    ?? names.find((name) => isSimilar(written, name))
    ?? names.find((name) => isLonger(written, name));
}

/**
 * Whether at most a third of the letters differ.
 *
 * @internal
 */
export function isSimilar(written: string, name: string): boolean {
  return isWithin(written.toLowerCase(), name.toLowerCase(), Math.floor(written.length / 3));
}

/**
 * Whether one of two names that are not very short begins with the other one.
 *
 * @internal
 */
export function isLonger(written: string, name: string): boolean {
  return written.length > 3 && (startsWith(name, written) || (name.length > 3 && startsWith(written, name)));
}

/**
 * Whether a name is a near miss of another: one letter differs, two are swapped, or the case or the plural is different.
 *
 * @internal
 */
export function isNearMiss(written: string, name: string): boolean {
  const [a, b] = [written.toLowerCase(), name.toLowerCase()];
  return a === b || isPlural(a, b) || isPlural(b, a) || (Math.min(a.length, b.length) > 3 && isWithin(a, b, 1));
}

function isPlural(many: string, one: string): boolean {
  return many === `${one}s` || many === `${one}es` || (one.endsWith('y') && many === `${one.slice(0, -1)}ies`);
}

function startsWith(long: string, start: string): boolean {
  return long.toLowerCase().startsWith(start.toLowerCase());
}

/** Whether the edit distance is at most a limit. A difference of the lengths tells that it is not, before the letters are compared. */
function isWithin(a: string, b: string, limit: number): boolean {
  return Math.abs(a.length - b.length) <= limit && distance(a, b) <= limit;
}

/**
 * The edit distance: how many letters to insert, remove, replace or swap with their neighbour.
 *
 * @internal
 */
export function distance(a: string, b: string): number {
  let [start, endOfA, endOfB] = [0, a.length, b.length];
  // Equal beginnings and ends make no difference, and most names that are compared have some.
  while (start < endOfA && start < endOfB && a[start] === b[start]) start += 1;
  while (endOfA > start && endOfB > start && a[endOfA - 1] === b[endOfB - 1]) [endOfA, endOfB] = [endOfA - 1, endOfB - 1];
  const [x, y] = [a.slice(start, endOfA), b.slice(start, endOfB)];
  let before: number[] = [];
  let last: number[] = [];
  let row = Array.from({ length: y.length + 1 }, (_, j) => j);
  for (let i = 1; i <= x.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= y.length; j++) {
      const replaced = last[j - 1] + (x[i - 1] === y[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[y.length];
}
