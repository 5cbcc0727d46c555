import { JsonObject } from '../../../src/cluster/json';
import { conditionRejections } from '../../../src/rules/access/condition-rejections';

const found = (condition: JsonObject) => conditionRejections(condition, ['when', 0]).map(({ field, problem, remedy }) => `${field!.slice(2).join('.')}: ${problem}. ${remedy}`);
const ALL = 'expected one of request.headers[<name>], request.auth.claims[<name>], source.ip, remote.ip, source.namespace, source.principal, source.serviceAccount, '
  + 'source.trustDomain, request.auth.principal, request.auth.audiences, request.auth.presenter, destination.ip, destination.port, connection.sni';
const unknown = (key: string, remedy: string) => [`key: there is no attribute "${key}". ${remedy}`];
const ACCOUNT = 'expected "<service account>" or "<namespace>/<service account>", without "*"';

test.each<[string, string[]]>([
  ['request.headers[x-team]', []],
  ['request.auth.claims[realm][roles]', []],
  ['experimental.envoy.filters.network.mysql_proxy[db.table]', []],
  ['request.headers[]', ['key: the key "request.headers[]" does not have the form request.headers[<name>]. write the name of one header in brackets']],
  ['request.headers[a]b', ['key: the key "request.headers[a]b" does not have the form request.headers[<name>]. write the name of one header in brackets']],
  ['request.headers[a b]', ['key: the key "request.headers[a b]" does not have the form request.headers[<name>]. write the name of one header in brackets']],
  ['request.auth.claims[a]b', ['key: the key "request.auth.claims[a]b" does not have the form request.auth.claims[<name>]. '
    + 'write one pair of brackets for each level of a nested claim']],
  ['experimental.envoy.filters.a[b]c', unknown('experimental.envoy.filters.a[b]c', ALL)],
  ['my.experimental.envoy.filters.a[b]', unknown('my.experimental.envoy.filters.a[b]', ALL)],
  ['destination.namespace', ['key: Istio no longer has the attribute "destination.namespace". set the namespace of the policy instead']],
  ['destination.labels[app]', ['key: Istio no longer has the attribute "destination.labels[app]". set the selector of the policy instead']],
  ['my.destination.labels', unknown('my.destination.labels', ALL)],
  ['nothing', unknown('nothing', ALL)],
  ['request.headers.x-team', unknown('request.headers.x-team', 'write "request.headers[x-team]"')],
  ['request.header', unknown('request.header', 'write "request.headers[<name>]"')],
])('the key %s', (key, expected) => {
  expect(found({ key, values: ['a'] })).toEqual(expected);
});

test.each<[JsonObject, string[]]>([
  [{ values: ['a'] }, [`: the condition has no key. ${ALL}`]],
  [{ key: 'source.namespace' }, [': the condition on "source.namespace" has neither values nor notValues. set one of them']],
  [{ key: 'source.namespace', values: [], notValues: [] }, [': the condition on "source.namespace" has neither values nor notValues. set one of them']],
  [{ key: 'source.namespace', values: ['a', 5], notValues: [''] }, [
    'values.1: 5 in values is not a string. write it in quotes, as "5"', 'notValues.0: notValues has an empty string. set a value, or "*" for any value that is not empty',
  ]],
  [{ key: 'source.namespace', values: new Array(17).fill('a') }, []],
  [{ key: 'source.serviceAccount', values: new Array(16).fill('a') }, []],
  [{ key: 'source.serviceAccount', values: new Array(17).fill('a') }, ['values: values has 17 entries. Istio accepts at most 16']],
  [{ key: 'source.serviceAccount', values: ['a/*'] }, [`values.0: "a/*" is not a valid service account. ${ACCOUNT}`]],
  [{ key: 'source.principal', values: ['a/b/c'] }, []],
  [{ key: 'destination.port', values: ['80', 'http'] }, ['values.1: "http" is not a valid port. expected the number of a port of the pods, such as "8080"']],
  [{ key: 'destination.ip', notValues: ['10.0.0.0/33'] },
    ['notValues.0: "10.0.0.0/33" is not a valid address. expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"']],
])('%j', (condition, expected) => {
  expect(found(condition)).toEqual(expected);
});
