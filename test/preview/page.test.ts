import { createHash } from 'crypto';
import { clusterOf } from '../../src/preview/embedded/embedded-clusters';
import { htmlOf, jsonInHtml } from '../../src/preview/markup/html';
import { element } from '../../src/preview/markup/markup';
import { PAGE_START } from '../../src/preview/page';
import { pageOf, previewOf, Reader } from '../support/preview';
import { GATEWAY, virtualService } from '../support/routes';
import { POLICY, ROUTES } from '../support/traffic';

const reader = new Reader(pageOf(previewOf(ROUTES + POLICY)), false);

test('the headings, in their order', () => {
  expect(reader.texts('h1,h2,h3')).toEqual(['Routes of dist', 'Who answers a request?', 'Diagram', 'Host models.example.com', 'Table of routes', 'Findings']);
  expect(reader.texts('header p')).toEqual(['3 routes, 0 errors, 0 warnings']);
  expect(reader.all('nav a').map((link) => [link.getAttribute('href'), link.textContent])).toEqual([
    ['#request', 'Request'], ['#diagram', 'Diagram'], ['#routes', 'Routes'], ['#findings', 'Findings'],
  ]);
});

test('the diagram is a list of rules, each with its arms and their shares', () => {
  expect(reader.texts('.entrances li')).toEqual(['istio-system/gateway:80']);
  expect(reader.all('.rule').map((rule) => [[...rule.querySelectorAll('.match p')], [...rule.querySelectorAll('.arm')]].map((list) => list.map(({ textContent }) => textContent)))).toEqual([
    [['/v2/models/iris/*, x-tester: yes'], ['100 % iris.models.svc.cluster.local:8080 subset v2']],
    [['/v2/models/iris', '/v2/models/iris/*', 'timeout 5s'], [
      '75 % iris.models.svc.cluster.local:8080 subset v1', '25 % iris.models.svc.cluster.local:8080 subset v2', '20 % mirrored shadow.models.svc.cluster.local:8080',
    ]],
    [['/old'], ['100 % redirect 308 to http://models.example.com/v2/models/iris']],
  ]);
  expect(reader.all('.arm').map((arm) => arm.getAttribute('class'))).toEqual(['arm', 'arm', 'arm', 'arm mirror', 'arm proxy']);
});

test('the table of routes has a request to try in each row', () => {
  expect(reader.texts('th')).toEqual(['Request', 'Entrance', 'Host', 'Match', 'Answered by', 'Mirrored to', 'Limits and policies', 'Rule']);
  expect(reader.all('tbody tr').map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent))[2]).toEqual([
    'Try', 'istio-system/gateway:80', 'models.example.com', '/old', 'redirect 308 to http://models.example.com/v2/models/iris', '', '',
    'dist/a.yaml:35:11  VirtualService models/iris spec.http[2].match[0]',
  ]);
  expect(reader.all('.try').map((button) => [button.getAttribute('data-example'), button.getAttribute('aria-label')])).toEqual([
    ['0', 'Try a request for /v2/models/iris/*, x-tester: yes on models.example.com'],
    ['1', 'Try a request for /v2/models/iris on models.example.com'],
    ['2', 'Try a request for /old on models.example.com'],
  ]);
});

test('columns and lists that would be empty are left out', () => {
  const plain = new Reader(pageOf(previewOf(ROUTES.replace(/ {6}timeout: 5s\n {6}mirror.*\n.*\n/, ''))), false);
  expect(plain.texts('th')).toEqual(['Request', 'Entrance', 'Host', 'Match', 'Answered by', 'Rule']);
  const empty = new Reader(pageOf(previewOf('apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n')), false);
  expect(empty.texts('#diagram p, #routes p, #findings p')).toEqual(['0 routes', 'There are no routes.', 'There are no routes.', 'There are no findings.']);
});

test('policies and conditions are in the diagram', () => {
  const all = POLICY.replace('rules:\n    - to: [{ operation: { paths: ["*/metrics"] } }]', 'rules: [{}]');
  expect(new Reader(pageOf(previewOf(ROUTES + all)), false).texts('.rule .policy')[0]).toBe('AuthorizationPolicy istio-system/no-metrics');
  const route = '{route: [{destination: {host: seldon-mesh, port: {number: 80}}, headers: {request: {set: {seldon-model: iris}}}}]}';
  expect(new Reader(pageOf(previewOf(GATEWAY + virtualService('iris', [route]))), false).texts('.rule .condition')).toEqual(['If Model models/iris exists:', 'Otherwise:']);
});

