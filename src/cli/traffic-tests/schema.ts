import { DocumentSchema, MapSchema, ObjectSchema, ScalarSchema, schemaFile } from '../../documents/schema';
import { GRPC_STATUSES } from '../../plan/grpc-statuses';

/**
 * The name of the files in which tests are looked up.
 *
 * @internal
 */
export const TESTS_FILE = 'traffic-tests.yaml';

const text = (description: string, ...examples: readonly string[]): ScalarSchema => ({ description, type: 'string', examples });
const flag = (description: string): ScalarSchema => ({ description, type: 'boolean' });
const number = (description: string, pattern: string, example: string): ScalarSchema => ({ description, type: ['string', 'number'], pattern, examples: [example] });
const list = (description: string, items: DocumentSchema): DocumentSchema => ({ description, type: 'array', items });
const map = (description: string, additionalProperties: DocumentSchema): MapSchema => ({ description, type: 'object', additionalProperties });
const object = (description: string, properties: ObjectSchema['properties'], ...required: readonly string[]): ObjectSchema => ({
  description, type: 'object', properties, required, additionalProperties: false,
});

const PERCENTAGE = number('A share in percent.', '^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)$', '50');
const LINE = text('A header, as `name: value`.', 'x-tester: yes');

const WORKLOAD = object('The workload in the mesh that sends the request.', {
  namespace: text('Its namespace.', 'web'),
  serviceAccount: { ...text('Its service account.', 'frontend'), default: 'default' },
  labels: map('Labels of its pods.', text('A value.', 'frontend')),
}, 'namespace');

const REQUEST = object('The request. What is not specified is as with curl.', {
  command: text('A curl or grpcurl command line, instead of the other fields.', 'curl -H \'x-tester: yes\' https://models.example.com/v2/models/iris/infer'),
  url: text('The URL, instead of `scheme`, `host` and `path`.', 'https://models.example.com/v2/models/iris/infer'),
  scheme: { ...text('The scheme.'), enum: ['http', 'https'] },
  host: text('The host. It can be left out if gateways route only one.', 'models.example.com'),
  port: number('The port to connect to. The default is 80, or 443 for https.', '^[0-9]{1,5}$', '443'),
  path: text('The path, with the query.', '/v2/models/iris/infer'),
  method: text('The method. The default is GET, or POST for gRPC.', 'POST'),
  headers: list('Headers, in order. A name can be repeated.', LINE),
  http: { description: 'The version of HTTP.', type: ['string', 'number'], enum: ['1.0', '1.1', '2'] },
  grpc: text('A gRPC method, instead of a path.', 'inference.GRPCInferenceService/ModelInfer'),
  metadata: list('Metadata of the gRPC call.', LINE),
  claims: { description: 'Claims of the token that the request carries, with `iss`.' },
  validToken: flag('Whether the signature, the time and the audience of the token are right. The default is true.'),
  serverName: text('The server name of the TLS handshake. The default is the host.', 'models.example.com'),
  clientCertificate: flag('Whether the client has a certificate that the gateway accepts.'),
  principal: text('The identity in the client certificate.', 'cluster.local/ns/models/sa/default'),
  address: text('The address of the client.', '203.0.113.7'),
  forwardedAddress: text('The address of the client behind trusted proxies.', '203.0.113.7'),
  gateway: text('The Gateway, where several could be meant.', 'istio-system/seldon-gateway'),
  from: WORKLOAD,
});

