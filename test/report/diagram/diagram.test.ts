import { sample, string } from 'fast-check';
import { Traffic } from '../../../src';
import { label, linesLabel } from '../../../src/report/diagram/label';
import { printable } from '../../../src/report/printable';
import { readMermaid } from '../../support/mermaid';
import { POLICY, ROUTES } from '../../support/traffic';

const diagramOf = (yaml: string, ...hosts: string[]) => Traffic.fromManifests(yaml).diagram(hosts.length === 0 ? {} : { hosts });

/** A gateway on port 80 for all hosts, and VirtualServices below it. */
const gateway = (...virtualServices: readonly object[]) => [
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gateway', namespace: 'istio-system' },
    spec: { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
  },
  ...virtualServices,
].map((object) => JSON.stringify(object)).join('\n---\n');

const virtualService = (name: string, hosts: readonly string[], http: readonly object[], more: object = {}) => ({
  apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace: 'models', ...more }, spec: { hosts, gateways: ['istio-system/gateway'], http },
});

/** A rule that is answered by Services in equal shares. */
const rule = (prefix: string, ...services: readonly string[]) => ({
  match: [{ uri: { prefix } }],
  route: services.map((host) => ({ destination: { host: `${host}.models.svc.cluster.local`, port: { number: 80 } }, weight: 100 / services.length })),
});

const service = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'models' }, spec: { ports: [{ port: 80, name: 'http' }] } });

const boxesOf = (diagram: string, what: string) => [...diagram.matchAll(new RegExp(`^ +(${what}\\d+)\\W`, 'gm'))].map(([, id]) => id).filter((id, i, ids) => ids.indexOf(id) === i);

const ALL_DENIED = POLICY.replace('rules:\n    - to: [{ operation: { paths: ["*/metrics"] } }]', 'rules: [{}]');

/** Models with a rule each, ten to a host. */
const models = (count: number, arms: number = 1) => gateway(
  ...Array.from({ length: count }, (_, i) => Array.from({ length: arms }, (__, j) => service(`model-${i}-${j}`))).flat(),
  ...Array.from({ length: count }, (_, i) => virtualService(`v${i}`, [`host-${Math.floor(i / 10)}.example.com`], [
    rule(`/v2/models/model-${i}/`, ...Array.from({ length: arms }, (__, j) => `model-${i}-${j}`)),
  ])),
);

test('draws gateways, hosts, rules in their order, shares, mirrors and answers of proxies', () => {
  expect(diagramOf(ROUTES)).toBe(`%%{init: {"flowchart": {"wrappingWidth": 800}}}%%
flowchart LR
  accTitle: Routes of requests to models
  accDescr: 3 rules of 1 host
  gateway1[/"istio-system/gateway:80"/]
  subgraph host1["Host models.example.com"]
    rule1["/v2/models/iris/#42;, x-tester: yes"]
    rule2["/v2/models/iris<br/>/v2/models/iris/#42;<br/>timeout 5s"]
    rule3["/old"]
  end
  gateway1 --> host1
  backend1(["iris.models.svc.cluster.local:8080 subset v2"])
  rule1 --> backend1
  backend2(["iris.models.svc.cluster.local:8080 subset v1"])
  rule2 -->|"75 %"| backend2
  rule2 -->|"25 %"| backend1
  backend3(["shadow.models.svc.cluster.local:8080"])
  rule2 -.->|"20 % mirrored"| backend3
  proxy1>"redirect 308 to http#58;//models.example.com/v2/models/iris"]
  rule3 --> proxy1
  classDef proxy stroke-dasharray:4 4
  class proxy1 proxy
`);
});

test('draws policies as locks', () => {
  const lines = diagramOf(ROUTES + ALL_DENIED).split('\n').map((line) => line.trim());
  expect(lines.filter((line) => line.includes('lock'))).toEqual([
    'lock1{{"🔒 AuthorizationPolicy istio-system/no-metrics"}}',
    'lock1 --> rule1',
    'lock2{{"🔒 AuthorizationPolicy istio-system/no-metrics"}}',
    'lock2 --> rule2',
    'lock3{{"🔒 AuthorizationPolicy istio-system/no-metrics"}}',
    'lock3 --> rule3',
    'classDef lock stroke-width:3px',
    'class lock1,lock2,lock3 lock',
  ]);
});

test('draws what the manifests do not decide', () => {
  const lines = diagramOf(undecided()).split('\n').map((line) => line.trim());
  expect(lines.filter((line) => line.includes('case'))).toEqual([
    'case1("Model models/iris exists")',
    'rule1 --> case1',
    'case2("otherwise")',
    'rule1 --> case2',
    'case1 --> backend1',
    'case2 --> proxy1',
  ]);
});

/** A route to a model that is not among the manifests. */
function undecided(): string {
  const destination = { host: 'seldon-mesh.models.svc.cluster.local', port: { number: 80 } };
  return gateway(virtualService('iris', ['*'], [{ route: [{ destination, headers: { request: { set: { 'seldon-model': 'iris' } } } }] }]));
}

