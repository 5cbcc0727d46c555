/**
 * Number of keys of all objects in a value.
 *
 * @internal
 */
export function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  return inner.reduce<number>((sum, each) => sum + keysIn(each), Array.isArray(value) ? 0 : inner.length);
}

const BACKSLASH = 92;
const SPACES = /\s*/y;

/**
 * Number of keys that are written in a text of valid JSON. It has more than its value if a key occurs twice, which `JSON.parse` ignores.
 *
 * @internal
 */
export function writtenKeysIn(json: string): number {
  let count = 0;
  for (let start = json.indexOf('"'); start >= 0;) {
    let end = json.indexOf('"', start + 1);
    while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
    SPACES.lastIndex = end + 1;
    SPACES.test(json);
    if (json[Math.max(SPACES.lastIndex, end + 1)] === ':') count += 1;
    start = json.indexOf('"', end + 1);
  }
  return count;
}

/** Whether an odd number of backslashes is before a character. */
function isEscaped(json: string, index: number): boolean {
  let begin = index;
  while (json.charCodeAt(begin - 1) === BACKSLASH) begin -= 1;
  return (index - begin) % 2 === 1;
}
