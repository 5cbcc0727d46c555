import { claimPath, claimValues } from './claims';
import { failureOf, showCondition, testOf } from './condition';
import { RouteRequest } from './route-request';
import { Condition, Conditions, MatchConditions, PathMatch } from '../../cluster/routing/request-match';
import { show } from '../../plan/checks/errors';
import { TextMatch } from '../../plan/conflicts/overlap';
import { StringMatchKind } from '../../plan/string-match';

/**
 * One condition of a match.
 *
 * @internal
 */
export interface Check {
  /** Whether a request satisfies it. */
  readonly test: (request: RouteRequest) => boolean;
  /** Why a request does not satisfy it, as a clause such as `header x-tester is absent`. */
  readonly miss: (request: RouteRequest) => string;
  /** The condition as traces show it. */
  readonly text: string;
}

/**
 * Compiles the conditions of a match: first that on the path, then those on headers, then all others.
 *
 * @internal
 */
export function checksOf({ path, method, scheme, authority, headers, withoutHeaders, queryParams }: MatchConditions): readonly Check[] {
  return [
    ...path === undefined ? [] : [pathCheck(path)],
    ...[...headers].map(([name, condition]) => headerCheck(name, condition)),
    ...[...withoutHeaders].map(([name, condition]) => absenceCheck(name, condition)),
    ...method === undefined ? [] : [textCheck('method', method, ({ normal }) => normal.method)],
    ...authority === undefined ? [] : [textCheck('authority', authority, ({ normal }) => normal.authority)],
    ...scheme === undefined ? [] : [textCheck('scheme', scheme, ({ normal }) => normal.scheme)],
    ...parameterChecks(queryParams),
  ];
}

function pathCheck(path: PathMatch): Check {
  if (path.written === undefined) return textCheck('path', path, ({ normal }) => normal.path);
  // Envoy ignores the case of ASCII letters only.
  const { kind, value } = path.written;
  const folded = lowerAscii(value);
  const test = kind === StringMatchKind.EXACT ? (text: string) => text === folded : (text: string) => text.startsWith(folded);
  return {
    test: ({ normal }) => test(lowerAscii(normal.path)),
    miss: ({ normal }) => `path ${show(normal.path)} ${failureOf(path.written!)} in any case`,
    text: `path ${showCondition(path.written)} in any case`,
  };
}

/**
 * A string with its ASCII letters in lower case.
 *
 * @internal
 */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function textCheck(what: string, match: TextMatch, valueOf: (request: RouteRequest) => string): Check {
  const test = testOf(match);
  return {
    test: (request) => test(valueOf(request)),
    miss: (request) => `${what} ${show(valueOf(request))} ${failureOf(match)}`,
    text: `${what} ${showCondition(match)}`,
  };
}

function headerCheck(name: string, condition: Condition): Check {
  const { what, valuesOf } = source(name);
  if (condition === 'present') {
    return { test: (request) => valuesOf(request).length > 0, miss: () => `${what} is absent`, text: `${what} is present` };
  }
  const test = testOf(condition);
  return {
    test: (request) => valuesOf(request).some(test),
    miss: (request) => missOf(what, valuesOf(request), failureOf(condition)),
    text: `${what} ${showCondition(condition)}`,
  };
}

/** An absent header counts as empty where a value is excluded. */
function absenceCheck(name: string, condition: Condition): Check {
  const { what, valuesOf, isClaim } = source(name);
  if (condition === 'present') {
    return { test: (request) => valuesOf(request).length === 0, miss: () => `${what} is present`, text: `${what} is absent` };
  }
  const test = testOf(condition);
  const matchesAbsent = !isClaim && test('');
  return {
    test: (request) => {
      const values = valuesOf(request);
      return values.length === 0 ? !matchesAbsent : !values.some(test);
    },
    miss: (request) => {
      const values = valuesOf(request);
      return values.length === 0 ? `${what} is absent, which counts as empty` : `${what} is ${values.filter(test).map(show).join(' and ')}, and withoutHeaders rejects it`;
    },
    text: `${what} not ${showCondition(condition)}`,
  };
}

interface Source {
  readonly what: string;
  readonly isClaim: boolean;
  readonly valuesOf: (request: RouteRequest) => readonly string[];
}

function source(name: string): Source {
  const path = claimPath(name);
  return path === undefined ? { what: `header ${name}`, isClaim: false, valuesOf: (request) => request.valuesOf(name) }
    : { what: `claim ${path.join('.')}`, isClaim: true, valuesOf: ({ claims }) => claimValues(claims, path) };
}

function missOf(what: string, values: readonly string[], failure: string): string {
  return values.length === 0 ? `${what} is absent` : `${what} ${values.map(show).join(' and ')} ${failure}`;
}

function parameterChecks(parameters: Conditions): Check[] {
  return [...parameters].map(([name, condition]) => {
    const what = `query parameter ${name}`;
    if (condition === 'present') return { test: (request) => request.parameters.has(name), miss: () => `${what} is absent`, text: `${what} is present` };
    const test = testOf(condition);
    return {
      test: ({ parameters: sent }) => {
        const value = sent.get(name);
        return value !== undefined && test(value);
      },
      miss: ({ parameters: sent }) => missOf(what, sent.has(name) ? [sent.get(name)!] : [], failureOf(condition)),
      text: `${what} ${showCondition(condition)}`,
    };
  });
}
