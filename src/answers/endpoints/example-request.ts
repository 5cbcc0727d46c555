import { Endpoint } from './endpoint';
import { exampleText } from './example-text';
import { pathText } from './match-text';
import { Condition, Conditions } from '../../cluster/routing/request-match';
import { satisfies, TextMatch } from '../../plan/conflicts/overlap';
import { MODEL_HEADER } from '../../plan/core2-service';
import { StringMatchKind } from '../../plan/string-match';
import { RequestInput } from '../input/request-input';

/** Paths of inference calls, and what follows the path of a model. */
const CALLS = ['/v2/models/model/infer', '/v1/models/model:predict', '/api/v1.0/predictions', '/'];
const GRPC_CALLS = ['inference.GRPCInferenceService/ModelInfer', 'seldon.protos.Seldon/Predict', 'tensorflow.serving.PredictionService/Predict'];
const AFTER_PREFIX = ['infer', ''];

/**
 * Requests that satisfy a match, the most typical first. Whether the rule answers them is for the resolver to decide.
 *
 * @internal
 */
export function exampleInputs(endpoint: Endpoint): RequestInput[] {
  const { match, host, kind } = endpoint;
  // Paths make no difference there.
  if (kind !== undefined) return [{ ...entryOf(endpoint, exampleHost(host)), path: '/' }];
  const headers = headersFor(match.headers);
  const query = queryFor(match.queryParams);
  const authority = match.authority === undefined ? exampleHost(host) : textFor(match.authority);
  const method = match.method === undefined ? undefined : textFor(match.method, (text) => /^[A-Z]+$/.test(text), ['POST', 'GET', 'PUT', 'DELETE', 'OPTIONS']);
  if (headers === undefined || query === undefined || authority === undefined || (match.method !== undefined && method === undefined)) return [];
  return [...grpcInputs(endpoint, authority, headers, query, method), ...restInputs(endpoint, authority, headers, query, method)];
}

/**
 * A request for a model, a pipeline or an experiment by its name, and how tables show requests like it.
 *
 * @internal
 */
export interface NamedInput {
  /** The request. */
  readonly input: RequestInput;
  /** Its path, and its header if the path has no name, such as `/v2/models/iris/*`. */
  readonly text: string;
}

/**
 * Requests for a name that satisfy a match without naming it. Whether Seldon Core 2 gets them is for the resolver to decide.
 *
 * @param name The value of `seldon-model`: a model, or a name with `.pipeline` or `.experiment`.
 * @internal
 */
export function namedInputs(endpoint: Endpoint, name: string): NamedInput[] {
  const { path, headers } = endpoint.match;
  const own = namedPath(path, name);
  const inPath = own === undefined ? [] : exampleInputs({ ...endpoint, match: { ...endpoint.match, path: { kind: StringMatchKind.EXACT, value: `${own}infer` } } })
    .map((input) => ({ input, text: `${own}*` }));
  if (headers.has(MODEL_HEADER) || (path !== undefined && NAMING_PATH.test(path.value))) return inPath;
  const named = new Map<string, Condition>([...headers, [MODEL_HEADER, { kind: StringMatchKind.EXACT, value: name }]]);
  const text = `${pathText(endpoint.match)}, ${MODEL_HEADER}: ${name}`;
  return [...inPath, ...exampleInputs({ ...endpoint, match: { ...endpoint.match, headers: named } }).map((input) => ({ input, text }))];
}

/** The beginning of a path that names a model or a pipeline. */
const NAMING_PATH = /^\/v2\/(?:models|pipelines)\/./;

/** The path of a name, up to its last slash. The paths of experiments name none. */
function namedPath(path: TextMatch | undefined, name: string): string | undefined {
  const segments = name.endsWith('.experiment') ? undefined : name.endsWith('.pipeline') ? ['pipelines', name.slice(0, -'.pipeline'.length)] : ['models', name];
  if (segments === undefined) return undefined;
  const usual = `/v2/${segments.join('/')}/`;
  if (path === undefined || satisfies(path, `${usual}infer`)) return usual;
  return path.kind === StringMatchKind.PREFIX && path.value.endsWith('/') ? `${path.value}${segments[1]}/` : undefined;
}

