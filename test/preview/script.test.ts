import { Cluster } from '../../src/cluster/cluster';
import { readManifests } from '../../src/cluster/yaml/read-manifests';
import { pageOf, previewOf, previewScript, Reader } from '../support/preview';
import { POLICY, ROUTES } from '../support/traffic';

const V1 = 'iris.models.svc.cluster.local:8080 subset v1';
const V2 = 'iris.models.svc.cluster.local:8080 subset v2';
const SHADOW = 'shadow.models.svc.cluster.local:8080';

function open(text: string = ROUTES + POLICY): Reader {
  return new Reader(pageOf(previewOf(text), previewScript()));
}

function clusterIn(text: string, file: string): Cluster {
  return new Cluster(readManifests(text, { file }).objects);
}

test('the script is small, needs nothing else, and cannot end its element', () => {
  const script = previewScript();
  expect(script.length).toBeLessThan(420_000);
  expect(script.match(/<\/script|<!--|\b(?:fetch|XMLHttpRequest|WebSocket|Function|importScripts|innerHTML|document\.write)\b\s*[(=]|[^.}\w]eval\(/g)).toBeNull();
  expect(script.match(/\brequire\(["']|\bprocess\.|\bBuffer\b/g)).toBeNull();
});

test('a request is answered, with its trace', () => {
  const reader = open();
  reader.fill('field-host', 'models.example.com');
  reader.fill('field-path', '/v2/models/iris/infer');
  reader.answer();
  expect(reader.texts('#answer-summary')).toEqual([`75 % ${V1}, 25 % ${V2}, 20 % mirrored to ${SHADOW}.`]);
  expect(reader.page.activeElement!.id).toBe('answer-heading');
  expect(reader.texts('#answer h3, #answer h4, #answer .client li')).toEqual(['GET http://models.example.com/v2/models/iris/infer (HTTP/1.1)', 'to port 80', 'Trace']);
  expect(reader.texts('#answer .outcome')[0]).toBe(`75 %${V1} (Deployment models/iris-v1)receives GET /v2/models/iris/infer with host models.example.comsets x-arm: v1removes x-debug`);
  expect(reader.texts('.step').slice(0, 4)).toEqual([
    'gateway applies: server "http" (HTTP, port 80) accepts the connectiondist/a.yaml:7:7  Gateway istio-system/gateway spec.servers[0]',
    'policy does not apply: DENY: spec.rules[0] does not match, since path is "/v2/models/iris/infer", not "*/metrics"dist/a.yaml:83:7  AuthorizationPolicy istio-system/no-metrics spec.rules[0]',
    'host applies: virtual host models.example.com',
    'rule does not apply: VirtualService models/iris: header x-tester is absentdist/a.yaml:18:11  VirtualService models/iris spec.http[0].match[0]',
  ]);
});

test('headers are sent', () => {
  const reader = open();
  reader.fill('field-host', 'models.example.com');
  reader.fill('field-path', '/v2/models/iris/infer');
  reader.fill('field-headers', 'x-tester: yes');
  reader.answer();
  expect(reader.texts('#answer-summary')).toEqual([`100 % ${V2}.`]);
});

test('a denied request names the policy', () => {
  const reader = open();
  reader.fill('field-path', '/v2/models/iris/metrics');
  reader.answer();
  expect(reader.texts('#answer-summary')).toEqual(['100 % 403 denied (spec.rules[0] of AuthorizationPolicy istio-system/no-metrics denies the request).']);
  expect(reader.texts('.outcome.proxy').length).toBe(1);
});

test('a command line is answered, and its notes are shown', () => {
  const reader = open();
  expect([reader.byId('parts').hidden, reader.byId('command-line').hidden]).toEqual([false, true]);
  reader.byId('mode-command').click();
  expect([reader.byId('parts').hidden, reader.byId('command-line').hidden]).toEqual([true, false]);
  reader.fill('field-command', 'curl http://models.example.com/old | jq .');
  reader.answer();
  expect(reader.texts('#answer-summary')).toEqual(['100 % redirect 308 to http://models.example.com/v2/models/iris.']);
  expect(reader.texts('#answer .note')).toEqual(['Note: the command ends at "|", as in a shell. Quote words that contain such characters.']);
});

test('a mistake is reported at its field, and is gone after the next answer', () => {
  const reader = open();
  reader.fill('field-host', 'models example');
  reader.answer();
  expect(reader.texts('#request-error')[0]).toMatch(/^host "models example" /);
  expect([reader.texts('#answer-summary'), reader.page.activeElement!.id]).toEqual([[''], 'field-host']);
  expect(reader.byId('field-host').getAttribute('aria-invalid')).toBe('true');
  reader.fill('field-host', 'models.example.com');
  reader.answer();
  expect([reader.texts('#request-error'), reader.byId('field-host').getAttribute('aria-invalid')]).toEqual([[''], null]);
  reader.byId('mode-command').click();
  reader.answer();
  expect([reader.texts('#request-error'), reader.page.activeElement!.id]).toEqual([['the command line is empty. Give a curl or grpcurl command.'], 'field-command']);
});

test('the request of a row is tried, and replaces all of the last one', () => {
  const reader = open();
  reader.byId('mode-command').click();
  reader.byId('field-grpc').checked = true;
  reader.fill('field-headers', 'x-a: b');
  reader.all('.try')[1].click();
  expect(reader.texts('#answer-summary')).toEqual([`75 % ${V1}, 25 % ${V2}, 20 % mirrored to ${SHADOW}.`]);
  expect(['method', 'host', 'path', 'headers', 'gateway'].map((name) => reader.byId(`field-${name}`).value)).toEqual(['GET', 'models.example.com', '/v2/models/iris', '', 'istio-system/gateway']);
  expect([reader.byId('field-grpc').checked, reader.byId('mode-fields').checked, reader.byId('parts').hidden]).toEqual([false, true, false]);
  // The Gateway is among the fields that are closed.
  expect(reader.all('.more')[0].open).toBe(true);
});

test('the form is cleared with its answer', () => {
  const reader = open();
  reader.all('.try')[0].click();
  reader.byId('mode-command').click();
  reader.all('[type=reset]')[0].click();
  expect([reader.texts('#answer-summary'), reader.texts('#answer'), reader.byId('field-host').value, reader.byId('parts').hidden]).toEqual([[''], [''], '', false]);
});

test('with an earlier state, both answers are shown', () => {
  const earlier = clusterIn(ROUTES.replace('weight: 75', 'weight: 90').replace('weight: 25', 'weight: 10'), 'old/a.yaml');
  const preview = previewOf(ROUTES);
  const report = { changes: [], repeated: [], undecided: [], violations: [], commandFor: () => ({ kind: 'curl', text: '', notes: [] } as const) };
  const reader = new Reader(pageOf({ ...preview, before: 'old', clusters: [{ ...preview.clusters[0], change: { before: earlier, report } }] }, previewScript()));
  reader.fill('field-path', '/v2/models/iris/infer');
  reader.answer();
  const mirrored = `20 % mirrored to ${SHADOW}`;
  expect(reader.texts('#answer-summary')).toEqual([`Before: 90 % ${V1}, 10 % ${V2}, ${mirrored}. Now: 75 % ${V1}, 25 % ${V2}, ${mirrored}.`]);
  expect(reader.texts('.state h4')).toEqual(['Before', 'Now']);
  expect(reader.texts('#changes p')).toEqual(['Nothing changes.']);
  expect(reader.texts('.state .step .place').filter((place) => place.startsWith('old/')).length).toBeGreaterThan(3);
});

test('manifests of several clusters are answered by the one that is selected', () => {
  const preview = previewOf(ROUTES);
  const other = { name: 'other', cluster: clusterIn(ROUTES.replace('weight: 75', 'weight: 50').replace('weight: 25', 'weight: 50'), 'other/a.yaml') };
  const reader = new Reader(pageOf({ ...preview, clusters: [...preview.clusters, other] }, previewScript()));
  expect(reader.texts('#routes h3')).toEqual(['dist', 'other']);
  expect(reader.texts('#field-cluster option')).toEqual(['dist', 'other']);
  reader.all('.try')[4].click();
  expect(reader.byId('field-cluster').value).toBe('1');
  expect(reader.texts('#answer-summary')).toEqual([`50 % ${V1}, 50 % ${V2}, 20 % mirrored to ${SHADOW}.`]);
});

test('the filter finds routes by all its words', () => {
  const reader = open();
  expect(reader.texts('#filter-status')).toEqual(['3 routes']);
  reader.fill('filter', 'Models.example SUBSET v1');
  expect(reader.texts('#filter-status')).toEqual(['1 of 3 routes']);
  expect(reader.texts('tbody tr').length).toBe(1);
  expect(reader.texts('.rule').length).toBe(1);
  reader.fill('filter', 'nothing like it');
  expect([reader.texts('#filter-status'), reader.texts('tbody tr'), reader.texts('.host')]).toEqual([['0 of 3 routes'], [], []]);
  reader.fill('filter', '');
  expect([reader.texts('tbody tr').length, reader.texts('.rule').length, reader.texts('.host').length]).toEqual([3, 3, 1]);
});

test('of many routes, the first are shown, and all on request', () => {
  const many = ROUTES.replace('    - match:\n        - uri: { exact: /old }', Array.from({ length: 150 }, (_, i) => (
    `    - match: [{ uri: { exact: /r${i} } }]\n      timeout: ${i + 1}s\n      route: [{ destination: { host: iris, port: { number: 8080 }, subset: v1 } }]\n`)).join('') + '    - match:\n        - uri: { exact: /old }');
  const reader = open(many);
  expect(reader.texts('#filter-status')).toEqual(['153 routes, of which the first 100 are shown']);
  expect([reader.texts('tbody tr').length, reader.texts('.rule').length, reader.all('.long').length]).toEqual([100, 100, 1]);
  reader.fill('filter', '/r149');
  expect([reader.texts('#filter-status'), reader.texts('tbody tr').length]).toEqual([['1 of 153 routes'], 1]);
  reader.fill('filter', '');
  reader.all('.show-more')[0].click();
  expect([reader.texts('#filter-status'), reader.texts('tbody tr').length, reader.texts('.show-more')]).toEqual([['153 routes'], 153, []]);
});
