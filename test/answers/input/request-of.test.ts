import { RequestInput } from '../../../src/answers/input/request-input';
import { requestOf } from '../../../src/answers/input/request-of';

const URL = 'http://models.example.com/v2/models/iris/infer';

function errorOf(input: RequestInput): string {
  try {
    requestOf(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

test('a URL is a GET with HTTP/1.1 to port 80, without headers', () => {
  expect(requestOf({ url: URL })).toEqual({
    entry: { kind: 'gateway', port: 80 }, http: '1.1', method: 'GET', authority: 'models.example.com', path: '/v2/models/iris/infer', headers: [],
  });
});

test('https is HTTP/2 to port 443, with the host as server name', () => {
  expect(requestOf({ url: 'https://Models.example.com:443/a?b=c?d' })).toEqual({
    entry: { kind: 'gateway', port: 443, tls: { serverName: 'models.example.com' } },
    http: '2',
    method: 'GET',
    authority: 'Models.example.com',
    path: '/a',
    query: 'b=c?d',
    headers: [],
  });
});

test('the parts of a URL can be given one by one', () => {
  expect(requestOf({ host: 'a.test', port: 443, path: '/x?', method: 'POST', http: '1.1' })).toMatchObject({
    entry: { port: 443, tls: { serverName: 'a.test' } }, http: '1.1', method: 'POST', path: '/x', query: '',
  });
  expect(requestOf({ host: 'a.test', scheme: 'http', port: 443 }).entry).toEqual({ kind: 'gateway', port: 443 });
});

test.each([
  ['http://a.test:8080/', 'a.test:8080', 8080],
  ['http://a.test:80/', 'a.test', 80],
  ['https://a.test:8443', 'a.test:8443', 8443],
  ['a.test', 'a.test', 80],
  ['http://[::1]:81/', '[::1]:81', 81],
  ['http://user:password@a.test', 'a.test', 80],
])('%s is for the host %s at port %d', (url, authority, port) => {
  expect(requestOf({ url })).toMatchObject({ authority, entry: { port } });
});

test('a port to connect to is not part of the host', () => {
  expect(requestOf({ url: 'http://a.test/', port: 31400 })).toMatchObject({ authority: 'a.test', entry: { port: 31400 } });
});

test('an address has no server name', () => {
  expect(requestOf({ url: 'https://203.0.113.7/' }).entry).toEqual({ kind: 'gateway', port: 443, tls: {} });
  expect(requestOf({ url: 'https://[2001:db8::1]/' }).entry).toEqual({ kind: 'gateway', port: 443, tls: {} });
});

test('headers keep their order and their repetition, and a Host header is the host', () => {
  expect(requestOf({ url: URL, headers: ['X-B: 1', 'x-a:', 'x-b:  2 ', 'Host: other.test:81'] })).toMatchObject({
    authority: 'other.test:81', headers: [{ name: 'x-b', value: '1' }, { name: 'x-a', value: '' }, { name: 'x-b', value: '2' }], entry: { port: 80 },
  });
});

test('a gRPC call is a POST with HTTP/2 and the headers of gRPC', () => {
  expect(requestOf({ host: 'a.test', grpc: 'inference.GRPCInferenceService/ModelInfer', metadata: ['seldon-model: iris'] })).toEqual({
    entry: { kind: 'gateway', port: 80 },
    http: '2',
    method: 'POST',
    authority: 'a.test',
    path: '/inference.GRPCInferenceService/ModelInfer',
    headers: [{ name: 'content-type', value: 'application/grpc' }, { name: 'te', value: 'trailers' }, { name: 'seldon-model', value: 'iris' }],
  });
  expect(requestOf({ host: 'a.test', grpc: '/a.B/C', headers: ['content-type: application/grpc+proto'] }).headers).toEqual([
    { name: 'te', value: 'trailers' }, { name: 'content-type', value: 'application/grpc+proto' },
  ]);
});

test('claims are those of a token', () => {
  expect(requestOf({ url: URL, claims: { iss: 'https://idp.test', groups: ['a'] } }).token).toEqual({ isValid: true, claims: { iss: 'https://idp.test', groups: ['a'] } });
  expect(requestOf({ url: URL, claims: { iss: 'x' }, validToken: false }).token).toEqual({ isValid: false, claims: { iss: 'x' } });
});

test('claims are read from a bearer token, also beyond ASCII', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ iss: 'i', sub: 'é>>?' })}.c2ln`;
  expect(requestOf({ url: URL, headers: [`Authorization: bearer ${token}`] }).token).toEqual({ isValid: true, claims: { iss: 'i', sub: 'é>>?' } });
});

test.each(['Bearer abc', 'Bearer a.b.c', 'Bearer e30.WzFd.x', 'Basic YTpi'])('there are no claims in "%s"', (value) => {
  expect(requestOf({ url: URL, headers: [`authorization: ${value}`] }).token).toBeUndefined();
});

test('a client has a certificate, a server name and addresses', () => {
  const principal = 'spiffe://cluster.local/ns/models/sa/default';
  expect(requestOf({ host: 'a.test', serverName: 'sni.test', principal, address: '203.0.113.7', forwardedAddress: '2001:db8::1', gateway: 'istio-system/gw' }).entry).toEqual({
    kind: 'gateway',
    gateway: 'istio-system/gw',
    port: 443,
    tls: { serverName: 'sni.test', certificate: { principal: 'cluster.local/ns/models/sa/default' } },
    sourceAddress: '203.0.113.7',
    remoteAddress: '2001:db8::1',
  });
  expect(requestOf({ host: 'a.test', clientCertificate: true }).entry).toMatchObject({ tls: { certificate: {} } });
});

test('a workload sends through its sidecar', () => {
  expect(requestOf({ url: 'http://algo.models:8501/v1', from: { namespace: 'web' } })).toMatchObject({
    authority: 'algo.models:8501', entry: { kind: 'workload', namespace: 'web', labels: {}, serviceAccount: 'default', port: 8501 },
  });
});

test.each<[string, RequestInput, string]>([
  ['no host', {}, 'the request has no host. Set `url` or `host`'],
  ['an empty host', { url: 'http:///v2' }, 'URL "http:///v2" has no host. Write it as in http://models.example.com/v2/models/iris/infer'],
  ['a host with a space', { host: 'a b' }, 'host "a b" has the host "a b", which is not valid. Use a DNS name or an IP address; an IPv6 address needs brackets'],
  ['another scheme', { url: 'ftp://a.test/' }, 'URL "ftp://a.test/" has the scheme "ftp". Use http or https'],
  ['a wrong scheme', { host: 'a.test', scheme: 'tcp' }, 'scheme "tcp" is not valid. Use http or https'],
  ['a wrong port', { url: 'http://a.test:99999/' }, 'URL "http://a.test:99999/" has the port "99999". Use a number from 1 to 65535'],
  ['port 0', { host: 'a.test', port: 0 }, 'port 0 is not valid. Use a number from 1 to 65535'],
  ['both URL and path', { url: URL, path: '/v2' }, `the request has both \`url\` and \`path\`. Set \`path\` in the URL "${URL}"`],
  ['a path without a slash', { host: 'a.test', path: 'v2/models' }, 'path "v2/models" does not begin with "/". Use "/v2/models"'],
  ['a path with a space', { host: 'a.test', path: '/a b' }, 'path "/a b" contains the character " ", which clients must encode. Use "%20" for it'],
  ['a path with a fragment', { host: 'a.test', path: '/a#b' }, 'path "/a#b" has a fragment, which clients do not send. Remove "#b", or encode "#" as "%23"'],
  ['a method in lower case', { url: URL, method: 'get' }, 'method "get" is not in upper case, which matters. Use "GET"'],
  ['a method with a space', { url: URL, method: 'GET /' }, 'method "GET /" is not valid. Use one such as "POST"'],
  ['a header without a colon', { url: URL, headers: ['x-tester=yes'] }, 'header "x-tester=yes" has no colon. Write it as in "x-tester: yes"'],
  ['a header without a value', { url: URL, headers: ['tester'] }, 'header "tester" has no colon. Write it as in "x-tester: yes"'],
  ['a header with a wrong name', { url: URL, headers: ['x tester: yes'] },
    'header "x tester: yes" has the name "x tester", which is not valid. Use letters, digits and hyphens, with the colon right after the name'],
  ['a pseudo-header', { url: URL, headers: [':path: /v2'] }, 'header ":path: /v2" is a pseudo-header of HTTP/2. Use `path` instead'],
  ['a header with a line break', { url: URL, headers: ['x: a\nb'] }, 'header "x" has a value with a line break. A header is one line. Write another header for the rest'],
  ['two hosts', { url: URL, headers: ['host: a', 'Host: b'] }, 'the request has 2 Host headers. Send one. Envoy rejects such a request'],
  ['a gRPC method without service', { host: 'a.test', grpc: 'ModelInfer' }, 'gRPC method "ModelInfer" is not valid. Did you mean "inference.GRPCInferenceService/ModelInfer"?'],
  ['a gRPC method with dots', { host: 'a.test', grpc: 'inference.GRPCInferenceService.ModelInfer' },
    'gRPC method "inference.GRPCInferenceService.ModelInfer" is not valid. Did you mean "inference.GRPCInferenceService/ModelInfer"?'],
  ['another gRPC method', { host: 'a.test', grpc: 'a/b/c' },
    'gRPC method "a/b/c" is not valid. Write the full name of the service and the method, as in "inference.GRPCInferenceService/ModelInfer"'],
  ['gRPC with a path', { url: URL, grpc: 'a.B/C' },
    'the request has both the gRPC method "a.B/C" and the path "/v2/models/iris/infer". Remove the path, which the method determines'],
  ['gRPC with GET', { host: 'a.test', grpc: 'a.B/C', method: 'GET' }, 'the gRPC call has the method "GET". Remove it. All gRPC calls use POST'],
  ['gRPC with HTTP/1.1', { host: 'a.test', grpc: 'a.B/C', http: '1.1' }, 'the gRPC call uses HTTP/1.1. Remove `http`. All gRPC calls use HTTP/2'],
  ['metadata without gRPC', { url: URL, metadata: ['a: b'] }, 'the request has metadata, but no gRPC method. Set `grpc`, or use `headers`'],
  ['HTTP/3', { url: URL, http: '3' }, 'HTTP version "3" is not supported. Use "1.0", "1.1" or "2"'],
  ['claims without issuer', { url: URL, claims: { sub: 'me' } }, 'the claims have no issuer. Set `iss`, by which a RequestAuthentication accepts the token'],
  ['a server name without TLS', { url: URL, serverName: 'a.test' }, 'the request has a server name "a.test", but its scheme is http. Use https'],
  ['a certificate without TLS', { url: URL, clientCertificate: true }, 'the request has a client certificate, but its scheme is http. Use https'],
  ['a wrong principal', { host: 'a.test', principal: 'me' }, 'principal "me" is not the identity of a certificate. Write it as in "cluster.local/ns/models/sa/default"'],
  ['a wrong address', { url: URL, address: '300.1.1.1' }, 'address "300.1.1.1" is not an IP address. Use one such as "203.0.113.7"'],
  ['a gateway without namespace', { url: URL, gateway: 'gw' }, 'gateway "gw" has no namespace. Write the namespace and the name, as in "istio-system/seldon-gateway"'],
  ['a workload at a gateway', { url: URL, gateway: 'a/b', from: { namespace: 'web' } },
    '`gateway` is for requests from outside the mesh, but this one comes from a workload in namespace "web". Remove `gateway` or `from`'],
  ['a workload with https', { url: 'https://a.test/', from: { namespace: 'web' } },
    'the workload sends https, which its sidecar cannot read. Use http, as workloads in a mesh do. The sidecar encrypts the request'],
])('fails for %s', (_, input, message) => {
  expect(errorOf(input)).toBe(message);
});
