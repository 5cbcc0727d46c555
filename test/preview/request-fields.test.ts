import { parseCommandLine } from '../../src/answers/command-line/command-line';
import { RequestInput } from '../../src/answers/input/request-input';
import { requestOf } from '../../src/answers/input/request-of';
import { fieldsOf, inputOfFields, NO_FIELDS, withClient } from '../../src/preview/request/request-fields';

test('an empty field is not given', () => {
  expect(inputOfFields({ ...NO_FIELDS, host: ' models.example.com ' })).toEqual({ scheme: 'http', host: 'models.example.com', method: 'GET', path: '/' });
});

test('all fields of the form', () => {
  const fields = {
    method: 'POST',
    scheme: 'https',
    host: 'a.example',
    path: '/v2?x=1',
    headers: 'x-a: 1\n\n x-b: 2 ',
    grpc: '',
    gateway: 'istio-system/gateway',
    port: '8443',
    http: '1.1',
    serverName: 'b.example',
    namespace: 'models',
    account: 'web',
    address: '192.0.2.1',
    forwardedAddress: '192.0.2.2',
    certificate: 'yes',
    principal: 'cluster.local/ns/a/sa/b',
    claims: '{"iss": "x"}',
  };
  expect(inputOfFields(fields)).toEqual({
    method: 'POST',
    scheme: 'https',
    host: 'a.example',
    path: '/v2?x=1',
    headers: ['x-a: 1', 'x-b: 2'],
    gateway: 'istio-system/gateway',
    port: 8443,
    http: '1.1',
    serverName: 'b.example',
    from: { namespace: 'models', serviceAccount: 'web' },
    address: '192.0.2.1',
    forwardedAddress: '192.0.2.2',
    clientCertificate: true,
    principal: 'cluster.local/ns/a/sa/b',
    claims: { iss: 'x' },
  });
});

test('the path of a gRPC call is its method, and its headers are metadata', () => {
  const fields = { ...NO_FIELDS, host: 'a.example', grpc: 'yes', path: '/inference.GRPCInferenceService/ModelInfer', headers: 'seldon-model: iris' };
  expect(inputOfFields(fields)).toEqual({ scheme: 'http', host: 'a.example', grpc: 'inference.GRPCInferenceService/ModelInfer', metadata: ['seldon-model: iris'] });
});

const INPUTS: readonly RequestInput[] = [
  { host: 'a.example', path: '/v2', method: 'POST', headers: ['x-a: 1'] },
  { host: 'a.example', gateway: 'istio-system/gateway', scheme: 'https', port: 8443, clientCertificate: true, path: '/' },
  { host: 'iris', port: 8080, from: { namespace: 'models', serviceAccount: 'web' } },
  { host: 'a.example', grpc: 'inference.GRPCInferenceService/ModelInfer', metadata: ['seldon-model: iris'] },
  { host: 'a.example', http: '2', address: '192.0.2.1', forwardedAddress: '192.0.2.2', path: '/a?b=c' },
  { host: 'a.example', port: 443, serverName: 'b.example', principal: 'cluster.local/ns/a/sa/b', claims: { iss: 'x' } },
];

test.each(INPUTS)('a request in the form is the same request: %j', (input) => {
  expect(requestOf(inputOfFields(fieldsOf(input)))).toEqual(requestOf(input));
});

test('a command line has the client of the form', () => {
  const command = parseCommandLine('curl --connect-to a.example:443:b.example:443 https://a.example/v2 -o out.json');
  const { input, notes } = withClient(command, { ...NO_FIELDS, gateway: 'istio-system/gateway', claims: '{"iss": "x"}' });
  expect(requestOf(input)).toMatchObject({ entry: { kind: 'gateway', port: 443, gateway: 'istio-system/gateway' }, path: '/v2', token: { claims: { iss: 'x' } } });
  expect(notes).toEqual(command.notes);
});

test('a command line in the mesh has no TLS of its own', () => {
  const command = parseCommandLine('curl --cert a.pem https://iris.models:8080/v2');
  expect(command.input.clientCertificate).toBe(true);
  expect(withClient(command, { ...NO_FIELDS, namespace: 'web' }).input).toEqual({ ...command.input, clientCertificate: undefined, from: { namespace: 'web' } });
});

test('fails if a field is not valid', () => {
  const input = (fields: Partial<typeof NO_FIELDS>) => () => inputOfFields({ ...NO_FIELDS, ...fields });
  expect(input({ account: 'web' })).toThrow('there is a service account without a namespace. Add the namespace of the workload');
  expect(input({ claims: '{' })).toThrow('the claims are {, which is not a JSON object. Write them as in {"iss": "https://idp.example.com"}');
  expect(input({ claims: '[]' })).toThrow('the claims are [], which is not a JSON object. Write them as in {"iss": "https://idp.example.com"}');
  expect(() => requestOf(input({ host: 'a', port: 'x' })())).toThrow('port NaN is not valid. Use a number from 1 to 65535');
});
