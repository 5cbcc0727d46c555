import { JsonObject, objectOf, stringsOf } from '../../cluster/json';
import { byText } from '../../plan/text-order';
import { HeaderLine } from '../request';

/**
 * What a parser of Envoy does with headers: it removes, then sets, then adds. Values may contain variables of the request.
 *
 * @internal
 */
export interface HeaderOperations {
  /** Names in lower case. */
  readonly remove: readonly string[];
  /** Values that replace all lines of a header. The last one of a name counts. */
  readonly set: readonly HeaderLine[];
  /** Lines that are added. */
  readonly add: readonly HeaderLine[];
}

/** Operations on requests and responses, and the authority that they set. */
export interface RouteOperations {
  /** For requests. */
  readonly request: HeaderOperations;
  /** For responses. */
  readonly response: HeaderOperations;
  /** The authority that operations on the header `host` set. */
  readonly authority: string | undefined;
}

const NONE: HeaderOperations = { remove: [], set: [], add: [] };

/** No operations. @internal */
export const NO_OPERATIONS: RouteOperations = { request: NONE, response: NONE, authority: undefined };

/**
 * The operations of a rule or a destination.
 *
 * @internal
 */
export function operationsOf(holder: JsonObject): RouteOperations {
  if (holder.headers === undefined) return NO_OPERATIONS;
  const { request, response } = objectOf(holder.headers);
  const [forRequest, forResponse] = [objectOf(request), objectOf(response)];
  return {
    request: readOperations(forRequest),
    response: withoutServer(readOperations(forResponse)),
    authority: authorityIn(forRequest.set) ?? authorityIn(forRequest.add),
  };
}

/**
 * The operations of a rule with one destination, which Envoy runs as one.
 *
 * @internal
 */
export function joined(a: RouteOperations, b: RouteOperations): RouteOperations {
  const join = (x: HeaderOperations, y: HeaderOperations) => (
    { remove: [...x.remove, ...y.remove], set: [...x.set, ...y.set], add: [...x.add, ...y.add] }
  );
  return { request: join(a.request, b.request), response: join(a.response, b.response), authority: a.authority ?? b.authority };
}

function readOperations({ remove, set, add }: JsonObject): HeaderOperations {
  if (remove === undefined && set === undefined && add === undefined) return NONE;
  return { remove: stringsOf(remove).map((name) => name.toLowerCase()).filter(isChangeable), set: linesOf(set), add: linesOf(add) };
}

/** Envoy sets the header `server` of every response itself. */
function withoutServer(operations: HeaderOperations): HeaderOperations {
  if (operations === NONE) return NONE;
  const isOther = ({ name }: HeaderLine) => name !== 'server';
  return { remove: operations.remove.filter((name) => name !== 'server'), set: operations.set.filter(isOther), add: operations.add.filter(isOther) };
}

/** Istio sorts them by name, and leaves out those that Envoy manages. Envoy leaves out empty values. */
function linesOf(map: unknown): HeaderLine[] {
  const entries = Object.entries(objectOf(map)).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return entries.sort(([a], [b]) => byText(a, b)).map(([name, value]) => ({ name: name.toLowerCase(), value }))
    .filter(({ name, value }) => isChangeable(name) && value !== '');
}

function authorityIn(map: unknown): string | undefined {
  const found = Object.entries(objectOf(map)).filter(([name]) => !isChangeable(name.toLowerCase()) && /^(:authority|host)$/i.test(name));
  const value = found[found.length - 1]?.[1];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isChangeable(name: string): boolean {
  return !name.startsWith(':') && name !== 'host';
}