test('findings, those that are accepted, and what could not be read', () => {
  const preview = previewOf(`${ROUTES}---\na: [\n`);
  const [open, accepted] = [
    { rule: 'a', level: 'error', problem: 'p', remedy: 'r', field: ['spec'], apiVersion: 'v1', kind: 'Service', namespace: 'n', name: 's', file: 'f', line: 2, column: 3 },
    { rule: 'b', level: 'warning', problem: 'q', remedy: 'r', field: [], apiVersion: 'v1', kind: 'Service', namespace: 'n', name: 's', accepted: 'known' },
  ].map((finding) => ({ ...finding, related: [{ ...finding, name: 'other' }] }) as never);
  const page = new Reader(pageOf({ ...preview, before: 'main', findings: { ...preview.findings, findings: [accepted, open], introduced: [open] } }), false);
  expect(page.texts('.finding').map((each) => each.replace(/valid YAML.*/, 'valid YAML…'))).toEqual([
    'not read dist/a.yaml:77this is not valid YAML…',
    'error a newp. R.f:2:3  Service n/s specand f:2:3  Service n/other spec',
    'warning bq. R.Accepted: known.Service n/sand Service n/other',
  ]);
  expect(page.texts('details > summary')).toEqual(['Client, gateway and token', 'Accepted findings: 1']);
  expect(page.texts('header p')).toEqual(['3 routes, 1 error, 0 warnings, compared with main']);
});

test('nothing is loaded, and only this script and this style are used', () => {
  const html = pageOf(previewOf(ROUTES), 'start();');
  const policy = new Reader(html, false).all('meta[http-equiv]').map((meta) => meta.getAttribute('content'));
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');
  const style = /<style>(.*)<\/style>/s.exec(html)![1];
  expect(policy).toEqual([
    `default-src 'none'; script-src 'sha256-${hash('start();')}'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'; `
    + 'require-trusted-types-for \'script\'; trusted-types \'none\'',
  ]);
  expect(html.match(/(?:src|href)=(?!"(?:#|https:\/\/github\.com\/cdk8s-seldon-istio\/))[^ ]*/g)).toBeNull();
  expect(html.match(/ (?:style|on\w+)=/g)).toBeNull();
  expect(html.startsWith(PAGE_START)).toBe(true);
});

test('the same manifests have the same bytes', () => {
  expect(pageOf(previewOf(ROUTES))).toBe(pageOf(previewOf(ROUTES)));
});

const ATTACK = '</script><img src=x onerror=alert(1)><!--';

test('texts of manifests are texts, whatever they contain', () => {
  const attacked = ROUTES.replaceAll('x-tester: { exact: "yes" }', `x-tester: { exact: '${ATTACK}' }`)
    .replace('{ name: iris, namespace: models }', `{ name: '${ATTACK}', namespace: '"><script>alert(2)</script>' }`);
  const html = pageOf(previewOf(attacked));
  const page = new Reader(html, false);
  expect([page.all('img').length, page.all('script').length]).toEqual([0, 2]);
  expect(page.texts('td.place div')[0]).toContain(`VirtualService "><script>alert(2)</script>/${ATTACK} spec.http[0].match[0]`);
  const data = JSON.parse(page.byId('data').textContent!);
  expect(clusterOf(data, data.clusters[0].objects, {}).objects[1].name).toBe(ATTACK);
});

test('characters that cannot be seen are shown', () => {
  expect(htmlOf(element('p', { title: 'a\u202eb' }, 'a\u202eb\u0000\n<&>"\''))).toBe('<p title="a\\u202eb">a\\u202eb\\u0000\n&lt;&amp;&gt;&quot;&#39;</p>');
});

test('attributes without a value, and elements without content', () => {
  expect(htmlOf(element('input', { hidden: true, id: 'a', list: undefined, size: 3 }))).toBe('<input hidden id="a" size="3">');
  expect(htmlOf(element('svg', {}, element('rect', { width: 1 }), ['a', undefined, ['b']]))).toBe('<svg><rect width="1"></rect>ab</svg>');
});

test('data in a page cannot end its element', () => {
  expect(jsonInHtml({ a: '</script><!--&\u2028' })).toBe('{"a":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028"}');
});
