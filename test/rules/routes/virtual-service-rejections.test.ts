import { JsonObject } from '../../../src/cluster/json';
import { ruleRejections } from '../../../src/rules/routes/virtual-service-rejections';

const found = (rule: JsonObject, isDelegate = false) =>
  ruleRejections(rule, isDelegate, ['spec', 'http', 0]).map(({ field, problem, remedy }) => [field!.slice(3).join('.'), problem, remedy]);
const ROUTE = [{ destination: { host: 'a' } }];
const OTHER = { destination: { host: 'b' } };
const RE2 = 'Istio reads expressions as RE2, which has no look-around and no back-references';
const HOST = 'set the name of the Service';
const PORT = 'a destination has a port without a number from 1 to 65535';

test.each<[string, JsonObject, [string, string, string][]]>([
  ['nothing', {}, [['', 'a rule has no route, redirect or directResponse', 'add the destinations as route']]],
  ['an empty route', { route: [] }, [['', 'a rule has no route, redirect or directResponse', 'add the destinations as route']]],
  ['a route and a redirect', { route: ROUTE, redirect: { uri: '/' } }, [['redirect', 'a rule has both route and redirect', 'write two rules, or remove one of the two']]],
  ['a redirect and a response', { redirect: { uri: '/' }, directResponse: { status: 200 } },
    [['directResponse', 'a rule has both redirect and directResponse', 'write two rules, or remove one of the two']]],
  ['a delegate', { delegate: { name: 'a' } }, []],
  ['a delegate, a route and a redirect', { delegate: { name: 'a' }, route: ROUTE, redirect: { uri: '/' } }, [
    ['route', 'a rule has both a delegate and route', 'remove one of the two'], ['redirect', 'a rule has both a delegate and redirect', 'remove one of the two'],
  ]],
  ['a delegate and a response', { delegate: { name: 'a' }, directResponse: { status: 200 } }, []],
  ['a redirect with a fault and a rewrite', { redirect: { uri: '/' }, fault: {}, rewrite: { uri: '/' } },
    [['fault', 'a rule has both fault and redirect', 'remove fault'], ['rewrite', 'a rule has both rewrite and redirect', 'remove rewrite']]],
  ['a response with a rewrite', { directResponse: { status: 200 }, rewrite: { uri: '/' } }, [['rewrite', 'a rule has both rewrite and directResponse', 'remove rewrite']]],
  ['a route with a fault', { route: ROUTE, fault: {} }, []],
  ['an empty prefix of a path', { route: ROUTE, match: [{ uri: { prefix: '' } }] }, []],
  ['an empty prefix of a method', { route: ROUTE, match: ['text', { method: { prefix: '' } }] },
    [['match.1.method.prefix', 'a prefix is empty', 'write {} for any value, or remove the match']]],
  ['an empty prefix of a header', { route: ROUTE, match: [{ headers: { 'x-a': { exact: '' }, 'x-b': { prefix: '' } } }] },
    [['match.0.headers.x-b.prefix', 'a prefix is empty', 'write {} for any value, or remove the match']]],
  ['an empty expression', { route: ROUTE, match: [{ scheme: { regex: '' } }] }, [['match.0.scheme.regex', 'the expression "" is empty', RE2]]],
  ['a wildcard of excluded headers', { route: ROUTE, match: [{ withoutHeaders: { 'x-a': { regex: '*' } } }] }, []],
  ['an expression of 1024 bytes', { route: ROUTE, match: [{ authority: { regex: 'é'.repeat(512) } }] }, []],
  ['an expression of 1026 bytes', { route: ROUTE, match: [{ authority: { regex: 'é'.repeat(513) } }] },
    [['match.0.authority.regex', `the expression "${'é'.repeat(513)}" is longer than 1024 bytes`, RE2]]],
  ['entries without destinations', { route: [...ROUTE, {}, 'text'], mirrors: [OTHER, { percentage: { value: 1 } }] }, [
    ['route.1', 'an entry of route has no destination', 'set its destination'], ['mirrors.1', 'an entry of mirrors has no destination', 'set its destination'],
  ]],
  ['destinations without hosts', { route: [{ destination: {} }], mirrors: [{ destination: { host: '' } }] }, [
    ['route.0.destination', 'a destination has no host', HOST], ['mirrors.0.destination', 'a destination has no host', HOST],
  ]],
  ['all hosts', { route: ROUTE, mirror: { host: '*' } }, [['mirror', 'a destination has host "*"', HOST]]],
  ['a mirror and mirrors', { route: ROUTE, mirror: { host: 'b' }, mirrors: [OTHER] }, [['mirror', 'a rule has both mirror and mirrors', 'move all of them to mirrors']]],
  ['a mirror and no mirrors', { route: ROUTE, mirror: { host: 'b' }, mirrors: [] }, []],
  ['ports', { route: [1, 65535].map((number) => ({ destination: { host: 'a', port: { number } } })) }, []],
  ['ports out of range', { route: [{ destination: { host: 'a', port: {} } }, { destination: { host: 'a', port: { number: 65536 } } }], mirror: { host: 'b', port: { number: 0 } } }, [
    ['route.0.destination.port', PORT, 'set port: {number: ...}'], ['route.1.destination.port', PORT, 'set port: {number: ...}'], ['mirror.port', PORT, 'set port: {number: ...}'],
  ]],
  ['codes of redirects', { redirect: { uri: '/', redirectCode: 300 } }, []],
  ['the last code of redirects', { redirect: { uri: '/', redirectCode: 399 } }, []],
  ['no code of a redirect', { redirect: { uri: '/', redirectCode: 0 } }, []],
  ['a code below', { redirect: { uri: '/', redirectCode: 299 } }, [['redirect.redirectCode', 'the code of a redirect is 299', 'expected 300 to 399']]],
  ['a code above', { redirect: { uri: '/', redirectCode: 400 } }, [['redirect.redirectCode', 'the code of a redirect is 400', 'expected 300 to 399']]],
  ['an empty redirect', { redirect: { uri: '', redirectCode: 301 } }, [['redirect', 'a redirect changes nothing', 'set uri, authority, scheme or port']]],
  ...['uri', 'prefixRewrite', 'authority', 'scheme', 'port', 'derivePort'].map((field): [string, JsonObject, []] => [`a redirect with ${field}`, { redirect: { [field]: 'a' } }, []]),
  ['a status', { directResponse: { status: 200 } }, []],
  ['the last status', { directResponse: { status: 600 } }, []],
  ['a status below', { directResponse: { status: 199 } }, [['directResponse.status', 'the status of a direct response is 199', 'expected 200 to 599']]],
  ['a status above', { directResponse: { status: 601 } }, [['directResponse.status', 'the status of a direct response is 601', 'expected 200 to 599']]],
  ['no status', { directResponse: {} }, [['directResponse.status', 'the status of a direct response is 0', 'expected 200 to 599']]],
  ['two rewrites of the path', { route: ROUTE, rewrite: { uri: '/', uriRegexRewrite: {} } }, [['rewrite', 'a rewrite has both uri and uriRegexRewrite', 'remove one of the two']]],
  ['a rewrite of the host and the path', { route: ROUTE, rewrite: { authority: 'a', uriRegexRewrite: {} } }, []],
  ['a rewrite of the path by an expression', { route: ROUTE, rewrite: { uriRegexRewrite: {} } }, []],
  ['a rewrite of the host', { route: ROUTE, rewrite: { authority: 'a' } }, []],
  ['an empty rewrite', { route: ROUTE, rewrite: { uri: '', authority: 1 } },
    [['rewrite', 'a rewrite has neither uri, uriRegexRewrite nor authority', 'set one of them, such as uri: /']]],
  ['retries', { route: ROUTE, retries: { attempts: 1, retryOn: '5xx' } }, []],
  ['no retries', { route: ROUTE, retries: { attempts: 0, retryOn: '' } }, []],
  ...['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].map((field): [string, JsonObject, [string, string, string][]] => [`retries with ${field} alone`,
    { route: ROUTE, retries: { [field]: 'a' } }, [['retries', `retries have ${field} and no attempts`, 'set attempts above 0']]]),
])('a rule with %s', (_what, rule, expected) => {
  expect(found(rule)).toEqual(expected);
});

test('a delegate of a delegate is left to another rule', () => {
  expect(found({ delegate: { name: 'a' }, route: ROUTE }, true)).toEqual([]);
  expect(found({}, true)).toEqual([['', 'a rule has no route, redirect or directResponse', 'add the destinations as route']]);
});

test.each([['uri'], ['scheme'], ['method'], ['authority']])('an invalid expression of %s', (name) => {
  const [[field, problem]] = found({ route: ROUTE, match: [{ [name]: { regex: '(' } }] });
  expect([field, problem.slice(0, 34)]).toEqual([`match.0.${name}.regex`, 'the expression "(" is not valid: m']);
});
