import { Work } from '../../plan/expressions/work';
import { agreementOf, keyOfFunction, PathFunction, pathFunctionOf, touchedBy, unchanged } from '../paths/path-function';
import { PathSet } from '../paths/path-set';
import { Rule } from '../rules/rule';

/**
 * Where rules of two sides make different paths of those of a class.
 *
 * @internal
 */
export interface PathDifferences {
  /** Paths of which the rules may make different ones. */
  readonly paths: readonly string[];
  /** Whether there may be others. */
  readonly isOpen: boolean;
}

const NONE: PathDifferences = { paths: [], isOpen: false };

/**
 * Looks for paths of a class of which the rules of two sides make different ones. The answers to its example are equal.
 *
 * @internal
 */
export function pathDifferences(paths: PathSet, before: readonly Rule[], after: readonly Rule[], work: Work): PathDifferences {
  if (paths.isOne) return NONE;
  const [b, a] = [before, after].map((rules) => functionsOf(rules, paths.beginning));
  if (isSame(b, a)) return NONE;
  const touched: string[] = [];
  const effective = (each: PathFunction): PathFunction => {
    if (each.kind !== 'expression') return each;
    const found = paths.find(touchedBy(each.match), true, work);
    if (found === 'none') return unchanged(paths.beginning);
    if (found !== 'limit') touched.push(found.word);
    return each;
  };
  const [first, second] = [b, a].map((functions) => distinct([...functions.values()].map(effective)));
  const pairs = first.flatMap((f) => second.map((g) => differenceOf(paths, f, g, work)));
  const found = pairs.flatMap((each) => (typeof each === 'object' ? [each.word] : []));
  // Of several rules each may be the first one, and it is not known which belong together.
  const isOpen = pairs.length === 1 ? pairs.includes('unknown') : true;
  return { paths: [...new Set([...found, ...touched])], isOpen };
}

/** A path of which two functions make different ones; none if they agree, or if any path shows that they do not. */
function differenceOf(paths: PathSet, a: PathFunction, b: PathFunction, work: Work): { readonly word: string } | 'none' | 'unknown' {
  const agreement = agreementOf(a, b);
  if (agreement === undefined) return 'unknown';
  if (agreement === 'always' || agreement === 'never') return 'none';
  const found = paths.find(agreement, false, work);
  return found === 'limit' ? 'unknown' : found;
}

/** What rules make of paths, by what they do. */
function functionsOf(rules: readonly Rule[], beginning: string): ReadonlyMap<string, PathFunction> {
  return new Map(rules.flatMap(({ route, key, match }) => {
    if (route === undefined) return [];
    const each = pathFunctionOf(route, beginning);
    return [[`${key.slice(match.length)} ${keyOfFunction(each)}`, each] as const];
  }));
}

/** Whether rules that do the same make the same of paths, or all rules do. */
function isSame(before: ReadonlyMap<string, PathFunction>, after: ReadonlyMap<string, PathFunction>): boolean {
  const all = distinct([...before.values(), ...after.values()]);
  return all.length < 2 || (before.size === after.size && [...before.keys()].every((key) => after.has(key)));
}

function distinct(functions: readonly PathFunction[]): readonly PathFunction[] {
  return [...new Map(functions.map((each) => [keyOfFunction(each), each])).values()];
}
