import { TrafficTest } from './traffic-test';
import { Mismatch } from '../../answers/expectations/expectation';
import { InputError } from '../../answers/input/input-error';
import { RequestInput } from '../../answers/input/request-input';
import { AnsweredRequest, TrafficModel } from '../../answers/traffic-model';
import { canonical } from '../../cluster/canonical';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { Gateways } from '../../cluster/gateways';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { gatewayVirtualHosts } from '../../cluster/routing/virtual-hosts';
import { PlainDocument } from '../../documents/plain-document';
import { nearest } from '../../plan/checks/near-miss';
import { CannotRun } from '../terminal';

/** The parts of a rule that a test can state. */
const PARTS = ['route', 'redirect', 'rewrite', 'fault', 'headers', 'delegate'] as const;
const FIELDS: readonly string[] = ['description', 'wantMatch', 'request', ...PARTS];
const REQUEST_FIELDS: readonly string[] = ['authority', 'method', 'uri', 'headers'];

/**
 * Whether a document is a test file of istio-config-validator.
 *
 * @see https://github.com/getyourguide/istio-config-validator
 * @internal
 */
export function isValidatorFile(content: unknown): boolean {
  return isObject(content) && content.testCases !== undefined;
}

/**
 * The tests of a file of istio-config-validator: one for each authority, method and URI of a case. They state the rule that a request gets, as it is
 * written. Requests are answered as Envoy does it, which is not always what that program assumes: a header that a match requires must be there,
 * an expression matches the whole value, and hosts can have wildcards.
 *
 * @param document The document, as strings.
 * @param typed The document, with types.
 * @throws CannotRun if it has mistakes.
 * @internal
 */
export function validatorTests({ content, position }: PlainDocument, typed: unknown, file: string): TrafficTest[] {
  const problems = listOf(objectOf(content).testCases).flatMap((test, i) => problemsIn(test, ['testCases', i]));
  if (problems.length > 0) {
    throw new CannotRun(problems.map(({ field, message }) => {
      const { line, column } = position(field);
      return `${file}:${line}:${column}: ${message}`;
    }));
  }
  return listOf(objectOf(typed).testCases).flatMap((test, i) => testsOf(objectOf(test), position(['testCases', i]).line));
}

interface Problem {
  readonly field: FieldPath;
  readonly message: string;
}

function problemsIn(test: unknown, field: FieldPath): Problem[] {
  const request = objectOf(objectOf(test).request);
  return [
    ...unknownFields(objectOf(test), FIELDS, field),
    ...unknownFields(request, REQUEST_FIELDS, [...field, 'request']),
    ...REQUEST_FIELDS.slice(0, 3).filter((name) => listOf(request[name]).length === 0)
      .map((name) => ({ field: [...field, 'request'], message: `request.${name} is empty. List at least one` })),
  ];
}

function unknownFields(value: JsonObject, known: readonly string[], field: FieldPath): Problem[] {
  return Object.keys(value).filter((name) => !known.includes(name)).map((name) => {
    const near = nearest(name, known);
    return { field: [...field, name], message: `unknown field "${name}". ${near === undefined ? `Use ${known.join(', ')}` : `Did you mean "${near}"?`}` };
  });
}

function testsOf(test: JsonObject, line: number): TrafficTest[] {
  const { description, request } = test;
  const { authority, method, uri, headers } = objectOf(request);
  const lines = Object.entries(objectOf(headers)).map(([name, value]) => `${name}: ${String(value)}`);
  return stringsOf(uri).flatMap((url) => stringsOf(authority).flatMap((host) => stringsOf(method).map((verb): TrafficTest => ({
    name: `${stringOf(description) ?? 'test'}: ${verb} ${host}${pathOf(url)}`,
    line,
    states: { shares: test.route !== undefined, mirrors: false },
    input: (model) => ({ ...entryOf(model, host), path: pathOf(url), method: verb, headers: lines }),
    judge: (answered) => judge(answered, test),
  }))));
}

/** Only the path of a URI counts, without its query. */
function pathOf(uri: string): string {
  return uri.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
}

/** A listener that serves the host, or a workload in the namespace of the VirtualService with that host. */
function entryOf({ cluster }: TrafficModel, host: string): RequestInput {
  const serves = (pattern: string) => pattern === host.toLowerCase() || (pattern.startsWith('*') && host.toLowerCase().endsWith(pattern.slice(1)));
  const found = gatewayVirtualHosts(cluster).find((each) => serves(each.host));
  if (found !== undefined) {
    const server = Gateways.of(cluster).find(found.gateway)?.servers.find(({ port, http }) => port === found.port && http);
    const scheme = server?.tlsMode === undefined ? 'http' : 'https';
    const { gateway, port = 80 } = found;
    return { host, gateway, port, scheme, ...server?.clientCertificates === true ? { clientCertificate: true } : {} };
  }
  const isHost = (written: string, namespace: string) => written === host || serves(cluster.fullHost(written, namespace));
  const hasHost = ({ namespace, spec }: ClusterObject) => stringsOf(spec.hosts).some((each) => isHost(each, namespace));
  const route = cluster.all(ClusterKind.VIRTUAL_SERVICE).find(hasHost);
  if (route === undefined) throw new InputError(`no VirtualService has host "${host}"`, 'correct `request.authority`, or add the VirtualService to the manifests');
  return { host, port: 80, from: { namespace: route.namespace } };
}

function judge({ answer }: AnsweredRequest, test: JsonObject): Mismatch[] {
  const isWanted = String(test.wantMatch) === 'true';
  return answer.cases.flatMap(({ rule, condition }) => {
    const written = rule === undefined ? {} : objectOf(listOf(rule.object.spec.http)[Number(rule.field[2])]);
    return PARTS.flatMap((part) => {
      if (test[part] === undefined) return [];
      const actual = part === 'delegate' && rule !== undefined ? delegateOf(test.delegate, rule.object) : written[part];
      if ((canonical(actual ?? (part === 'route' ? [] : null)) === canonical(test[part] ?? null)) === isWanted) return [];
      const expected = `${part} ${isWanted ? 'is' : 'is not'} ${JSON.stringify(test[part])}`;
      return [{ expected, actual: rule === undefined ? 'no rule matches' : `${part} is ${JSON.stringify(actual ?? null)}`, ...condition === undefined ? {} : { condition } }];
    });
  });
}

/** The rule is that of the delegate. */
function delegateOf(expected: unknown, { name, namespace }: { readonly name: string; readonly namespace: string }): unknown {
  return objectOf(expected).namespace === undefined ? { name } : { name, namespace };
}
