/**
 * Finds the known name that was most likely intended.
 *
 * @internal
 */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  return names.find((name) => isNearMiss(written, name))
    ?? names.find((name) => distance(written.toLowerCase(), name.toLowerCase()) <= Math.floor(written.length / 3))
    ?? names.find((name) => written.length > 3 && (startsWith(name, written) || (name.length > 3 && startsWith(written, name))));
}

/**
 * Whether a name is a near miss of another: one letter differs, two are swapped, or the case or the plural is different.
 *
 * @internal
 */
export function isNearMiss(written: string, name: string): boolean {
  const [a, b] = [written.toLowerCase(), name.toLowerCase()];
  return a === b || isPlural(a, b) || isPlural(b, a) || (Math.min(a.length, b.length) > 3 && distance(a, b) === 1);
}

function isPlural(many: string, one: string): boolean {
  return many === `${one}s` || many === `${one}es` || (one.endsWith('y') && many === `${one.slice(0, -1)}ies`);
}

function startsWith(long: string, start: string): boolean {
  return long.toLowerCase().startsWith(start.toLowerCase());
}

/**
 * The edit distance: how many letters to insert, remove, replace or swap with their neighbour.
 *
 * @internal
 */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
