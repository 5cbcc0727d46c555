import { folderWith, Outcome, run } from '../support/cli';
import { GATEWAY, service, to, virtualService } from '../support/routes';

const SERVICES = GATEWAY + ['iris', 'wine'].map((name) => service(name)).join('');
const IRIS = virtualService('iris', [to('iris', 'match: [{uri: {prefix: /v2/models/iris/}}],')]);
const WINE = virtualService('wine', [to('wine', 'match: [{uri: {prefix: /v2/models/wine/}}, {headers: {x-team: {exact: wine}}}],')]);

/** Runs one proof. */
function prove(fields: string, more: { readonly [path: string]: string } = {}): Outcome {
  const folder = folderWith({
    'traffic-tests.yaml': `manifests: [dist]\nproofs:\n  - name: one\n${fields.split('\n').map((line) => `    ${line}\n`).join('')}`,
    'dist/routes.yaml': SERVICES + IRIS + WINE,
    'main/routes.yaml': SERVICES + IRIS,
    ...more,
  });
  return run(folder, ['test', 'traffic-tests.yaml']);
}

test.each([
  'requests: {host: h.test, path: {prefix: /v2/models/iris/}, headers: {x-team: {exact: iris}}}\nexpect: {alwaysServedBy: iris}',
  'requests: {path: {prefix: /v2/models/wine/}}\nexpect: {neverServedBy: iris}',
  'requests: {host: h.test, path: {regex: "/v2/models/(iris|wine)/.*"}, method: {exact: POST}}\nexpect: {neverUnanswered: true}',
  'before: dist\nexpect: {equivalent: true}',
  'before: dist/routes.yaml\nexpect: {noNewAccess: true}',
])('what is true passes: %j', (fields) => {
  expect(prove(fields)).toEqual({ code: 0, out: '1 passed.\n', err: '' });
});

test.each([
  ['requests: {path: {prefix: /v2/models/}}\nexpect: {neverServedBy: models/wine}', 'expected: models/wine answers no request', 'actual:   for this request, models/wine answers'],
  ['requests: {host: h.test}\nexpect: {neverUnanswered: true}', 'expected: each request is answered', 'actual:   for this request, there is no answer: no rule for host h.test matches'],
  ['before: main\nexpect: {equivalent: true}', 'expected: all answers are as before', 'actual:   for this request, the answer is another one'],
  ['before: main\nexpect: {noNewAccess: true}', 'expected: no request has new access', 'actual:   for this request, it now reaches wine.models.svc.cluster.local:80'],
  ['expect: {disjoint: [models/iris, models/wine]}', 'expected: no request satisfies rules of both models/iris and models/wine', 'actual:   for this request, both VirtualServices have a rule for it'],
])('what is not true fails with a request: %j', (fields, expected, actual) => {
  const { code, out } = prove(fields);
  expect(code).toBe(1);
  const lines = out.split('\n').map((line) => line.trim());
  expect(lines[0]).toBe('failed one');
  expect(lines[2]).toMatch(/^GET http:\/\/.*\(HTTP\/1\.1\)$/);
  expect(lines).toEqual(expect.arrayContaining([expected, actual]));
  expect(lines[lines.indexOf('To send it:') + 1]).toMatch(/^curl (-H 'x-team: wine' )?http:\/\/h\.test\//);
});

test('what is not decided is an error', () => {
  const managed = (name: string) => SERVICES + virtualService('iris', [to(name, 'match: [{headers: {x-request-id: {exact: a}}}],')]);
  const { code, out } = prove('before: main\nexpect: {equivalent: true}', { 'dist/routes.yaml': managed('iris'), 'main/routes.yaml': managed('wine') });
  expect([code, out]).toEqual([2, [
    'error one', '  traffic-tests.yaml:3',
    '  it is not decided whether all answers are as before: Envoy itself sets, changes or removes the', '    header x-request-id.', '', '0 passed, 1 with an error.', '',
  ].join('\n')]);
});

test.each([
  ['expect: {}', 'proofs[0]: expect must have exactly one field, but has none'],
  ['expect: {neverServedBy: iris, neverUnanswered: true}', 'proofs[0]: expect must have exactly one field, but has neverServedBy, neverUnanswered'],
  ['expect: {neverUnanswered: false}', 'proofs[0]: neverUnanswered is false. Remove the statement, or state something that must be true'],
  ['expect: {equivalent: true}', 'proofs[0]: equivalent compares with an earlier state. Set `before` to its folder'],
  ['before: main\nrequests: {}\nexpect: {equivalent: true}', 'proofs[0]: equivalent is about all requests. Remove `requests`'],
  ['before: main\nexpect: {neverUnanswered: true}', 'proofs[0]: neverUnanswered is not about a change. Remove `before`'],
  ['requests: {}\nexpect: {disjoint: [a/b, a/c]}', 'proofs[0]: disjoint is about all requests. Remove `requests`'],
  ['expect: {disjoint: [a/b]}', 'proofs[0]: disjoint must have two VirtualServices, as namespace/name'],
])('a mistake in the file: %j', (fields, message) => {
  const { code, err } = prove(fields);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  ['requests: {}\nexpect: {neverServedBy: irs}', 'there is no model, pipeline, predictor or Service "irs". Did you mean "iris"?'],
  ['requests: {path: {exact: /a, prefix: /}}\nexpect: {neverUnanswered: true}', 'the pattern of the path has several conditions. Set one of exact, prefix, regex and present.'],
  ['requests: {path: {regex: "("}}\nexpect: {neverUnanswered: true}', 'the expression "(" of the path is not valid'],
  ['requests: {gateway: a/b}\nexpect: {neverUnanswered: true}', 'no request to a gateway matches the patterns. Check the gateway, the host and the path.'],
  ['expect: {disjoint: [models/iris, models/win]}', 'there is no VirtualService "models/win". Did you mean "models/wine"?'],
])('a mistake about the manifests is an error: %j', (fields, message) => {
  const { code, out } = prove(fields);
  expect(code).toBe(2);
  expect(out.replace(/\n +/g, ' ')).toContain(message);
});

test('nothing is proven of objects that are rejected', () => {
  const broken = SERVICES + virtualService('iris', [to('iris', "match: [{uri: {regex: '('}}],")]);
  const why = 'the expression "(" is not valid: missing closing ): `(`, so Istio rejects VirtualService models/iris.';
  const text = ({ out }: Outcome) => out.replace(/\s+/g, ' ');
  const one = prove('requests: {host: h.test}\nexpect: {neverServedBy: iris}', { 'dist/routes.yaml': broken });
  expect([one.code, text(one)]).toEqual([2, `error one traffic-tests.yaml:3 it is not decided whether iris answers no request: ${why} 0 passed, 1 with an error. `]);
  expect(text(prove('before: main\nexpect: {noNewAccess: true}', { 'dist/routes.yaml': broken }))).toContain(`it is not decided whether no request has new access: ${why}`);
  expect(text(prove('before: main\nexpect: {noNewAccess: true}', { 'main/routes.yaml': broken }))).toContain(`no request has new access: before the change, ${why}`);
});

test('an earlier state that does not exist', () => {
  const { code, out } = prove('before: nothing\nexpect: {noNewAccess: true}');
  expect([code, out.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining('there are no manifests in nothing. Give the folder of the earlier state in `before`.')]);
});