function entryOf({ gateway, namespace, labels, port, tls, needsCertificate }: Endpoint, host: string): RequestInput {
  if (gateway === undefined) return { host, port, from: { namespace: namespace!, ...labels === undefined ? {} : { labels } } };
  const isDefault = port === (tls ? 443 : 80);
  return {
    host,
    gateway,
    ...isDefault && !tls ? {} : { scheme: tls ? 'https' : 'http' },
    // A port in the host is that of its header only.
    ...isDefault && !/:\d+$/.test(host) ? {} : { port },
    ...needsCertificate ? { clientCertificate: true } : {},
  };
}

function grpcInputs(endpoint: Endpoint, host: string, headers: readonly string[], query: string, method: string | undefined): RequestInput[] {
  const { path } = endpoint.match;
  if (path === undefined || query !== '' || (method !== undefined && method !== 'POST')) return [];
  const exact = path.kind === StringMatchKind.EXACT ? [path.value.slice(1)] : [];
  const known = [...GRPC_CALLS, ...exact].filter((call) => /^[\w.]+\.\w+\/\w+$/.test(call) && satisfies(path, `/${call}`));
  return known.map((grpc) => ({ ...entryOf(endpoint, host), grpc, ...headers.length === 0 ? {} : { metadata: headers } }));
}

function restInputs(endpoint: Endpoint, host: string, headers: readonly string[], query: string, method: string | undefined): RequestInput[] {
  return pathsFor(endpoint.match.path).map((path) => ({
    ...entryOf(endpoint, host),
    path: query === '' ? path : `${path}?${query}`,
    method: method ?? (/(?:\/infer|:predict|\/predictions)$/.test(path) ? 'POST' : 'GET'),
    ...headers.length === 0 ? {} : { headers },
  }));
}

function pathsFor(path: TextMatch | undefined): string[] {
  if (path === undefined) return CALLS;
  const { kind, value } = path;
  if (kind === StringMatchKind.EXACT) return [value];
  if (kind === StringMatchKind.PREFIX) return [...new Set(AFTER_PREFIX.map((rest) => value + (value.endsWith('/') ? rest : '')))];
  const found = exampleText(value);
  return [...CALLS.filter((call) => satisfies(path, call)), ...found?.startsWith('/') === true && /^[\x21-\x7e]*$/.test(found) && !/[?#]/.test(found) ? [found] : []];
}

/** A host of a pattern. No other pattern is as likely to match it. */
function exampleHost(pattern: string): string {
  return pattern === '*' ? 'any.example' : pattern.replace(/^\*/, 'any');
}

function headersFor(conditions: Conditions): string[] | undefined {
  const found = [...conditions].map(([name, condition]) => [name, valueFor(condition)] as const);
  return found.some(([, value]) => value === undefined) ? undefined : found.map(([name, value]) => `${name}: ${value}`);
}

function queryFor(conditions: Conditions): string | undefined {
  const found = [...conditions].map(([name, condition]) => [name, valueFor(condition)] as const);
  return found.some(([, value]) => value === undefined || /[^\x21-\x7e]|[&#?]/.test(value)) ? undefined : found.map(([name, value]) => `${name}=${value}`).join('&');
}

function valueFor(condition: Condition): string | undefined {
  return condition === 'present' ? 'yes' : textFor(condition, (text) => text === text.trim());
}

function textFor(match: TextMatch, isValid: (text: string) => boolean = () => true, likely: readonly string[] = ['yes', 'true', '1']): string | undefined {
  const first = likely.find((text) => satisfies(match, text));
  const text = first ?? (match.kind === StringMatchKind.REGEX ? exampleText(match.value) : match.value);
  return text !== undefined && isValid(text) ? text : undefined;
}
