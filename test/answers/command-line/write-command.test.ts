import * as fc from 'fast-check';
import { parseCommandLine } from '../../../src/answers/command-line/command-line';
import { writeCommand } from '../../../src/answers/command-line/write-command';
import { requestOf } from '../../../src/answers/input/request-of';
import { GatewayEntry, Request } from '../../../src/answers/request';

const ENTRY: GatewayEntry = { kind: 'gateway', gateway: 'istio-system/gateway', port: 80 };
const GET: Request = { entry: ENTRY, http: '1.1', method: 'GET', authority: 'a.test', path: '/x', headers: [] };
const GRPC: Request = {
  ...GET, http: '2', method: 'POST', path: '/inference.GRPCInferenceService/ModelInfer', headers: [{ name: 'content-type', value: 'application/grpc' }, { name: 'seldon-model', value: 'iris' }],
};
const always = () => true;
const text = (request: Partial<Request>, isAlike: (request: Request) => boolean = always) => writeCommand({ ...GET, ...request }, isAlike).text;

describe('curl', () => {
  test.each<[Partial<Request>, string]>([
    [{}, 'curl http://a.test/x'],
    [{ method: 'HEAD' }, 'curl --head http://a.test/x'],
    [{ method: 'DELETE', query: 'a=1&b=2' }, 'curl -X DELETE \'http://a.test/x?a=1&b=2\''],
    [{ query: '' }, 'curl \'http://a.test/x?\''],
    [{ path: '/a/../b/.' }, 'curl --path-as-is http://a.test/a/../b/.'],
    [{ path: '/[a]{b}' }, 'curl --globoff \'http://a.test/[a]{b}\''],
    [{ headers: [{ name: 'x-tester', value: 'yes' }, { name: 'x-empty', value: '' }] }, 'curl -H \'x-tester: yes\' -H \'x-empty;\' http://a.test/x'],
    [{ headers: [{ name: 'x-quoted', value: 'it\'s' }] }, 'curl -H \'x-quoted: it\'\\\'\'s\' http://a.test/x'],
    [{ http: '2' }, 'curl --http2-prior-knowledge http://a.test/x'],
    [{ authority: 'A.test:8080' }, 'curl -H \'Host: A.test:8080\' http://A.test/x'],
    [{ entry: { ...ENTRY, port: 8080 } }, 'curl -H \'Host: a.test\' http://a.test:8080/x'],
    [{ entry: { ...ENTRY, port: 8080 }, authority: 'a.test:8080' }, 'curl http://a.test:8080/x'],
    [{ entry: { ...ENTRY, port: 443, tls: { serverName: 'a.test' } } }, 'curl --http1.1 https://a.test/x'],
    [{ http: '2', entry: { ...ENTRY, port: 443, tls: { serverName: 'b.test' } } }, 'curl -H \'Host: a.test\' https://b.test/x'],
    [{ http: '2', entry: { ...ENTRY, port: 443, tls: { serverName: 'a.test', certificate: {} } } }, 'curl --cert client.pem --key client.key https://a.test/x'],
    [{ token: { isValid: true, claims: { iss: 'me' } } }, 'curl -H "Authorization: Bearer $TOKEN" http://a.test/x'],
  ])('%j', (request, command) => {
    expect(writeCommand({ ...GET, ...request }, always)).toMatchObject({ kind: 'curl', text: command });
  });

  test('its own headers are removed only if they make a difference', () => {
    const isAlike = ({ headers }: Request) => headers.every(({ name }) => name !== 'user-agent');
    expect(text({}, isAlike)).toBe('curl -H User-Agent: -H Accept: http://a.test/x');
    expect(text({ headers: [{ name: 'accept', value: 'a' }] }, isAlike)).toBe('curl -H User-Agent: -H \'accept: a\' http://a.test/x');
  });
});

