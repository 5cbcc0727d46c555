import { localReply } from '../../../src/answers/delivery/local-reply';
import { RequestHeaders } from '../../../src/answers/request-headers';
import { Answers } from '../../support/answers';
import { document, GATEWAY, rules } from '../../support/routes';

const typed = (...types: string[]) => new RequestHeaders(types.map((value) => ({ name: 'content-type', value })), '2');
const CALL = { url: 'http://h.test/', method: 'POST', http: '2' as const, headers: ['content-type: application/grpc'] };

test.each<[status: number, grpcStatus: string]>([
  [200, 'UNKNOWN'], [301, 'UNKNOWN'], [400, 'INTERNAL'], [401, 'UNAUTHENTICATED'], [403, 'PERMISSION_DENIED'], [404, 'UNIMPLEMENTED'], [418, 'UNKNOWN'],
  [429, 'UNAVAILABLE'], [500, 'UNKNOWN'], [502, 'UNAVAILABLE'], [503, 'UNAVAILABLE'], [504, 'UNAVAILABLE'],
])('a gRPC call gets status 200 instead of %d, and gRPC status %s', (status, grpcStatus) => {
  expect(localReply({ kind: 'response', status, reason: 'r' }, typed('application/grpc'))).toEqual({ kind: 'response', status: 200, grpcStatus, reason: 'r' });
});

test.each<[string, boolean]>([
  ['application/grpc', true], ['application/grpc+proto', true], ['application/grpc-web', false], ['application/grpc;charset=utf-8', false], ['application/json', false],
])('content type %s', (type, isCall) => {
  expect(localReply({ kind: 'not-found', status: 404, reason: 'r' }, typed(type)).status).toBe(isCall ? 200 : 404);
});

test('a connection that is closed has no status', () => {
  expect(localReply({ kind: 'refused', reason: 'r' }, typed('application/grpc'))).toEqual({ kind: 'refused', reason: 'r' });
});

test('a fault with a gRPC status is one for gRPC calls only', () => {
  const answers = rules(['{fault: {abort: {grpcStatus: RESOURCE_EXHAUSTED, percentage: {value: 100}}}, route: [{destination: {host: iris}}]}']);
  expect(answers.case(CALL).outcomes[0].responder).toMatchObject({ kind: 'fault', status: 200, grpcStatus: 'RESOURCE_EXHAUSTED' });
  expect(answers.case('http://h.test/').outcomes[0].responder).toEqual({ kind: 'fault', status: 200, reason: 'a fault of the rule ends the request' });
});

const policy = (namespace: string, selector: string) => document('AuthorizationPolicy', 'deny', namespace, `{selector: {matchLabels: {${selector}}}, action: DENY, rules: [{}]}`);
const IRIS = `${document('Service', 'iris', 'models', '{selector: {app: iris}, ports: [{port: 80, name: http}]}')}${document('Deployment', 'iris', 'models', '{template: {metadata: {labels: {app: iris}}}}')}`;
const TO_IRIS = '{route: [{destination: {host: iris, port: {number: 80}}}]}';

test.each<[title: string, answers: Answers, grpcStatus: string]>([
  ['no virtual host', new Answers(GATEWAY), 'UNIMPLEMENTED'],
  ['no rule', rules(['{match: [{uri: {prefix: /a}}], route: [{destination: {host: iris}}]}']), 'UNIMPLEMENTED'],
  ['no cluster', rules(['{route: [{destination: {host: absent.test}}]}']), 'UNAVAILABLE'],
  ['a redirect', rules(['{redirect: {uri: /b}}']), 'UNKNOWN'],
  ['a direct response', rules(['{directResponse: {status: 403}}']), 'PERMISSION_DENIED'],
  ['a policy of the gateway', rules([TO_IRIS], IRIS + policy('istio-system', 'istio: ingressgateway')), 'PERMISSION_DENIED'],
  ['a policy of the pods', rules([TO_IRIS], IRIS + policy('models', 'app: iris')), 'PERMISSION_DENIED'],
])('gRPC calls: %s', (_title, answers, grpcStatus) => {
  expect(answers.case(CALL).outcomes[0].responder).toMatchObject({ status: 200, grpcStatus });
});
