import { compare } from '../../src/report/compare';
import { renderJunit } from '../../src/report/junit';
import { Report } from '../../src/report/report';
import { Level } from '../../src/rules/rule';
import { ATTACKS, badPort, narrowHost, overlap, reportOf, virtualService } from '../support/findings';
import { parseXml, XmlElement } from '../support/xml';

const THREE = [overlap(), badPort(), narrowHost()];

/** The outcome of each test case. */
function outcomes(report: Report, threshold?: Level): string[] {
  return parseXml(renderJunit(report, { threshold })).children.flatMap(({ children }) => children)
    .map(({ attributes, children }) => `${attributes.classname}: ${children.map(({ name }) => name).join() || 'passed'}`);
}

function counts({ attributes }: XmlElement): number[] {
  return ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(attributes[name]));
}

test('a suite for each rule, and a test case for each finding', () => {
  expect(renderJunit(reportOf(THREE))).toMatchInlineSnapshot(`
"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seldon-istio" tests="4" failures="2" errors="0" skipped="0">
  <testsuite name="grpc-port-name" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="grpc-port-name" name="Service models/iris spec.ports[1].name: port 9000 is named data, so Istio treats gRPC as TCP" file="routes/iris.yaml" line="30">
      <failure message="port 9000 is named data, so Istio treats gRPC as TCP" type="warning">routes/iris.yaml:30:11  Service models/iris spec.ports[1].name
port 9000 is named data, so Istio treats gRPC as TCP.
Fix: name it grpc-data.</failure>
    </testcase>
  </testsuite>
  <testsuite name="missing-port" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="missing-port" name="no findings: A route to a port that does not exist"/>
  </testsuite>
  <testsuite name="narrower-host" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="narrower-host" name="VirtualService models/iris: a narrower host is next to &quot;*&quot;">
      <system-out>info
app/iris  VirtualService models/iris
a narrower host is next to &quot;*&quot;.
Fix: add the routes of &quot;*&quot; to it. Leave it as it is if all its paths are routed.</system-out>
    </testcase>
  </testsuite>
  <testsuite name="overlapping-endpoints" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="overlapping-endpoints" name="VirtualService models/iris spec.http[0]: requests to /v2 also match VirtualService models/wine" file="routes/iris.yaml" line="12">
      <failure message="requests to /v2 also match VirtualService models/wine" type="error">routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]
requests to /v2 also match VirtualService models/wine.
Fix: give one of them another path or host.
Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]</failure>
    </testcase>
  </testsuite>
</testsuites>
"
`);
});

test('a rule without findings passes', () => {
  expect(outcomes(reportOf([]))).toEqual(['grpc-port-name: passed', 'missing-port: passed', 'narrower-host: passed', 'overlapping-endpoints: passed']);
});

test('a rule that is not in the list has a suite of its own', () => {
  expect(outcomes(reportOf([overlap('a', 'b', { rule: 'unused-acceptance' })], {}, { rules: [] }))).toEqual(['unused-acceptance: failure']);
});

test.each([
  [Level.ERROR, ['failure', 'system-out', 'system-out']],
  [Level.WARNING, ['failure', 'failure', 'system-out']],
  [undefined, ['failure', 'failure', 'system-out']],
  [Level.INFO, ['failure', 'failure', 'failure']],
])('findings fail at or above the threshold %s', (threshold, [error, warning, info]) => {
  expect(outcomes(reportOf(THREE, {}, { rules: [] }), threshold)).toEqual([
    `grpc-port-name: ${warning}`, `narrower-host: ${info}`, `overlapping-endpoints: ${error}`,
  ]);
});

test('accepted findings are skipped, with the reason', () => {
  const root = parseXml(renderJunit(reportOf([], { accepted: [overlap('a', 'b', { accepted: 'known & "wanted"' })] }, { rules: [] })));
  expect(root.children[0].children[0].children).toEqual([
    { name: 'skipped', attributes: { message: 'accepted: known & "wanted"' }, children: [], text: '' },
  ]);
});

test('what could not be read is an error', () => {
  const problems = [{ file: './a.yaml', line: 3, column: 7, message: 'expected ":" after a key' }];
  expect(renderJunit(reportOf([], { problems }, { rules: [] }))).toBe([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="seldon-istio" tests="1" failures="0" errors="1" skipped="0">',
    '  <testsuite name="unreadable" tests="1" failures="0" errors="1" skipped="0">',
    '    <testcase classname="unreadable" name="./a.yaml:3:7" file="a.yaml" line="3">',
    '      <error message="expected &quot;:&quot; after a key" type="unreadable">./a.yaml:3:7',
    'expected &quot;:&quot; after a key.</error>',
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n'));
});

test('no rules and no findings', () => {
  expect(renderJunit(reportOf([], {}, { rules: [] }))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="seldon-istio" tests="0" failures="0" errors="0" skipped="0"/>\n',
  );
});

test('compared with an earlier state, only introduced findings fail', () => {
  const report = reportOf(THREE, {}, { rules: [], comparison: compare([badPort('old'), badPort(), narrowHost()], THREE) });
  const [ports, hosts, overlaps] = parseXml(renderJunit(report)).children;
  const contents = ports.children.map(({ attributes, children: [content] }) => (
    [attributes.file, content.name, content.attributes.message ?? content.text]
  ));
  expect(contents).toEqual([
    ['routes/iris.yaml', 'skipped', 'unchanged warning: port 9000 is named data, so Istio treats gRPC as TCP'],
    ['routes/old.yaml', 'system-out', [
      'fixed warning',
      'routes/old.yaml:30:11  Service models/old spec.ports[1].name',
      'port 9000 is named data, so Istio treats gRPC as TCP.',
      'Fix: name it grpc-data.',
    ].join('\n')],
  ]);
  expect(hosts.children[0].children.map(({ name, text }) => [name, text.split('\n')[0]])).toEqual([['system-out', 'unchanged info']]);
  expect(overlaps.children[0].children.map(({ name }) => name)).toEqual(['failure']);
});

test('suites and their root count test cases', () => {
  const problems = [{ file: 'a.yaml', message: 'x' }];
  const accepted = [badPort('accepted', { accepted: 'known' })];
  const root = parseXml(renderJunit(reportOf(THREE, { problems, accepted })));
  expect(root.children.map((suite) => [suite.attributes.name, ...counts(suite)])).toEqual([
    ['unreadable', 1, 0, 1, 0], ['grpc-port-name', 2, 1, 0, 1], ['missing-port', 1, 0, 0, 0], ['narrower-host', 1, 0, 0, 0], ['overlapping-endpoints', 1, 1, 0, 0],
  ]);
  expect(counts(root)).toEqual([6, 2, 1, 1]);
});

test.each(ATTACKS)('%j is text', (text) => {
  const attack = { name: text, namespace: text, kind: text, file: text, construct: text, field: [text, 0, text], problem: text, remedy: text };
  const finding = overlap('iris', 'wine', { ...attack, rule: text, related: [virtualService(text, attack)] });
  const rules = [{ ...reportOf([]).rules[0], id: `no ${text}`, title: text }];
  const summary = { problems: [{ file: text, message: text }], accepted: [overlap('a', 'b', { rule: text, accepted: text })] };
  const report = reportOf([finding], summary, { rules });
  const root = parseXml(renderJunit(report));
  expect(counts(root)).toEqual([4, 1, 1, 1]);
  const shown = root.children[0].children[0].children[0].attributes.message;
  // eslint-disable-next-line no-control-regex
  if (/^[ -~]*$/.test(text)) expect(shown).toBe(text);
});
