import { whyRefused, withoutConnection } from '../../../src/answers/receiving/connection-headers';
import { rules } from '../../support/routes';

const lines = (...texts: readonly string[]) => texts.map((text) => ({ name: text.slice(0, text.indexOf(':')), value: text.slice(text.indexOf(':') + 1).trim() }));
const names = (count: number) => Array.from({ length: count }, (_, i) => `x-${i}`).join(', ');

test.each<[title: string, before: readonly string[], after: readonly string[]]>([
  ['a header that is named', ['connection: X-Team', 'x-team: a', 'x-other: b'], ['x-other: b']],
  ['several', ['connection: close, x-team', 'connection: cookie', 'x-team: a', 'cookie: a=b', 'x-other: b'], ['x-other: b']],
  ['none', ['connection: keep-alive', 'x-team: a'], ['x-team: a']],
  ['what is no name', ['connection: "x-team"', 'connection: x-team;a', 'x-team: a'], ['x-team: a']],
  ['an upgrade to HTTP/2', ['connection: upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: a', 'x-team: a'], ['x-team: a']],
  ['settings without an upgrade', ['connection: http2-settings', 'http2-settings: a'], ['http2-settings: a']],
  ['an upgrade that connection does not name', ['upgrade: websocket', 'x-team: a'], ['x-team: a']],
  ['a WebSocket keeps all', ['connection: upgrade, x-team', 'upgrade: WebSocket', 'x-team: a'], ['connection: upgrade, x-team', 'upgrade: WebSocket', 'x-team: a']],
  ['te stays', ['connection: te', 'te: trailers'], ['te: trailers']],
])('%s', (_title, before, after) => {
  expect(withoutConnection(lines(...before))).toEqual(lines(...after));
});

test('lines without such headers stay the same list', () => {
  const plain = lines('x-team: a');
  expect(withoutConnection(plain)).toBe(plain);
});

test.each<[headers: readonly string[], status: number, reason: string]>([
  [['connection: host'], 400, 'the header connection must not name host'],
  [['connection: a, X-Forwarded-For'], 400, 'the header connection must not name x-forwarded-for'],
  [['connection: :path'], 400, 'the header connection must not name :path'],
  [['connection: upgrade, host', 'upgrade: h2c'], 400, 'the header connection must not name host'],
  [[`connection: ${names(10)}`], 400, 'the header connection has 10 values'],
  [['content-length: 1', 'content-length: 1'], 400, 'the header content-length is repeated, or not a number'],
  [['content-length: x'], 400, 'the header content-length is repeated, or not a number'],
  [['content-length: 0', 'transfer-encoding: chunked'], 400, 'a request has content-length or transfer-encoding, but not both'],
  [['transfer-encoding: gzip'], 501, 'proxies know only the transfer-encoding chunked'],
])('%j is refused', (headers, status, reason) => {
  expect(whyRefused({ http: '1.1', headers: lines(...headers) })).toEqual({ status, reason });
  expect(whyRefused({ http: '2', headers: lines(...headers) })).toBeUndefined();
});

test.each([[['connection: close']], [[`connection: ${names(9)}`]], [['content-length: 12']], [['transfer-encoding: Chunked']], [['connection: upgrade, host', 'upgrade: websocket']]])('%j is accepted', (headers) => {
  expect(whyRefused({ http: '1.1', headers: lines(...headers) })).toBeUndefined();
});

test('rules do not see headers that connection names, over HTTP/1.1', () => {
  const answers = rules(['{match: [{headers: {x-team: {exact: a}}}], directResponse: {status: 201}}', '{directResponse: {status: 202}}']);
  const statusOf = (http: '1.1' | '2', ...headers: readonly string[]) => {
    const { responder } = answers.case({ url: 'http://h.test/', http, headers }).outcomes[0];
    return 'status' in responder ? responder.status : undefined;
  };
  expect([statusOf('1.1', 'x-team: a'), statusOf('1.1', 'x-team: a', 'connection: x-team'), statusOf('1.1', 'connection: host')]).toEqual([201, 202, 400]);
});

test.each<[path: string, http: '1.1' | '2', status: number]>([['/a%00', '1.1', 400], ['/a%00', '2', 400], ['/a#%00', '1.1', 202], ['/a%2500', '1.1', 202], ['/a?%00', '1.1', 202]])(
  'path %s over HTTP/%s', (path, http, status) => {
    expect(rules(['{directResponse: {status: 202}}']).case({ url: `http://h.test${path}`, http }).outcomes[0].responder).toMatchObject({ status });
  });
