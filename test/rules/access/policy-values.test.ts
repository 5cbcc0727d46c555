import { policyExample } from '../../../src/rules/access/access-example';
import { contradictoryPolicy } from '../../../src/rules/access/contradictory-policy';
import { crashingPathTemplate } from '../../../src/rules/access/crashing-path-template';
import { fixedTrustDomain } from '../../../src/rules/access/fixed-trust-domain';
import { impossiblePolicyHost } from '../../../src/rules/access/impossible-policy-host';
import { impossiblePolicyPath } from '../../../src/rules/access/impossible-policy-path';
import { literalWildcard } from '../../../src/rules/access/literal-wildcard';
import { unknownMethod } from '../../../src/rules/access/unknown-method';
import { unknownSourceNamespace } from '../../../src/rules/access/unknown-source-namespace';
import { Rule } from '../../../src/rules/rule';
import { problemsOf } from '../../support/cluster';

// Rules about single values of policies.

const rule = (text: string) => policyExample(`  action: DENY\n  rules:\n    - ${text}`);
const operation = (text: string) => rule(`to: [{ operation: { ${text} } }]`);
const source = (text: string) => rule(`from: [{ source: { ${text} } }]`);
const when = (text: string) => rule(`when: [{ ${text} }]`);
const found = (checked: Rule, yaml: string) => problemsOf(checked, yaml).map(({ at, problem, remedy }) => `${at.replace('AuthorizationPolicy istio-system/access spec.rules[0].', '')}: ${problem}. ${remedy}`);

test.each<[string, string]>([
  ['paths: ["/a?b"]', 'no request has the path "/a?b", since Envoy compares the path without the query. list the path without "?"'],
  ['paths: [/a/../b]', 'no request has the path "/a/../b", since Envoy resolves "." and ".." first. write the path without them'],
  ['paths: ["/%41"]', 'no request has the path "/%41", since Envoy decodes "%41" first. write "A" instead'],
  ['paths: ["/./a*"]', 'no request has the path "/./a*", since Envoy resolves "." and ".." first. write the path without them'],
  ['paths: ["*/a/../b"]', 'no request has the path "*/a/../b", since Envoy resolves "." and ".." first. write the path without them'],
  ['paths: [v2]', 'no request has the path "v2", since paths begin with "/". write "/v2"'],
])('paths that no request has: %s', (text, problem) => {
  expect(found(impossiblePolicyPath, operation(text))).toEqual([`error at to[0].operation.paths[0]: ${problem}`]);
});

test.each<[string, string | undefined]>([
  ['*?a', 'list the path without "?"'],
  ['*/../a', 'write the path without them'],
  ['*/./a', 'write the path without them'],
  ['*..', undefined],
  ['*.', undefined],
  ['', undefined],
  ['/a?b*', 'list the path without "?"'],
  ['a*', 'write "/a"'],
  ['/{*}?a', undefined],
  ['/a/..', 'write the path without them'],
])('the path "%s": %s', (path, remedy) => {
  expect(problemsOf(impossiblePolicyPath, operation(`paths: ["${path}"]`)).map((each) => each.remedy)).toEqual(remedy === undefined ? [] : [remedy]);
});

test('paths that requests have', () => {
  expect(found(impossiblePolicyPath, operation('paths: ["*", "/a*", "*infer", "*.json", "/{*}/a", "/a%2Fb", "//a", "/"], notPaths: [/b.c]'))).toEqual([]);
});

