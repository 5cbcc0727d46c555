import { policyExample } from '../../../src/rules/access/access-example';
import { bypassedByJoinedHeader } from '../../../src/rules/access/bypassed-by-joined-header';
import { problemsOf } from '../../support/cluster';

const policy = (action: string, condition: string) => policyExample(`  action: ${action}\n  rules:\n    - when: [${condition}]`);
const header = (name: string, values: string) => `{ key: "request.headers[${name}]", ${values} }`;

test.each<[string, string, string, string]>([
  ['a value', 'DENY', 'values: [curl]', 'a request with two lines of the header user-agent is not denied by "curl", since Envoy joins them to a value such as "curl,y"'],
  ['a prefix', 'DENY', 'values: ["curl/*"]', 'a request with two lines of the header user-agent is not denied by "curl/*", since Envoy joins them to a value such as "y,curl/x"'],
  ['a suffix', 'CUSTOM', 'values: ["*bot"]', 'a request with two lines of the header user-agent is not denied by "*bot", since Envoy joins them to a value such as "xbot,y"'],
  ['a value that is not allowed', 'ALLOW', 'notValues: [curl]', 'a request with two lines of the header user-agent is not denied by "curl", since Envoy joins them to a value such as "curl,y"'],
])('%s', (_what, action, values, problem) => {
  expect(problemsOf(bypassedByJoinedHeader, policy(action, header('User-Agent', values)))).toEqual([{
    at: `error at AuthorizationPolicy istio-system/access spec.rules[0].when[0].${values.split(':')[0]}`,
    problem,
    remedy: 'deny by the path, the host or a claim of the token instead, since clients choose this header',
    related: [],
  }]);
});

test.each<[string, string]>([
  ['any value is denied', policy('DENY', header('origin', 'values: ["*"]'))],
  ['all values except one are denied', policy('DENY', header('origin', 'notValues: [a]'))],
  ['the value is allowed', policy('ALLOW', header('origin', 'values: [a]'))],
  ['Envoy compares each line', policy('DENY', header('x-team', 'values: [a]'))],
  ['requests are only logged', policy('AUDIT', header('origin', 'values: [a]'))],
])('silent if %s', (_what, yaml) => {
  expect(problemsOf(bypassedByJoinedHeader, yaml)).toEqual([]);
});
