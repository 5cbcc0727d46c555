import { EXPRESSIONS, HEADER_VALUES, METHODS, PARAMETERS, PATHS } from './manifests/matches';
import { AnswerSet, CLIENTS, EntryPoint } from './manifests/set';
import { Random } from './random';
import { HeaderLine, HttpVersion, Request } from '../../../src/answers/request';
import { ofKind } from '../harness/manifests';

/** A request, and the proxy that it is sent to. */
export interface Probe {
  /** The request as the resolver gets it. */
  readonly request: Request;
  /** What is sent, if the resolver gets a token as its claims. */
  readonly sent?: Request;
  /** Of the cases of an answer, those with this condition are in force. */
  readonly condition?: string;
  /** The name of the proxy, or a label of gateway pods; empty for the gateway that has the port. */
  readonly proxy: string;
}

/** Words in and around the values of rules. */
interface Vocabulary {
  readonly paths: readonly string[];
  readonly matches: readonly any[];
  /** The hosts of the VirtualService that has a match. */
  readonly hostsOf: ReadonlyMap<any, readonly string[]>;
}

function rulesOf({ manifests }: AnswerSet): any[] {
  return ofKind(manifests, 'VirtualService').flatMap(({ spec }) => spec.http ?? []);
}

/** Words that a condition on the path names, and words near an expression. */
function pathsIn(uri: any): readonly string[] {
  if (uri === undefined) return [];
  return uri.regex === undefined ? [uri.exact ?? uri.prefix] : EXPRESSIONS[uri.regex] ?? [];
}

function vocabularyOf(set: AnswerSet): Vocabulary {
  const hostsOf = new Map<any, readonly string[]>(ofKind(set.manifests, 'VirtualService').flatMap(({ spec }) => (
    (spec.http ?? []).flatMap((rule: any) => rule.match ?? []).map((match: any) => [match, spec.hosts ?? []] as const)
  )));
  const matches = [...hostsOf.keys()];
  const written = matches.flatMap(({ uri }) => pathsIn(uri));
  return { matches, hostsOf, paths: written.length === 0 ? PATHS : written as string[] };
}

