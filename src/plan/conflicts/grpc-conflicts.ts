import { Overlap } from './conflict-texts';
import { beginningOf, matchesOverlap, satisfies } from './overlap';
import { RouteEntry } from './route-entry';
import { RequestProtocol } from '../request-match';
import { sharing } from './shared-requests';
import { StringMatch, StringMatchKind } from '../string-match';

/** Expressions that look for a text anywhere, as Seldon Core 1's do. */
const CONTAINS = /^\.\*([\w.]+)\.\*$/;

/** The texts that an expression looks for; undefined when it does more than that. */
function searchedIn({ kind, value }: StringMatch): string[] | undefined {
  if (kind !== StringMatchKind.REGEX) return undefined;
  const texts = value.split('|').flatMap((part) => CONTAINS.exec(part)?.[1] ?? []);
  return texts.length === value.split('|').length ? texts : undefined;
}

/**
 * Whether a path is an expression that looks for texts anywhere. In theory any prefix could go on with one.
 *
 * @internal
 */
export function isSearch(path: StringMatch): boolean {
  return searchedIn(path) !== undefined;
}

/** What callers of models add to the REST paths of their endpoints. */
const ADDED = ['', 'infer', 'generate', 'predict', 'predictions', 'explain', 'feedback', 'ready', 'metadata', 'versions/1/infer'];

/**
 * Finds REST paths in which expressions that look for a text find it. Those of calls without headers alone are compared: REST requests
 * lack the headers of others.
 *
 * @internal
 */
export function foundByMethods(host: string, rest: readonly RouteEntry[], others: readonly RouteEntry[]): Overlap[] {
  const searching = others
    .filter(({ protocol, path, headers }) => protocol === RequestProtocol.GRPC && isSearch(path) && Object.keys(headers).length === 0);
  const byExpression = new Map(searching.map((entry) => [entry.path.value, entry]));
  return [...byExpression.values()].flatMap((calls) => rest.flatMap((entry) => {
    if (entry.endpoint === calls.endpoint) return [];
    const found = requestsFor(entry.path).find((text) => satisfies(calls.path, text));
    return found === undefined ? [] : [sharing(host, calls, Object.create(entry, { path: { value: StringMatch.exact(found) } }) as RouteEntry)];
  }));
}

function requestsFor(path: StringMatch): string[] {
  const beginning = beginningOf(path);
  return path.kind === StringMatchKind.EXACT ? [beginning] : ADDED.map((text) => (beginning.endsWith('/') ? beginning : `${beginning}/`) + text);
}

/** Paths that have nothing in common but the slash. */
const UNLIKE = ['/', '/x', '/v2/models/m/infer', '/inference.GRPCInferenceService/ModelInfer', '/0-_.~/%20/'];

/**
 * Whether a claim is for every request, and not one that Istio tries last: a page has no requests beside it.
 *
 * @internal
 */
export function acceptsEverything({ path, headers }: RouteEntry): boolean {
  return path.kind === StringMatchKind.REGEX && Object.keys(headers).length === 0 && UNLIKE.every((text) => satisfies(path, text));
}

/**
 * How the paths of the calls begin that claims are for. A call's path begins with its service, so an expression that looks for one
 * anywhere is not meant for a page at `/web/` that could have it further on.
 *
 * @internal
 */
export function servicesOf(entries: readonly RouteEntry[]): StringMatch[] {
  const beginnings = new Set<string>();
  for (const { protocol, path } of entries) {
    if (protocol !== RequestProtocol.GRPC) continue;
    if (path.kind !== StringMatchKind.REGEX) beginnings.add(path.value);
    else for (const text of searchedIn(path) ?? ['']) beginnings.add(`/${text}`);
  }
  return [...beginnings].map((beginning) => StringMatch.prefix(beginning));
}

/**
 * Whether a path can be that of a gRPC call, which has two parts: the service and the method.
 *
 * @internal
 */
export function mayBeCall({ kind, value }: StringMatch): boolean {
  const slashes = value.split('/').length - 1;
  switch (kind) {
    case StringMatchKind.EXACT: return slashes === 2;
    case StringMatchKind.PREFIX: return slashes <= 2;
    case StringMatchKind.REGEX: return true;
  }
}

/**
 * Whether the calls of an endpoint need rules before those of its REST paths. A path such as `/` also fits a call, which is `/service/method`:
 * a path with more slashes fits none, whatever an expression for methods says.
 *
 * @internal
 */
export function callsComeFirst(paths: readonly StringMatch[], methods: StringMatch): boolean {
  return paths.some((path) => (path.kind === StringMatchKind.REGEX || path.value.split('/').length <= 3) && matchesOverlap(path, methods));
}

/**
 * A REST path of an endpoint all of whose requests are those of its calls, too.
 *
 * @internal
 */
export function pathTakenByCalls(paths: readonly StringMatch[], methods: StringMatch): StringMatch | undefined {
  return paths.find((path) => {
    const texts = examplesOf(path);
    return texts.length > 0 && texts.every((text) => satisfies(methods, text));
  });
}

function examplesOf(path: StringMatch): string[] {
  switch (path.kind) {
    case StringMatchKind.EXACT: return [path.value];
    case StringMatchKind.PREFIX: return UNLIKE.map((text) => path.value + text.slice(1));
    case StringMatchKind.REGEX: return UNLIKE.filter((text) => satisfies(path, text));
  }
}