test.each<[string, string]>([
  [operation('paths: ["/a/*/b"]'), 'error at to[0].operation.paths[0]: "/a/*/b" contains a "*" that Istio compares as a character, so it does not match what it seems to. '
    + 'use "*" only once, at the start or the end, or a template such as "/a/{*}/b" with Istio 1.22 or newer'],
  [operation('hosts: ["*.a.*"]'), 'error at to[0].operation.hosts[0]: "*.a.*" contains a "*" that Istio compares as a character, so it does not match what it seems to. '
    + 'use "*" only once, at the start or the end, or list the values'],
  [source('principals: ["cluster.local/ns/*/sa/a"]'), 'error at from[0].source.principals[0]: "cluster.local/ns/*/sa/a" contains a "*" that Istio compares as a character, '
    + 'so it does not match what it seems to. use "*" only once, at the start or the end, or list the values'],
  [when('key: "request.headers[x-team]", values: ["a*b"]'), 'warning at when[0].values[0]: "a*b" contains a "*" that Istio compares as a character, '
    + 'so it does not match what it seems to. use "*" only once, at the start or the end, or list the values'],
])('a "*" that is a character', (yaml, problem) => {
  expect(found(literalWildcard, yaml)).toEqual([problem]);
});

test.each<[string, string[]]>([
  [operation('notPaths: ["/a/*/b"], hosts: ["/a*b"]'), [
    'use "*" only once, at the start or the end, or list the values', 'use "*" only once, at the start or the end, or a template such as "/a/{*}/b" with Istio 1.22 or newer',
  ]],
  [operation('paths: ["*a*b"]'), ['use "*" only once, at the start or the end, or list the values']],
  [operation('paths: ["/{*}/a*b"], hosts: ["{a}.*.b"]'), ['use "*" only once, at the start or the end, or list the values']],
  [operation('paths: ["*"], methods: ["*"], hosts: ["a*"]'), []],
  [when('key: source.principal, values: ["a*b"]'), ['use "*" only once, at the start or the end, or list the values']],
  [when('key: connection.sni, notValues: ["a*b"]'), ['use "*" only once, at the start or the end, or list the values']],
  [when('key: "experimental.envoy.filters.a[request.a]", values: ["a*b"]'), []],
])('a "*" in %s', (yaml, remedies) => {
  expect(problemsOf(literalWildcard, yaml).map(({ remedy }) => remedy).sort()).toEqual([...remedies].sort());
});

test('a "*" that is a wildcard', () => {
  expect([operation('paths: ["*", "/a/*", "*/a", "/{*}/a", "/a/{**}"], methods: ["*"]'), source('namespaces: ["a*b"], principals: ["*/ns/a/sa/b"]'),
    when('key: source.namespace, values: ["a*b"]')].flatMap((yaml) => found(literalWildcard, yaml))).toEqual([]);
});

test.each<[string, string]>([
  ['get', 'error at to[0].operation.methods[0]: no request has the method "get", since methods are compared with their case. write "GET"'],
  ['"po*"', 'error at to[0].operation.methods[0]: no request has the method "po*", since methods are compared with their case. write "PO*"'],
  ['inference.GRPCInferenceService/ModelInfer', 'error at to[0].operation.methods[0]: "inference.GRPCInferenceService/ModelInfer" is not an HTTP method, '
    + 'and the method of a gRPC call is POST. list "/inference.GRPCInferenceService/ModelInfer" as a path instead'],
  ['DELTE', 'warning at to[0].operation.methods[0]: "DELTE" is not a known HTTP method. if "DELETE" is meant, write that'],
])('a method that no request has: %s', (method, problem) => {
  expect(found(unknownMethod, operation(`methods: [${method}]`))).toEqual([problem]);
});

test('methods that requests have, and unknown ones', () => {
  expect(found(unknownMethod, operation('methods: [GET, "*", "P*", "*T", PROPFIND, SOMETHING, some-method], notMethods: [OPTIONS]'))).toEqual([]);
});

test('hosts that are URLs', () => {
  expect(found(impossiblePolicyHost, operation('hosts: ["https://a.test/v2", A.test, "a.test:*", "*.b.test"], notHosts: ["a b"]'))).toEqual([
    'error at to[0].operation.hosts[0]: no request has the host "https://a.test/v2", since the Host header has no scheme, path or spaces. write "a.test"',
    'error at to[0].operation.notHosts[0]: no request has the host "a b", since the Host header has no scheme, path or spaces. write "a"',
  ]);
});