describe('grpcurl', () => {
  test.each<[Partial<Request>, string]>([
    [{}, 'grpcurl -plaintext -proto v2_dataplane.proto -authority a.test -H \'seldon-model: iris\' a.test:80 inference.GRPCInferenceService/ModelInfer'],
    [{ authority: 'a.test:80' }, 'grpcurl -plaintext -proto v2_dataplane.proto -H \'seldon-model: iris\' a.test:80 inference.GRPCInferenceService/ModelInfer'],
    [
      { entry: { ...ENTRY, port: 443, tls: { serverName: 'a.test', certificate: {} } } },
      'grpcurl -cert client.pem -key client.key -proto v2_dataplane.proto -authority a.test -H \'seldon-model: iris\' a.test:443 inference.GRPCInferenceService/ModelInfer',
    ],
    [{ token: { isValid: false, claims: {} } }, 'grpcurl -plaintext -proto v2_dataplane.proto -authority a.test -H "Authorization: Bearer $TOKEN" -H \'seldon-model: iris\' a.test:80 inference.GRPCInferenceService/ModelInfer'],
  ])('%j', (request, command) => {
    expect(writeCommand({ ...GRPC, ...request }, always)).toMatchObject({ kind: 'grpcurl', text: command });
  });

  test.each<Partial<Request>>([
    { http: '1.1' }, { query: 'a' }, { path: '/a/b/c' }, { method: 'GET' }, { headers: [] }, { path: '/inference.GRPCInferenceService/infer' }, { path: '/a.B/C' },
    { entry: { ...ENTRY, port: 443, tls: { serverName: 'b.test' } } },
  ])('cannot send %j', (request) => {
    expect(writeCommand({ ...GRPC, ...request }, always).kind).toBe('curl');
  });
});

describe('a request that neither can send', () => {
  test('is written as HTTP/1.1', () => {
    const request = { method: 'POST', query: 'a', headers: [{ name: 'x', value: ' a' }], token: { isValid: true, claims: {} } };
    expect(writeCommand({ ...GET, ...request }, () => false)).toEqual({
      kind: 'raw', text: 'POST /x?a HTTP/1.1\nhost: a.test\nx:  a\nauthorization: Bearer $TOKEN', notes: ['$TOKEN has the claims {}'],
    });
  });

  test('is written as the headers of HTTP/2', () => {
    expect(writeCommand(GRPC, () => false)).toMatchObject({
      kind: 'raw', text: ':method: POST\n:authority: a.test\n:path: /inference.GRPCInferenceService/ModelInfer\ncontent-type: application/grpc\nseldon-model: iris',
    });
  });

});

test('a request of a workload has a note about who sends it', () => {
  const entry = { kind: 'workload' as const, namespace: 'models', labels: { b: '2', a: '1' }, serviceAccount: 'default', port: 8080 };
  expect(writeCommand({ ...GET, entry, authority: 'a.test:8080' }, always)).toEqual({
    kind: 'curl', text: 'curl http://a.test:8080/x', notes: ['a workload of the mesh in namespace models sends it, with labels a=1,b=2'],
  });
});

test('notes state what the reader supplies', () => {
  const entry = { ...ENTRY, tls: { serverName: 'a.test', certificate: { principal: 'cluster.local/ns/a/sa/b' } }, sourceAddress: '203.0.113.7', remoteAddress: '198.51.100.1' };
  expect(writeCommand({ ...GET, entry, token: { isValid: false, claims: { iss: 'me' } } }, always).notes).toEqual([
    '$TOKEN has the claims {"iss":"me"}, and is not valid',
    'client.pem is a certificate of cluster.local/ns/a/sa/b',
    'the request comes from 203.0.113.7',
    'the client behind proxies has address 198.51.100.1',
  ]);
});

test('a command line is read as the request from which it was written', () => {
  const word = fc.string({ unit: fc.constantFrom(...'aZ09-_~%\'"$`\\ !(){}[]*?&;|<>^'.split('')), maxLength: 6 });
  const headers = fc.array(fc.record({ name: fc.constantFrom('x-a', 'x-b'), value: word.map((value) => value.trim()) }), { maxLength: 3 });
  const path = fc.array(word.map((each) => each.replace(/[ ?#]/g, '')), { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
  const requests = fc.record({
    entry: fc.constantFrom<GatewayEntry>(ENTRY, { ...ENTRY, port: 8080 }, { ...ENTRY, port: 443, tls: { serverName: 'a.test' } }, { ...ENTRY, port: 8443, tls: { serverName: 'b.test' } }),
    http: fc.constantFrom('1.1', '2'),
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE'),
    authority: fc.constantFrom('a.test', 'a.test:80', 'A.test'),
    path,
    headers,
  }) as fc.Arbitrary<Request>;
  const own = new Set(['user-agent', 'accept']);
  const same = (written: Request) => (read: Request) => {
    const linesOf = ({ headers: lines }: Request) => lines.filter(({ name }) => !own.has(name));
    const sent = (request: Request) => [request.http, request.method, request.authority, request.path, request.query, linesOf(request)];
    return JSON.stringify(sent(read)) === JSON.stringify(sent(written));
  };
  let sendable = 0;
  fc.assert(fc.property(requests, (request) => {
    const { kind, text: line } = writeCommand(request, same(request));
    if (kind === 'raw') return true;
    sendable += 1;
    return same(request)(requestOf(parseCommandLine(line).input));
  }), { numRuns: 300, seed: 7 });
  expect(sendable).toBeGreaterThan(200);
});
