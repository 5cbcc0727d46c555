import { Cube, Reading } from './cube';
import { Field } from './field';
import { whyMalformed } from '../../answers/receiving/receive';
import { GatewayEntry, HeaderLine, HttpVersion, Request, Token, WorkloadEntry } from '../../answers/request';
import { AcceptedTokens, tokensOf } from '../policies/accepted-tokens';

/**
 * Where requests enter, and who sends them.
 *
 * @internal
 */
export interface Client {
  /** The connection. */
  readonly entry: GatewayEntry | WorkloadEntry;
  /** The `Host` header, unless conditions need another one. */
  readonly authority: string;
  /** The tokens that are accepted. */
  readonly tokens?: readonly AcceptedTokens[];
}

/**
 * What is different in a further request of the same class.
 *
 * @internal
 */
export interface Variation {
  /** What is different, as a condition such as `header x-tester is present`; undefined if it makes no difference for the description. */
  readonly text?: string;
  /** Another path. */
  readonly path?: string;
  /** Whether the request has a parameter that no rule reads. */
  readonly hasQuery?: boolean;
  /** Whether the `Host` header has another port. */
  readonly hasPort?: boolean;
  /** A header that the request has, or has again. */
  readonly header?: string;
  /** Another value of a field, by the key of the field. */
  readonly value?: readonly [key: string, value: string];
}

/** The value of headers, parameters and ports with which requests of one class differ. */
const PROBE = 'probe';

/**
 * A request of a class.
 *
 * @internal
 */
export function witnessOf(cube: Cube, path: string, { entry, authority, tokens = [] }: Client, variation?: Variation): Request {
  const fields = [...cube.values()].map(({ field, values }) => ({ field, values: variedValues(field, values, cube.reading, variation) }));
  const single = (kind: Field['kind']) => fields.find(({ field }) => field.kind === kind)?.values[0];
  const call = isCall(path) && variation === undefined && !cube.mentions('method') && !cube.mentions('header content-type');
  const lines = fields.filter(({ field }) => field.kind === 'header').flatMap(({ field: { name }, values }) => values.map((value): HeaderLine => ({ name, value })));
  const added = variation?.header;
  const more = added === undefined || cube.mentions(`header ${added}`) ? [] : [{ name: added, value: PROBE }];
  const query = queryOf(fields, variation?.hasQuery === true);
  const token = tokenOf(fields, tokens);
  const request: Omit<Request, 'http'> = {
    entry: withAddresses(entry, fields),
    method: single('method') ?? (call ? 'POST' : 'GET'),
    authority: single('authority') ?? (variation?.hasPort === true && !cube.mentions('authority') ? withOtherPort(authority) : authority),
    path: variation?.path ?? path,
    headers: [...call ? GRPC : [], ...lines, ...more],
    ...query === '' ? {} : { query },
    ...token === undefined ? {} : { token },
  };
  return { ...request, http: call ? '2' : versionFor(request) };
}

function withAddresses(entry: Client['entry'], fields: Values): Client['entry'] {
  if (entry.kind === 'workload') return entry;
  const of = (name: string) => fields.find(({ field }) => field.kind === 'address' && field.name === name)?.values[0];
  const [source, client] = [of('source'), of('client')];
  return { ...entry, ...source === undefined ? {} : { sourceAddress: source }, ...client === undefined ? {} : { remoteAddress: client } };
}

const GRPC: readonly HeaderLine[] = [{ name: 'content-type', value: 'application/grpc' }];

/** Names of gRPC methods have a service with a package. */
function isCall(path: string): boolean {
  return /^\/\w+(?:\.\w+)+\/\w+$/.test(path);
}

function versionFor(request: Omit<Request, 'http'>): HttpVersion {
  return whyMalformed({ ...request, http: '1.1' }) === undefined ? '1.1' : '2';
}

/** Headers that may be repeated get another line, or the same one again. */
function variedValues({ key, kind, name }: Field, values: readonly string[], reading: Reading, variation: Variation | undefined): readonly string[] {
  const other = variation?.value?.[0] === key ? variation.value[1] : undefined;
  if (reading === 'repeated' && kind === 'header' && values.length > 0) {
    if (other !== undefined) return [...values, other];
    if (variation?.header === name) return [...values, values[0]];
  }
  return other === undefined ? values : [other];
}

type Values = readonly { readonly field: Field; readonly values: readonly string[] }[];

function queryOf(fields: Values, isProbe: boolean): string {
  const parameters = fields.filter(({ field, values }) => field.kind === 'parameter' && values.length > 0).map(({ field: { name }, values: [value] }) => `${name}=${value}`);
  const own = fields.some(({ field }) => field.key === `parameter ${PROBE}`);
  return [...parameters, ...isProbe && !own ? [`${PROBE}=1`] : []].join('&');
}

function withOtherPort(authority: string): string {
  return `${authority.replace(/:\d+$/, '')}:9999`;
}

/** A claim that is a list may have several values. */
function tokenOf(fields: Values, tokens: readonly AcceptedTokens[]): Token | undefined {
  const wanted = fields.filter(({ field, values }) => field.kind === 'claim' && values.length > 0);
  const accepted = tokensOf(wanted.find(({ field }) => field.name === 'iss')?.values[0], tokens);
  if (accepted === undefined || wanted.length === 0) return undefined;
  const { claims, location } = accepted;
  const all: { [name: string]: unknown } = structuredClone(claims);
  for (const { field: { name }, values } of wanted) {
    const path = name.split('\n');
    let at = all;
    for (const part of path.slice(0, -1)) at = (at[part] ??= {}) as typeof all;
    at[path[path.length - 1]] = values.length === 1 ? values[0] : [...values];
  }
  return { isValid: true, claims: all, ...location === undefined ? {} : { location } };
}
