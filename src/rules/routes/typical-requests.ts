import { exampleText } from '../../answers/endpoints/example-text';
import { accepts } from '../../cluster/routing/match-relations';
import { Condition, Conditions, MatchConditions } from '../../cluster/routing/request-match';
import { TextMatch } from '../../plan/conflicts/overlap';
import { StringMatchKind } from '../../plan/string-match';

/** A request that somebody could have had in mind for a match. */
interface TypicalRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly queryParams: ReadonlyMap<string, string>;
}

/**
 * Whether a request that is typical for a match certainly satisfies it, and certainly none of the others.
 *
 * @internal
 */
export function isObviouslyReached(match: MatchConditions, others: readonly MatchConditions[]): boolean {
  return requestsFor(match).some((request) => isSatisfied(match, request) && !others.some((other) => maySatisfy(other, request)));
}

const PATHS = ['/v2/models/model/infer', '/', '/infer'];

function requestsFor({ path, method, headers, queryParams }: MatchConditions): TypicalRequest[] {
  const values = { headers: valuesOf(headers), queryParams: valuesOf(queryParams) };
  const name = method === undefined ? 'GET' : textFor(method);
  if (values.headers === undefined || values.queryParams === undefined || name === undefined) return [];
  const common = { method: name, headers: values.headers, queryParams: values.queryParams };
  return pathsFor(path).map((each) => ({ ...common, path: each }));
}

function pathsFor(match: MatchConditions['path']): string[] {
  if (match === undefined) return PATHS;
  const { kind, value } = match.written ?? match;
  if (kind === StringMatchKind.EXACT) return [value];
  if (kind === StringMatchKind.PREFIX) return [value, `${value}${value.endsWith('/') ? '' : '/'}infer`];
  return [...PATHS, ...[exampleText(value)].flatMap((text) => text ?? [])].filter((path) => path.startsWith('/') && accepts(match, path));
}

function valuesOf(conditions: Conditions): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [name, condition] of conditions) {
    const value = condition === 'present' ? 'x' : textFor(condition);
    if (value === undefined) return undefined;
    found.set(name, value);
  }
  return found;
}

function textFor({ kind, value }: TextMatch): string | undefined {
  return kind === StringMatchKind.REGEX ? exampleText(value) : value;
}

function isSatisfied(match: MatchConditions, request: TypicalRequest): boolean {
  return match.scheme === undefined && match.authority === undefined && maySatisfy(match, request);
}

/** Schemes and hosts are not looked at. */
function maySatisfy(match: MatchConditions, { path, method, headers, queryParams }: TypicalRequest): boolean {
  return accepts(match.path, path) && accepts(match.method, method)
    && allHold(match.headers, headers) && allHold(match.queryParams, queryParams)
    && [...match.withoutHeaders].every(([name, condition]) => !isExcluded(condition, headers.get(name)));
}

function allHold(conditions: Conditions, values: ReadonlyMap<string, string>): boolean {
  return [...conditions].every(([name, condition]) => {
    const value = values.get(name);
    return value !== undefined && accepts(condition, value);
  });
}

/** An absent header counts as empty. */
function isExcluded(condition: Condition, value: string | undefined): boolean {
  return condition === 'present' ? value !== undefined : accepts(condition, value ?? '');
}