test('values that are required and excluded', () => {
  expect(found(contradictoryPolicy, operation('methods: [GET], notMethods: [GET, PUT]')))
    .toEqual(['warning at to[0].operation.methods: no request matches, since notMethods excludes all values of methods. leave one of the two lists out']);
  expect(found(contradictoryPolicy, when('key: "request.headers[a]", values: [b], notValues: ["*"]'))).toHaveLength(1);
  expect(found(contradictoryPolicy, operation('methods: [GET], notMethods: ["*"], hosts: [a], notHosts: [b]')))
    .toEqual(['warning at to[0].operation.methods: no request matches, since notMethods excludes all values of methods. leave one of the two lists out']);
  expect([operation('methods: [], notMethods: ["*"]'), operation('methods: [GET], notMethods: []'), operation('notMethods: [GET], notHosts: [GET]'),
    source('namespaces: [a], notNamespaces: [b]')].flatMap((yaml) => found(contradictoryPolicy, yaml))).toEqual([]);
  expect([operation('methods: [GET, PUT], notMethods: [GET]'), operation('notMethods: [GET]'), operation('paths: [/a*], notPaths: [/a/b]')]
    .flatMap((yaml) => found(contradictoryPolicy, yaml))).toEqual([]);
});

test.each(['{*}', '{**}', '{*}/a', '//{*}', '/{*}//'])('%s ends Envoy', (path) => {
  expect(found(crashingPathTemplate, operation(`paths: ["${path}"]`))).toEqual([`error at to[0].operation.paths[0]: the path "${path}" has a template, `
    + 'and Envoy crashes when it receives it, since such a path must start with one slash and have no empty segment. write it as "/a/{*}" or "/a/{**}"']);
});

test('templates that Envoy accepts, that are too long, and that istiod rejects', () => {
  const long = (length: number) => `/${'a'.repeat(length)}/{*}`;
  expect(found(crashingPathTemplate, operation(`paths: ["/{*}", "/{*}/", "/a/{**}", "/a", "/{**}/{*}", "${long(253)}"]`))).toEqual([]);
  expect(found(crashingPathTemplate, operation(`paths: ["${long(254)}"]`))).toEqual([expect.stringContaining('Envoy rejects the whole listener, since such a path has at most 256 characters')]);
});

test('principals with a fixed trust domain', () => {
  expect(found(fixedTrustDomain, source('principals: ["cluster.local/ns/jobs/*", "cluster.local/*", cluster.local/ns/jobs/sa/a, "*/ns/jobs/sa/a"]'))).toEqual([
    'info at from[0].source.principals[0]: principal "cluster.local/ns/jobs/*" matches no caller in a mesh whose trust domain is not cluster.local. '
    + 'use namespaces: [jobs], or "cluster.local/ns/jobs/sa/*"',
    'info at from[0].source.principals[1]: principal "cluster.local/*" matches no caller in a mesh whose trust domain is not cluster.local. use namespaces',
  ]);
  expect(found(fixedTrustDomain, when('key: source.principal, notValues: ["cluster.local/ns/a*"]'))).toHaveLength(1);
});

test('a namespace of callers that does not exist', () => {
  const namespaces = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: jobs }\n---\n';
  expect(found(unknownSourceNamespace, namespaces + source('namespaces: [job]')))
    .toEqual(['warning at from[0].source.namespaces[0]: there is no namespace "job" among the objects, and there is "jobs". if "jobs" is meant, write that']);
  expect([source('namespaces: [job]'), ...['jobs', 'other', '"job*"', 'istio-system'].map((name) => namespaces + source(`namespaces: [${name}]`))]
    .flatMap((yaml) => found(unknownSourceNamespace, yaml))).toEqual([]);
});
