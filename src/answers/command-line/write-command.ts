import { parseCommandLine } from './command-line';
import { serviceOfPath } from '../input/grpc-method';
import { InputError } from '../input/input-error';
import { requestOf } from '../input/request-of';
import { GatewayEntry, HeaderLine, Request, WorkloadEntry } from '../request';

/**
 * A request as something that people can send.
 *
 * @internal
 */
export interface WrittenCommand {
  /** The program that sends it: `raw` if neither can, so that the text is the request itself. */
  readonly kind: 'curl' | 'grpcurl' | 'raw';
  /** The command line, or the request as HTTP/1.1 or as the headers of HTTP/2. */
  readonly text: string;
  /** What the reader has to supply, in sentences without the last full stop. */
  readonly notes: readonly string[];
}

/**
 * Writes a request as a curl or grpcurl command line, for a client of the gateway or for a container of the workload that sends it.
 *
 * @param request The request.
 * @param isAlike Whether a request gets the same answers: programs add headers of their own, and cannot send every request.
 * @internal
 */
export function writeCommand(request: Request, isAlike: (request: Request) => boolean): WrittenCommand {
  const { entry } = request;
  const notes = notesOn(request, entry);
  for (const [kind, text] of candidates(request, entry)) {
    if (isFaithful(request, text, isAlike)) return { kind, text, notes };
  }
  return { kind: 'raw', text: rawText(request), notes };
}

type Entry = Request['entry'];

function tlsOf(entry: Entry): GatewayEntry['tls'] {
  return entry.kind === 'gateway' ? entry.tls : undefined;
}

type Candidate = readonly [kind: 'curl' | 'grpcurl', text: string];

/** The simplest command first. */
function* candidates(request: Request, entry: Entry): Generator<Candidate> {
  const definition = isGrpc(request) ? definitionFor(request.path) : undefined;
  if (definition !== undefined && hasOneName(request, entry)) yield ['grpcurl', grpcurl(request, entry, definition)];
  yield ['curl', curl(request, entry, [])];
  yield ['curl', curl(request, entry, OWN_HEADERS.filter((name) => !request.headers.some((line) => line.name === name.toLowerCase())))];
}

/** Headers that curl sends by itself. */
const OWN_HEADERS: readonly string[] = ['User-Agent', 'Accept'];