test('joins matches that follow each other, and no others', () => {
  const http = [rule('/a', 'one'), rule('/b', 'one'), rule('/c', 'two'), rule('/d', 'one')];
  const diagram = diagramOf(gateway(service('one'), service('two'), virtualService('all', ['*'], http)));
  expect(diagram).toContain('rule1["/a#42;<br/>/b#42;"]');
  expect(diagram).toContain('rule3["/d#42;"]');
  expect(diagram.match(/ --> backend1$/gm)).toHaveLength(2);
});

test('tells that no request reaches a match', () => {
  const diagram = diagramOf(gateway(service('one'), virtualService('all', ['*'], [rule('/a', 'one'), rule('/a/b', 'one')])));
  expect(diagram).toContain('rule2["/a/b#42;<br/>(no request reaches the rule, since VirtualService models/all spec.http#91;0#93;.match#91;0#93; gets all of them)"]');
});

test('is the same for each order of the files, and each time', () => {
  const [a, ...others] = ROUTES.split('---\n');
  expect(diagramOf([...others.reverse(), a].join('\n---\n'))).toBe(diagramOf(ROUTES));
});

test('tells that there are no routes', () => {
  expect(diagramOf(gateway())).toContain('none["There are no routes"]');
});

describe('hosts', () => {
  const hosts = ['a.example.com', '*.example.com', '*'];
  const manifests = gateway(service('one'), ...hosts.map((host, i) => virtualService(`v${i}`, [host], [rule(`/${i}`, 'one')])));
  const shown = (...selected: string[]) => [...diagramOf(manifests, ...selected).matchAll(/subgraph \w+\["Host ([^"]*)"/g)].map(([, host]) => host.replace('#42;', '*')).sort();

  test.each([
    [[], ['*', '*.example.com', 'a.example.com']],
    [['a.example.com'], ['a.example.com']],
    [['A.example.com'], ['a.example.com']],
    [['b.example.com'], ['*.example.com']],
    [['c.b.example.com'], ['*.example.com']],
    [['example.com'], ['*']],
    [['*.example.com', 'a.example.com'], ['*.example.com', 'a.example.com']],
  ])('%j', (selected, found) => {
    expect(shown(...selected)).toEqual(found);
  });

  test('fails for a host without routes', () => {
    expect(() => diagramOf(ROUTES, 'model.example.com')).toThrow('host "model.example.com" has no routes. Did you mean "models.example.com"?');
    expect(() => diagramOf(ROUTES, 'other.org')).toThrow('host "other.org" has no routes. The hosts with routes are models.example.com');
    expect(() => diagramOf(gateway(), 'other.org')).toThrow('host "other.org" has no routes. There are no hosts with routes');
  });
});

describe('limits', () => {
  test('100 rules are shown', () => {
    const diagram = diagramOf(models(100));
    expect(boxesOf(diagram, 'rule')).toHaveLength(100);
    expect(diagram.match(/subgraph host/g)).toHaveLength(10);
    expect(diagram).not.toContain('Not shown');
  });

  test('more are counted', () => {
    const diagram = diagramOf(models(112));
    expect(boxesOf(diagram, 'rule')).toHaveLength(100);
    expect(diagram).toContain('  omitted["Not shown: 12 rules of 2 hosts"]\n');
    expect(diagram).toContain('accDescr: 112 rules of 12 hosts\n');
    expect(diagramOf(models(101))).toContain('"Not shown: 1 rule of 1 host"');
  });

  test('Mermaid draws 500 arrows and 50,000 characters', () => {
    const diagram = diagramOf(models(100, 10));
    expect(diagram.match(/-->/g)!.length).toBeGreaterThan(350);
    expect(diagram.match(/-->/g)!.length).toBeLessThan(500);
    expect(diagram.length).toBeLessThan(50_000);
    expect(diagram).toMatch(/"Not shown: \d\d rules of \d hosts"/);
    const long = gateway(service('one'), ...Array.from({ length: 99 }, (_, i) => ({
      ...virtualService(`v${i}`, ['*'], [
        { ...rule('/', i % 2 === 0 ? 'one' : 'two'), match: Array.from({ length: 12 }, (__, j) => ({ uri: { exact: `/${i}/${j}/${'*'.repeat(100)}` } })) },
      ]),
    })));
    expect(diagramOf(long).length).toBeLessThan(50_000);
    expect(diagramOf(long)).toContain('Not shown: ');
  });

  test('a rule with many matches counts them', () => {
    const match = Array.from({ length: 15 }, (_, i) => ({ uri: { exact: `/${i}` } }));
    expect(diagramOf(gateway(service('one'), virtualService('v', ['*'], [{ ...rule('/', 'one'), match }])))).toContain('/11<br/>and 3 more"]');
  });
});

describe('Mermaid', () => {
  const texts = [
    'end', 'a end b', '"quoted" and \'single\'', '[a] (b) {c} <d> |e|', '#42; &amp; #quot; &#35;', '*bold* **x** __y__ _z_ ~~s~~ `c`', '1. first', '12) twelfth', '- item',
    '+ item', '# heading', '> quote', '***', '---', '===', '    code', 'a  b', ' a ', 'http://example.com/x', 'www.example.com', 'a@example.com', '![i](u)', '[l](u)',
    '<script>alert(1)</script>', '<br/>', 'style: x#y;', 'classDef a:b#c;', '%% comment', '%%{init: {}}%%', '100 %%', 'fa:fa-car', '$$x$$', 'a\\*b', 'a\nb', 'é ß 模型 🔒 ﬂ°°42¶ß',
    ':::class', 'a-->b', 'subgraph', 'click a call b()', '~.*tensorflow.*|.*inference.*', '10.0.0.1:8080', '=', '+', '-', '*', '...', '1.', '`a`b', '&lt;', '\\', 'direction TB',
    '@{ shape: x }', 'flowchart LR', 'accTitle: x', 'default', 'linkStyle 0 x',
    ...sample(string({ maxLength: 30 }), { seed: 7, numRuns: 300 }),
    ...sample(string({ unit: 'grapheme', maxLength: 20 }), { seed: 7, numRuns: 100 }),
  ];
  const shown = texts.map((text) => printable(text) || ' ');
  const chart = (statements: readonly string[]) => `flowchart LR\n${statements.join('\n')}\n`;
  const manifests = ROUTES.replace('hosts: [models.example.com]\n  gateways', 'hosts: ["*"]\n  gateways').replace('prefix: /v2/models/iris/ }\n          headers', 'prefix: "/a*b_c/[end]" }\n          headers');
  const [boxes, others, lines, routes, locked, conditional, large, empty] = readMermaid(
    chart(texts.map((text, i) => `n${i}[${label(text)}]`)),
    chart(texts.flatMap((text, i) => [`subgraph g${i}[${label(text)}]`, `n${i}`, 'end', `n${i} -->|${label(text)}| x`])),
    chart([`a[${linesLabel(['- a', '*', 'b <br/>'])}]`]),
    diagramOf(manifests + POLICY),
    diagramOf(ROUTES + ALL_DENIED),
    diagramOf(undecided()),
    diagramOf(models(112)),
    diagramOf(gateway()),
  );

  test('shows labels of boxes as they are', () => {
    expect(texts.map((_, i) => boxes.boxes[`n${i}`].lines)).toEqual(shown.map((text) => [text]));
  });

  test('shows labels of groups and arrows as they are', () => {
    expect(texts.map((_, i) => others.groups[`g${i}`].title)).toEqual(shown);
    expect(others.edges.map(([, , text]) => text)).toEqual(shown);
  });

  test('shows lines', () => {
    expect(lines.boxes.a.lines).toEqual(['- a', '*', 'b <br/>']);
  });

  test('reads the diagram of routes', () => {
    expect(routes.type).toBe('flowchart-v2');
    expect(routes.groups).toEqual({ host1: { title: 'Host models.example.com', boxes: ['rule1', 'rule2', 'rule3'] } });
    expect(Object.entries(routes.boxes).map(([id, box]) => [id, box.shape, ...box.lines])).toEqual([
      ['gateway1', 'lean_right', 'istio-system/gateway:80'],
      ['rule1', 'square', '/a*b_c/[end]*, x-tester: yes'],
      ['rule2', 'square', '/v2/models/iris', '/v2/models/iris/*', 'timeout 5s'],
      ['rule3', 'square', '/old'],
      ['backend1', 'stadium', 'iris.models.svc.cluster.local:8080 subset v2'],
      ['backend2', 'stadium', 'iris.models.svc.cluster.local:8080 subset v1'],
      ['backend3', 'stadium', 'shadow.models.svc.cluster.local:8080'],
      ['proxy1', 'odd', 'redirect 308 to http://models.example.com/v2/models/iris'],
    ]);
    expect(routes.boxes.proxy1.classes).toEqual(['proxy']);
    expect(routes.edges).toEqual([
      ['gateway1', 'host1', '', 'normal'],
      ['rule1', 'backend1', '', 'normal'],
      ['rule2', 'backend2', '75 %', 'normal'],
      ['rule2', 'backend1', '25 %', 'normal'],
      ['rule2', 'backend3', '20 % mirrored', 'dotted'],
      ['rule3', 'proxy1', '', 'normal'],
    ]);
  });

  test('reads all other boxes', () => {
    expect(locked.boxes.lock1).toEqual({ shape: 'hexagon', lines: ['🔒 AuthorizationPolicy istio-system/no-metrics'], classes: ['lock'] });
    expect(locked.groups.host1.boxes).toEqual(['lock1', 'lock2', 'lock3', 'rule1', 'rule2', 'rule3']);
    expect(conditional.groups.host1.boxes).toEqual(['case1', 'case2', 'rule1']);
    expect(Object.keys(large.groups)).toHaveLength(11);
    expect(large.boxes.omitted.lines).toEqual(['Not shown: 12 rules of 2 hosts']);
    expect(empty.boxes.none.lines).toEqual(['There are no routes']);
  });
});

test('labels are shortened', () => {
  expect(label('x'.repeat(160))).toBe(`"${'x'.repeat(160)}"`);
  expect(label('x'.repeat(161))).toBe(`"${'x'.repeat(159)}…"`);
});
