/** The code with which `cdk8s import` writes the values of a map: it copies the map once for each of them. */
const SLOW_MAP = /\(\((obj\.\w+)\) === undefined\) \? undefined : \(Object\.entries\(\1\)\.reduce\(\(r, i\) => \(i\[1\] === undefined\) \? r : \(\{ \.\.\.r, \[i\[0\]\]: (.+) \}\), \{\}\)\)/g;

/** The code with which it writes the fields of an object: it has all of them at first, and the undefined ones are filtered. */
const SLOW_FIELDS = /^ {2}const result = \{\n((?: {4}'[^']+': .+,\n)*) {2}\};\n {2}\/\/ filter undefined values\n {2}return Object\.entries\(result\)\.reduce\(.+\);$/gm;

const FIELD = /^ {4}('[^']+'): (.*?(obj\.\w+).*),$/gm;

/** Used in place of the former. */
const MAP_VALUES = `
function mapValues<T>(map: { readonly [key: string]: T }, toJson: (value: T) => unknown): Record<string, any> {
  const result: Record<string, any> = {};
  for (const key of Object.keys(map)) {
    if (map[key] !== undefined) { result[key] = toJson(map[key]); }
  }
  return result;
}
`;

/**
 * Replaces the code with which `cdk8s import` omits undefined values. Every synth runs it for every level of every spec, and most fields
 * are undefined.
 *
 * @param text The types of an API group.
 */
export function withFastJson(text: string): string {
  const fast = text
    .replace(SLOW_MAP, (_code, map: string, value: string) => `mapValues(${map}, each => ${value.replace('i[1]', 'each')})`)
    .replace(SLOW_FIELDS, (_code, fields: string) => (
      `  const result: Record<string, any> = {};\n${fields.replace(FIELD, '  if ($3 !== undefined) { result[$1] = $2; }')}  return result;`));
  return fast.includes('mapValues(') ? `${fast.trimEnd()}\n${MAP_VALUES}` : fast;
}