const flipCase = (text: string) => text.replace(/[a-zA-Z](?!.*[a-zA-Z])/, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

/** Paths near one that a rule names. */
const NEAR_PATHS: readonly ((path: string) => string)[] = [
  (path) => path, (path) => path, (path) => path, (path) => `${path}x`, (path) => (path.length > 1 ? path.slice(0, -1) : path), (path) => `${path}/`, (path) => `${path}//`, flipCase,
  (path) => `${path}%2F`, (path) => `${path}%2f`, (path) => `${path}/../q`, (path) => `${path}/.`, (path) => `${path}/..`, (path) => `/.${path}`, (path) => `/q/..${path}`, (path) => `/%2e${path}`,
  (path) => path.replace(/[a-z](?!.*[a-z])/, (letter) => `%${letter.charCodeAt(0).toString(16)}`), (path) => `${path};v=1`, (path) => `${path}/b`, (path) => `/${path}`, (path) => path.replace(/(.)\//, '$1\\'),
  (path) => `${path}%5C`, (path) => `${path}%zz`, (path) => `${path}%C3%A9`, (path) => `${path}/infer`, (path) => `${path}/q/%2e%2e/`, (path) => `${path}:predict`, (path) => `${path}%25`, (path) => `${path}"<>|^\``, (path) => `${path}%00`, (path) => `${path}#x`, (path) => `${path}#%00`, (path) => `${path}#/../y`, (path) => `${path}/..#`,
];

const QUERIES = ['', '?', '?a', '?a=', '?a=1', '?a=2', '?a=12', '?a=1&a=2', '?a=2&a=1', '?A=1', '?a=%31', '?b=1&a=1', '?b=2', '?&a=1', '?a=1=2', '?a=x', '?q=/../x', '?a=1?b=2', '?a=1#b', '?#a'];

function pathOf(random: Random, { paths }: Vocabulary, hints: readonly string[]): string {
  const path = random.pick(hints.length > 0 && random.chance(0.6) ? hints : random.chance(0.85) ? paths : PATHS);
  return random.chance(0.5) ? path : random.pick(NEAR_PATHS)(path);
}

/** A value that a condition accepts, where that is easy, or one near it. */
function valueNear(random: Random, match: any): string {
  const literal: string | undefined = match.exact ?? match.prefix;
  if (literal === undefined) return random.pick([...HEADER_VALUES, 'a=b', 'x; a=b; c']);
  return random.pick([literal, literal, literal, `${literal}x`, literal.slice(0, -1), flipCase(literal), `x${literal}`, `${literal},w`, '']);
}

function headersOf(random: Random, { matches }: Vocabulary, match: any): HeaderLine[] {
  const others = random.chance(0.1) ? random.pick([{}, ...matches])?.headers : {};
  const conditions = { ...match?.headers, ...random.chance(0.7) ? match?.withoutHeaders : {}, ...others };
  const lines = Object.entries(conditions).filter(([name]) => !/^(host$|@)/i.test(name)).flatMap(([name, condition]): HeaderLine[] => {
    if (random.chance(0.15)) return [];
    const line = () => ({ name: name.toLowerCase(), value: valueNear(random, condition) });
    return random.chance(0.2) ? [line(), line()] : [line()];
  });
  const more = random.chance(0.2) ? [{ name: random.pick(['x-one', 'x-two', 'accept', 'x-mixed', 'accept-language']), value: random.pick(HEADER_VALUES) }] : [];
  return [...lines, ...more];
}

function authorityOf(random: Random, { hosts: all, port }: EntryPoint, match: any, own: readonly string[]): string {
  const used = own.filter((each) => each !== '*');
  const hosts = used.length > 0 && random.chance(0.7) ? used : all;
  const wanted = match?.authority?.exact ?? match?.authority?.prefix;
  if (wanted !== undefined && random.chance(0.6)) return wanted;
  const host = concrete(random, random.pick(hosts));
  return random.pick([host, host, host, host, host, host, `${host}:${port}`, host.toUpperCase(), `${host}:1234`, `${host}.`]);
}

/** A host below a wildcard, or the one above it. One with two labels could be the name of a Service and a namespace. */
function concrete(random: Random, host: string): string {
  if (host === '*') return 'any.example.org';
  if (!host.startsWith('*.')) return host;
  const above = host.slice(2);
  return random.pick([`y.${above}`, `y.z.${above}`, above.split('.').length > 2 ? above : `y.${above}`]);
}

function methodOf(random: Random, match: any, http: HttpVersion): string {
  const wanted = match?.method?.exact ?? match?.method?.prefix;
  if (wanted !== undefined && random.chance(0.6) && METHODS.includes(wanted)) return wanted;
  return random.chance(0.7) ? 'GET' : random.chance(0.05) && http === '1.1' ? 'FOO' : random.pick(METHODS);
}

/** Headers that ask for CORS. */
function corsHeaders(random: Random, rules: readonly any[]): HeaderLine[] {
  const policies = rules.filter(({ corsPolicy }) => (corsPolicy?.allowOrigins ?? []).length > 0);
  if (policies.length === 0 || random.chance(0.4)) return [];
  const { allowOrigins } = random.pick(policies).corsPolicy;
  const one = random.pick<any>(allowOrigins);
  const origin = random.pick([one.exact ?? (one.prefix === undefined ? 'http://ok.org' : `${one.prefix}.org`), 'https://bad.org', `${one.exact}x`]);
  return [{ name: 'origin', value: origin }, ...random.chance(0.5) ? [{ name: 'access-control-request-method', value: random.pick(['GET', 'PUT']) }] : []];
}

function hintedHeaders(random: Random, { hints }: AnswerSet): HeaderLine[] {
  if (hints === undefined || hints.headers.length === 0) return [];
  return random.list(0, 2, () => random.pick(hints.headers)).map(([name, value]) => ({ name, value }));
}

/** Envoy answers gRPC calls with gRPC statuses. */
function grpcHeaders(random: Random, path: string, http: HttpVersion): HeaderLine[] {
  const isCall = /^\/[\w.]+\.[\w.]+\/\w+$/.test(path) ? random.chance(0.8) : random.chance(0.03);
  return http === '2' && isCall ? [{ name: 'content-type', value: 'application/grpc' }, { name: 'te', value: 'trailers' }] : [];
}

/** A header that names others, which proxies remove, and an upgrade of the connection. */
function connectionHeaders(random: Random, headers: readonly HeaderLine[]): HeaderLine[] {
  if (!random.chance(0.08)) return [];
  const names = [...headers.map(({ name }) => name), 'x-one', 'keep-alive', 'close', 'X-Two', 'te', 'host', 'x-forwarded-for', ''];
  const upgrade = random.maybe(0.2, () => 'h2c');
  return [
    { name: 'connection', value: [...random.list(1, 2, () => random.pick(names)), ...upgrade === undefined ? [] : ['upgrade']].join(random.pick([',', ', '])) },
    ...upgrade === undefined ? [] : [{ name: 'upgrade', value: upgrade }],
  ];
}

/** Whether headers are those of a gRPC call. */
export const isGrpc = (headers: readonly HeaderLine[]) => headers.some(({ name, value }) => name === 'content-type' && value.startsWith('application/grpc'));

function certificateOf(random: Random, { tls }: Extract<EntryPoint, { kind: 'gateway' }>): object {
  return tls?.mutual && random.chance(0.75) ? { certificate: {} } : {};
}

/** A request near the boundaries of the rules of a set. */
export function boundaryRequest(random: Random, set: AnswerSet): Probe {
  const entryPoint = random.pick(set.entryPoints);
  const vocabulary = vocabularyOf(set);
  const match = vocabulary.matches.length > 0 && random.chance(0.85) ? random.pick(vocabulary.matches) : undefined;
  const isOpaque = entryPoint.kind === 'gateway' && entryPoint.isOpaque === true;
  const http: HttpVersion = !isOpaque && random.chance(0.35) ? '2' : '1.1';
  const own = pathsIn(match?.uri);
  const raw = pathOf(random, own.length > 0 ? { ...vocabulary, paths: own } : vocabulary, set.hints?.paths ?? []);
  const path = raw.startsWith('/') ? raw : `/${raw}`;
  const query = queryOf(random, match);
  const authority = authorityOf(random, entryPoint, match, vocabulary.hostsOf.get(match) ?? []);
  const usual = [...headersOf(random, vocabulary, match), ...hintedHeaders(random, set)];
  // A connection that is kept would count as one that a request is on.
  const closing = isOpaque ? [{ name: 'connection', value: 'close' }] : [];
  const all = [...usual, ...closing, ...corsHeaders(random, rulesOf(set)), ...grpcHeaders(random, path, http)];
  const headers = isOpaque || http === '2' ? all : [...all, ...connectionHeaders(random, all)];
  const request = {
    http,
    method: isOpaque ? 'GET' : isGrpc(headers) ? 'POST' : headers.some(({ name }) => name === 'origin') && random.chance(0.5) ? 'OPTIONS' : methodOf(random, match, http),
    authority,
    path,
    headers,
    ...query === undefined ? {} : { query },
  };
  return { proxy: entryPoint.proxy, request: { entry: entryOf(random, set, entryPoint, authority), ...http === '2' ? sendable(request) : request } };
}

function entryOf(random: Random, { clients = [] }: AnswerSet, entryPoint: EntryPoint, authority: string): Request['entry'] {
  if (entryPoint.kind === 'client') {
    const { namespace, labels } = [...clients, ...CLIENTS].find(({ name }) => name === entryPoint.proxy)!;
    return { kind: 'workload', namespace, labels, serviceAccount: 'default', port: entryPoint.port };
  }
  const { port, gateway, tls } = entryPoint;
  const host = authority.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
  const serverName = random.chance(0.04) ? undefined : random.chance(0.06) ? 'other.example.org' : host;
  return { kind: 'gateway', port, gateway, ...tls === undefined ? {} : { tls: { serverName, ...certificateOf(random, entryPoint) } } };
}

function queryOf(random: Random, match: any): string | undefined {
  const names = Object.keys(match?.queryParams ?? {});
  const written = names.length > 0 && random.chance(0.6)
    ? `?${names.map((name) => `${name}=${valueNear(random, match.queryParams[name]).replace(/[^a-z0-9]/gi, '')}`).join('&')}`
    : random.chance(0.6) ? '' : random.pick(QUERIES).replace('a', random.chance(0.8) ? 'a' : random.pick(PARAMETERS));
  return written === '' ? undefined : written.slice(1);
}

/** Headers that Node's client of HTTP/2 sends only once. */
const SINGLE: ReadonlySet<string> = new Set(['user-agent', 'authorization', 'content-type', 'origin', 'referer', 'if-none-match', 'access-control-request-method', 'te']);

/** A request without the lines that Node's client of HTTP/2 refuses to send, or to repeat. */
export function sendable<T extends { readonly headers: readonly HeaderLine[] }>(request: T): T {
  const headers = request.headers.filter(({ name, value }) => name !== 'te' || value === 'trailers');
  return { ...request, headers: headers.filter(({ name }, i) => !SINGLE.has(name) || headers.findIndex((line) => line.name === name) === i) };
}