const EXPECT = object('What the answer must be. All of it must be true.', {
  servedBy: text('Who answers all requests: the name of a model, pipeline, predictor, Service, subset or workload, with its namespace where the name is not unique.', 'iris'),
  split: map('Who answers which share of the requests, in percent.', PERCENTAGE),
  mirrorTo: map('Who receives which share of the requests as mirrored ones, in percent.', PERCENTAGE),
  noMirrors: flag('Whether no request is mirrored.'),
  denied: flag('Whether a policy rejects the requests.'),
  deniedBy: text('The policy that rejects the requests.', 'AuthorizationPolicy models/fraud'),
  redirectTo: text('The address to which the requests are redirected.', 'https://models.example.com/v2/models/iris/infer'),
  unanswered: flag('Whether there is no one who could answer.'),
  status: number('The HTTP status with which a proxy answers. Calls of gRPC get 200, with a `grpcStatus`.', '^[1-5][0-9][0-9]$', '404'),
  grpcStatus: { ...text('The gRPC status with which a proxy answers a gRPC call.', 'PERMISSION_DENIED'), enum: GRPC_STATUSES },
  path: text('The path that the backend receives.', '/v2/models/iris/infer'),
  host: text('The host that the backend receives.', 'models.example.com'),
  headers: map('Headers that the backend receives, each once.', text('The value.', 'iris')),
  withoutHeaders: list('Headers that the backend does not receive.', text('A name.', 'x-seldon-route')),
  timeout: text('The time limit, as the route sets it.', '5s'),
  delay: object('The delay by a fault, regardless of who answers.', {
    duration: text('How long.', '2s'),
    percentage: { ...PERCENTAGE, description: 'The share of the requests that is delayed, in percent. Any share if it is not specified.' },
  }, 'duration'),
});

const PATTERN = object('A string: exactly one of the fields.', {
  exact: text('The string.', '/v2/models/iris/infer'),
  prefix: text('Its beginning.', '/v2/models/iris/'),
  regex: text('An expression of RE2 for all of it.', '/v[0-9]+/models/iris/.*'),
  present: flag('Whether there is any.'),
});

const REQUEST_SET = object('A set of requests to gateways. What is not specified can be anything.', {
  gateway: text('The Gateway.', 'istio-system/seldon-gateway'),
  host: text('The host, or a pattern.', '*.example.com'),
  path: { ...PATTERN, description: 'The path, without the query: exactly one of the fields.' },
  method: { ...PATTERN, description: 'The method: exactly one of the fields.' },
  headers: map('Headers that the requests have, by name.', PATTERN),
  claims: map('Claims of the token, with dots between the names on the way to a claim.', PATTERN),
});

const PROVEN = object('What must be true of all requests. Exactly one of the fields.', {
  alwaysServedBy: text('Who answers all requests of the set. Requests that a policy denies do not count.', 'iris'),
  neverServedBy: text('Who answers none of them.', 'fraud'),
  neverUnanswered: flag('Whether each of them is answered.'),
  equivalent: flag('Whether all requests have the same answers as before.'),
  noNewAccess: flag('Whether no request reaches a backend that it did not reach before.'),
  disjoint: list('Two VirtualServices, as namespace/name. No request satisfies rules of both.', text('A VirtualService.', 'models/iris')),
});

/**
 * The schema of a file with traffic tests.
 *
 * @internal
 */
export const TESTS_SCHEMA: ObjectSchema = object('Tests of what the manifests do with requests.', {
  manifests: list(
    'Files and folders of the manifests, relative to this file. The default is what the command was called with, or else the folder of this file.',
    text('A file or a folder.', '../dist'),
  ),
  context: list('Files and folders of other teams, relative to this file, such as their Services.', text('A file or a folder.', '../platform/dist')),
  defaults: object('What all tests share.', { request: { ...REQUEST, description: 'Fields of all requests. Headers come before those of a test.' } }),
  tests: list('The tests.', object('A test.', {
    name: text('What it tests, as a sentence.', 'testers reach the canary'),
    request: REQUEST,
    expect: EXPECT,
  }, 'name', 'request', 'expect')),
  proofs: list('What must be true of all requests, and not only of examples.', object('A statement about all requests of a set.', {
    name: text('What it states, as a sentence.', 'each request for iris is answered by iris'),
    requests: REQUEST_SET,
    before: text('A file or a folder with the manifests before a change, relative to this file.', '../main/dist'),
    expect: PROVEN,
  }, 'name', 'expect')),
});

/**
 * The schema for editors.
 *
 * @internal
 */
export function testsSchemaFile(): string {
  return schemaFile(TESTS_FILE, TESTS_SCHEMA);
}
