import { GATEWAY, service, to, virtualService } from '../../support/routes';
import { changesOf } from '../support/differences';

const routes = (...http: readonly string[]) => GATEWAY + service('a') + virtualService('routes', http);
const path = (uri: string, more = '', others = '') => to('a', `match: [{uri: {${uri}}${others}}], ${more}`);
const substitution = (match: string, rewrite: string) => `rewrite: {uriRegexRewrite: {match: '${match}', rewrite: '${rewrite}'}},`;
const ANY = path('prefix: /');
const NOTHING = { changes: [], repeated: [], undecided: [] };

test.each<[string, string, string]>([
  ['a prefix that stays', ANY, `${path('prefix: /a', 'rewrite: {uri: /a},')}, ${ANY}`],
  ['a prefix that ignores case and has no letters', ANY, `${path('prefix: /__', 'rewrite: {uri: /__},', ', ignoreUriCase: true')}, ${ANY}`],
  ['a prefix and an expression', path('prefix: /m/', 'rewrite: {uri: /v2/},'), path('prefix: /m/', substitution('^/m/(.*)$', '/v2/\\1'))],
  ['a prefix and the beginning of an expression', path('prefix: /m/', 'rewrite: {uri: /v2/},'), path('prefix: /m/', substitution('^/m/', '/v2/'))],
  ['expressions for the same path', path('prefix: /x', substitution('^.*$', '/c')), path('prefix: /x', substitution('/.*', '/c'))],
  ['an expression that no path meets', path("regex: '/[a-c]*'"), path("regex: '/[a-c]*'", substitution('d', 'b'))],
  ['one path only', path('exact: /b', 'rewrite: {uri: /b/},'), path('exact: /b', substitution('b', 'b/'))],
  ['the whole path of an expression for all', path("regex: '.*'", 'rewrite: {uri: /c},'), path('prefix: /', substitution('.*', '/c'))],
])('rewrites that are the same: %s', (_what, before, after) => {
  expect(changesOf(routes(before), routes(after))).toEqual(NOTHING);
});

const SAME_ANSWER = '100 % a.models:80 → 100 % a.models:80';

test.each<[string, string, string, string]>([
  ['a prefix in upper case', ANY, `${path('prefix: /AB', 'rewrite: {uri: /ab},', ', ignoreUriCase: true')}, ${ANY}`, 'prefix h.test/, path matches "(?i)/ab(?s:.*)"'],
  ['an expression that meets few paths', ANY, path('prefix: /', substitution('/zebra/', '/')), 'prefix h.test/'],
  ['an expression below another one', path("regex: '.*b'"), path("regex: '.*b'", substitution('a', 'b')), 'prefix h.test/, path matches ".*b"'],
  ['one path that agrees', path('prefix: /x', 'rewrite: {uri: /x/infer},'), path('prefix: /x', substitution('.*', '/x/infer')), 'prefix h.test/x'],
])('rewrites that are different: %s', (_what, before, after, requests) => {
  expect(changesOf(routes(before), routes(after))).toEqual({ ...NOTHING, changes: [`${requests}: ${SAME_ANSWER}`] });
});

test('two different expressions that a path meets', () => {
  const [before, after] = [substitution('/(m|n)/x', '/y'), substitution('/(n|m)/x', '/y')].map((rewrite) => routes(path('prefix: /', rewrite)));
  expect(changesOf(before, after)).toEqual({ ...NOTHING, undecided: Array(2).fill('rules rewrite paths in different ways, and examples show no difference') });
});

const copying = (value: string) => path('prefix: /x', `headers: {request: {set: {z: '${value}'}}},`);

test('headers that are copied to another one', () => {
  expect(changesOf(routes(copying('%REQ(y)%')), routes(copying('%REQ(w)%')))).toEqual({ ...NOTHING, changes: [`prefix h.test/x, header y is present: ${SAME_ANSWER}`] });
  expect(changesOf(routes(copying('%REQ(y)%')), routes(copying('%REQ(y)%').replace('match', 'timeout: 0s, match')))).toEqual(NOTHING);
});

test('a renamed VirtualService of two whose order is not known', () => {
  const two = (name: string) => virtualService(name, [path('prefix: /a', 'rewrite: {uri: /b/},')]) + virtualService('other', [path("regex: '/a+'", 'rewrite: {uri: /c},')]);
  expect(changesOf(GATEWAY + service('a') + two('one'), GATEWAY + service('a') + two('two'))).toMatchObject({ undecided: [] });
});
