import { parseCommandLine } from '../../../src/answers/command-line/command-line';
import { requestOf } from '../../../src/answers/input/request-of';
import { Request } from '../../../src/answers/request';

function request(line: string): Request {
  return requestOf(parseCommandLine(line).input);
}

const INFER = 'inference.GRPCInferenceService/ModelInfer';

test('a command in the form that people have it', () => {
  const line = `grpcurl -d @ -import-path apis -proto v2_dataplane.proto -plaintext -rpc-header seldon-model:iris \\
    -H 'x-a: 1' models.example.com:80 ${INFER} < request.json`;
  expect(requestOf(parseCommandLine(line).input)).toEqual({
    entry: { kind: 'gateway', port: 80 },
    http: '2',
    method: 'POST',
    authority: 'models.example.com:80',
    path: `/${INFER}`,
    headers: [
      { name: 'content-type', value: 'application/grpc' }, { name: 'te', value: 'trailers' }, { name: 'user-agent', value: 'grpcurl/v1.9.1 grpc-go/1.61.0' },
      { name: 'seldon-model', value: 'iris' }, { name: 'x-a', value: '1' },
    ],
  });
});

test('TLS is the default, and the authority is the server name unless there is one', () => {
  expect(request(`grpcurl a.test:443 ${INFER}`)).toMatchObject({ authority: 'a.test:443', entry: { port: 443, tls: { serverName: 'a.test' } } });
  expect(request(`grpcurl -authority b.test 10.0.0.1:443 ${INFER}`)).toMatchObject({ authority: 'b.test', entry: { tls: { serverName: 'b.test' } } });
  expect(request(`grpcurl --authority=b.test --servername c.test -insecure -cert c.pem 10.0.0.1:443 ${INFER}`)).toMatchObject({
    authority: 'b.test', entry: { tls: { serverName: 'c.test', certificate: {} } },
  });
});

test('a method can be written with a dot', () => {
  expect(request('grpcurl -plaintext a.test:80 inference.GRPCInferenceService.ModelInfer').path).toBe(`/${INFER}`);
});

test('options that change nothing are noted', () => {
  expect(parseCommandLine(`grpcurl -v -max-time 5 -expand-headers -plaintext=false a.test:443 ${INFER}`).notes).toEqual([
    '-max-time changes nothing here, and is ignored', '-expand-headers is ignored. Variables in headers are read literally',
  ]);
});

test('a header without a colon is noted', () => {
  const { input, notes } = parseCommandLine(`grpcurl -plaintext -H x-a -H 'x-b: 1' a.test:80 ${INFER}`);
  expect(input.metadata).toEqual(['x-a: ', 'x-b: 1']);
  expect(notes).toEqual(['-H "x-a" has no colon. The header is sent without a value, as grpcurl does']);
});

test.each([
  [`grpcurl -plantext a.test:80 ${INFER}`, 'grpcurl has no option -plantext. Did you mean -plaintext?'],
  [`grpcurl a.test ${INFER}`, 'address "a.test" has no port. Write it with the port, as in "a.test:443"'],
  ['grpcurl -plaintext a.test:80', 'the grpcurl command has no address or no method. Write it as in `grpcurl -plaintext models.example.com:80 inference.GRPCInferenceService/ModelInfer`'],
  ['grpcurl a.test:80 list', 'grpcurl list calls the reflection service. Give the method that you want to trace, as in "inference.GRPCInferenceService/ModelInfer"'],
  [`grpcurl a.test:80 ${INFER} -plaintext`, `the grpcurl command has the words "a.test:80", "${INFER}", "-plaintext". Put options before the address, and give one method`],
  ['grpcurl -d', 'option -d of grpcurl has no value. Add the value, or remove the option'],
  ['grpcurl -plaintext a.test:80 ModelInfer', 'gRPC method "ModelInfer" is not valid. Did you mean "inference.GRPCInferenceService/ModelInfer"?'],
])('fails for %s', (line, message) => {
  expect(() => request(line)).toThrow(new Error(message));
});
