import { Overlap } from './conflict-texts';
import { beginningOf, matchesOverlap, satisfies } from './overlap';
import { RouteEntry } from './route-entry';
import { RequestProtocol } from '../request-match';
import { sharing } from './shared-requests';
import { StringMatch, StringMatchKind } from '../string-match';

/** Expressions that search for a string anywhere in the path, as those of Seldon Core 1 do. */
const CONTAINS = /^\.\*([\w.]+)\.\*$/;

/** The strings that an expression searches for; undefined for any other expression. */
function searchedIn({ kind, value }: StringMatch): string[] | undefined {
  if (kind !== StringMatchKind.REGEX) return undefined;
  const texts = value.split('|').flatMap((part) => CONTAINS.exec(part)?.[1] ?? []);
  return texts.length === value.split('|').length ? texts : undefined;
}

/**
 * Whether a path is an expression that searches for strings anywhere. In theory it overlaps every prefix.
 *
 * @internal
 */
export function isSearch(path: StringMatch): boolean {
  return searchedIn(path) !== undefined;
}

/** What clients of models append to the REST paths of an endpoint. */
const SUFFIXES = ['', 'infer', 'generate', 'predict', 'predictions', 'explain', 'feedback', 'ready', 'metadata', 'versions/1/infer'];

/**
 * Finds REST paths that a search expression for gRPC methods matches. Only expressions without header conditions are compared, since
 * REST requests do not carry such headers.
 *
 * @internal
 */
export function methodConflicts(host: string, rest: readonly RouteEntry[], others: readonly RouteEntry[]): Overlap[] {
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
  return path.kind === StringMatchKind.EXACT ? [beginning] : SUFFIXES.map((text) => (beginning.endsWith('/') ? beginning : `${beginning}/`) + text);
}

/** Sample paths that have nothing in common but the slash. */
const SAMPLE_PATHS = ['/', '/x', '/v2/models/m/infer', '/inference.GRPCInferenceService/ModelInfer', '/0-_.~/%20/'];

/**
 * Whether an entry matches every request but is not a catch-all rule, which Istio tries last. It leaves a page on `/` no requests.
 *
 * @internal
 */
export function acceptsEverything({ path, headers }: RouteEntry): boolean {
  return path.kind === StringMatchKind.REGEX && Object.keys(headers).length === 0 && SAMPLE_PATHS.every((text) => satisfies(path, text));
}

/**
 * How the paths of gRPC calls begin. Such a path begins with the service, so an expression that searches for a service anywhere is not
 * intended for a page at `/web/` that could contain the name further on.
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
 * Whether a path can be that of a gRPC call, which consists of a service and a method.
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
 * Whether the rules for the gRPC calls of an endpoint must precede those for its REST paths. A path such as `/` also matches a call,
 * which is `/service/method`. A path with more slashes matches none, regardless of the expression for methods.
 *
 * @internal
 */
export function callsComeFirst(paths: readonly StringMatch[], methods: StringMatch): boolean {
  return paths.some((path) => (path.kind === StringMatchKind.REGEX || path.value.split('/').length <= 3) && matchesOverlap(path, methods));
}

/**
 * A REST path of an endpoint all of whose requests also match its gRPC methods.
 *
 * @internal
 */
export function pathHiddenByCalls(paths: readonly StringMatch[], methods: StringMatch): StringMatch | undefined {
  return paths.find((path) => {
    const texts = examplesOf(path);
    return texts.length > 0 && texts.every((text) => satisfies(methods, text));
  });
}

function examplesOf(path: StringMatch): string[] {
  switch (path.kind) {
    case StringMatchKind.EXACT: return [path.value];
    case StringMatchKind.PREFIX: return SAMPLE_PATHS.map((text) => path.value + text.slice(1));
    case StringMatchKind.REGEX: return SAMPLE_PATHS.filter((text) => satisfies(path, text));
  }
}