/** Whether the command line sends the request, or one with the same answers. What it cannot hold is supplied by the reader. */
function isFaithful(request: Request, text: string, isAlike: (request: Request) => boolean): boolean {
  try {
    const { entry, token } = request;
    const read = requestOf(parseCommandLine(withoutSupplied(text)).input);
    return isAlike({ ...read, entry, ...token === undefined ? {} : { token } });
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function isGrpc({ method, http, path, query, headers }: Request): boolean {
  const type = headers.find(({ name }) => name === 'content-type')?.value;
  return method === 'POST' && http === '2' && query === undefined && type !== undefined && type.startsWith('application/grpc') && /^\/[^/]+\/[^/]+$/.test(path);
}

/** Where the services of models are defined. grpcurl asks a server only if it has the reflection service, to which few routes lead. */
const DEFINITIONS: ReadonlyMap<string, string> = new Map([
  ['inference.GRPCInferenceService', 'v2_dataplane.proto'],
  ['seldon.protos.Seldon', 'prediction.proto'],
]);

function definitionFor(path: string): string | undefined {
  return DEFINITIONS.get(serviceOfPath(path) ?? '');
}

/** Whether the server name is that of the host. grpcurl takes no other one. */
function hasOneName({ authority }: Request, entry: Entry): boolean {
  const serverName = tlsOf(entry)?.serverName;
  return serverName === undefined || serverName === authority;
}

/** Headers that grpcurl sends by itself. */
const GRPC_HEADERS: ReadonlySet<string> = new Set(['content-type', 'te', 'user-agent']);

function grpcurl({ authority, path, headers, token }: Request, entry: Entry, definition: string): string {
  const [tls, port] = [tlsOf(entry), entry.port];
  const address = `${tls?.serverName ?? hostOf(authority)}:${port}`;
  return [
    'grpcurl',
    ...tls === undefined ? ['-plaintext'] : [],
    ...tls?.certificate === undefined ? [] : CERTIFICATE.map((word) => word.replace(/^--/, '-')),
    '-proto',
    definition,
    ...authority === address ? [] : ['-authority', quoted(authority)],
    ...token === undefined ? [] : ['-H', TOKEN],
    ...headers.filter(({ name }) => !GRPC_HEADERS.has(name)).flatMap((line) => ['-H', quoted(headerText(line))]),
    quoted(address),
    path.slice(1),
  ].join(' ');
}

function curl({ method, authority, path, query, http, headers, token }: Request, entry: Entry, removed: readonly string[]): string {
  const [tls, port] = [tlsOf(entry), entry.port];
  const host = tls?.serverName ?? hostOf(authority);
  const usual = tls === undefined ? 80 : 443;
  const url = `${tls === undefined ? 'http' : 'https'}://${host}${port === usual ? '' : `:${port}`}${path}${query === undefined ? '' : `?${query}`}`;
  const sent = port === usual ? host : `${host}:${port}`;
  return [
    'curl',
    ...method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['-X', quoted(method)],
    ...versionOption(http, tls !== undefined),
    .../\/\.\.?(\/|$)/.test(path) ? ['--path-as-is'] : [],
    .../[[\]{}]/.test(url) ? ['--globoff'] : [],
    ...tls?.certificate === undefined ? [] : CERTIFICATE,
    ...authority === sent ? [] : ['-H', quoted(`Host: ${authority}`)],
    ...removed.flatMap((name) => ['-H', quoted(`${name}:`)]),
    ...token === undefined ? [] : ['-H', TOKEN],
    ...headers.flatMap((line) => ['-H', quoted(line.value === '' ? `${line.name};` : headerText(line))]),
    quoted(url),
  ].join(' ');
}

function versionOption(http: Request['http'], isTls: boolean): string[] {
  if (isTls) return http === '2' ? [] : ['--http1.1'];
  return http === '2' ? ['--http2-prior-knowledge'] : [];
}

const TOKEN = '"Authorization: Bearer $TOKEN"';
const CERTIFICATE: readonly string[] = ['--cert', 'client.pem', '--key', 'client.key'];

function withoutSupplied(text: string): string {
  return text.replace(` -H ${TOKEN}`, '').replace(/ --?cert client\.pem --?key client\.key/, '');
}

function notesOn({ token }: Request, entry: Entry): string[] {
  const { tls, sourceAddress, remoteAddress } = entry.kind === 'gateway' ? entry : {};
  return [
    ...entry.kind === 'gateway' ? [] : [senderText(entry)],
    ...token === undefined ? [] : [`$TOKEN has the claims ${JSON.stringify(token.claims)}${token.isValid ? '' : ', and is not valid'}`],
    ...tls?.certificate?.principal === undefined ? [] : [`client.pem is a certificate of ${tls.certificate.principal}`],
    ...sourceAddress === undefined ? [] : [`the request comes from ${sourceAddress}`],
    ...remoteAddress === undefined ? [] : [`the client behind proxies has address ${remoteAddress}`],
  ];
}

function senderText({ namespace, labels }: WorkloadEntry): string {
  const text = Object.entries(labels).map(([name, value]) => `${name}=${value}`).sort().join(',');
  return `a workload of the mesh in namespace ${namespace} sends it${text === '' ? '' : `, with labels ${text}`}`;
}

function hostOf(authority: string): string {
  return authority.replace(/:\d*$/, '');
}

function headerText({ name, value }: HeaderLine): string {
  return `${name}: ${value}`;
}

const SAFE = /^[\w@%+=:,./-]+$/;

/** A word of a shell. */
function quoted(text: string): string {
  return SAFE.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`;
}

function rawText({ method, authority, path, query, http, headers, token }: Request): string {
  const target = query === undefined ? path : `${path}?${query}`;
  const lines = [...headers.map(headerText), ...token === undefined ? [] : ['authorization: Bearer $TOKEN']];
  if (http === '2') return [`:method: ${method}`, `:authority: ${authority}`, `:path: ${target}`, ...lines].join('\n');
  return [`${method} ${target} HTTP/1.1`, `host: ${authority}`, ...lines].join('\n');
}
