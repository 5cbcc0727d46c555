import { compare } from '../../src/report/compare';
import { renderText } from '../../src/report/text';
import { Finding } from '../../src/rules/finding';
import { ATTACKS, badPort, narrowHost, overlap, reportOf, virtualService } from '../support/findings';

const THREE = [overlap(), badPort(), narrowHost()];

/** The findings of 100 routes as tutorials show them. */
const TUTORIALS = Array.from({ length: 100 }, (_, i) => [
  overlap(`iris-${i}`, `wine-${i}`), badPort(`iris-${i}`), narrowHost(`iris-${i}`), overlap(`iris-${i}`, 'wine', { rule: 'missing-port', related: [] }),
]).flat();

function linesOf(text: string): string[] {
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

test('findings are grouped by rule, the most serious first, with totals in the last line', () => {
  expect(renderText(reportOf([narrowHost(), badPort('wine'), overlap(), badPort('iris')]))).toMatchInlineSnapshot(`
"error overlapping-endpoints (1): Routes of two endpoints overlap
  routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]
    requests to /v2 also match VirtualService models/wine.
    Fix: give one of them another path or host.
    Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]

warning grpc-port-name (2): A gRPC port whose name is not that of a protocol
  routes/iris.yaml:30:11  Service models/iris spec.ports[1].name
    port 9000 is named data, so Istio treats gRPC as TCP.
    Fix: name it grpc-data.
  routes/wine.yaml:30:11  Service models/wine spec.ports[1].name
    port 9000 is named data, so Istio treats gRPC as TCP.

info narrower-host (1): A host that takes requests from "*"
  app/iris  VirtualService models/iris
    a narrower host is next to "*".
    Fix: add the routes of "*" to it. Leave it as it is if all its paths are routed.

1 error, 2 warnings, 1 info in 37 objects of 5 files
"
`);
});

test('no findings', () => {
  expect(renderText(reportOf([]))).toBe('no findings in 37 objects of 5 files\n');
  expect(renderText(reportOf([], { files: 1, objects: 1 }))).toBe('no findings in 1 object of 1 file\n');
});

test('a rule with findings of two levels has a group for each', () => {
  const lines = linesOf(renderText(reportOf([{ ...overlap('a'), rule: 'grpc-port-name' }, badPort()])));
  expect(lines.filter((line) => /^\w+ grpc/.test(line))).toEqual([
    'error grpc-port-name (1): A gRPC port whose name is not that of a protocol',
    'warning grpc-port-name (1): A gRPC port whose name is not that of a protocol',
  ]);
});

test('hundreds of findings fit on one screen, with examples of each rule', () => {
  expect(renderText(reportOf(TUTORIALS, { files: 100, objects: 300 }))).toMatchInlineSnapshot(`
"error missing-port (100): A route to a port that does not exist
  routes/iris-0.yaml:12:5  VirtualService models/iris-0 spec.http[0]
    requests to /v2 also match VirtualService models/wine.
    Fix: give one of them another path or host.
  routes/iris-1.yaml:12:5  VirtualService models/iris-1 spec.http[0]
    requests to /v2 also match VirtualService models/wine.
  routes/iris-10.yaml:12:5  VirtualService models/iris-10 spec.http[0]
    requests to /v2 also match VirtualService models/wine.

error overlapping-endpoints (100): Routes of two endpoints overlap
  routes/iris-0.yaml:12:5  VirtualService models/iris-0 spec.http[0]
    requests to /v2 also match VirtualService models/wine-0.
    Fix: give one of them another path or host.
    Also: routes/wine-0.yaml:3:5  VirtualService models/wine-0 spec.http[0]
  routes/iris-1.yaml:12:5  VirtualService models/iris-1 spec.http[0]
    requests to /v2 also match VirtualService models/wine-1.
    Also: routes/wine-1.yaml:3:5  VirtualService models/wine-1 spec.http[0]
  routes/iris-10.yaml:12:5  VirtualService models/iris-10 spec.http[0]
    requests to /v2 also match VirtualService models/wine-10.
    Also: routes/wine-10.yaml:3:5  VirtualService models/wine-10 spec.http[0]

warning grpc-port-name (100): A gRPC port whose name is not that of a protocol
  routes/iris-0.yaml:30:11  Service models/iris-0 spec.ports[1].name
    port 9000 is named data, so Istio treats gRPC as TCP.
    Fix: name it grpc-data.
  routes/iris-1.yaml:30:11  Service models/iris-1 spec.ports[1].name
    port 9000 is named data, so Istio treats gRPC as TCP.
  routes/iris-10.yaml:30:11  Service models/iris-10 spec.ports[1].name
    port 9000 is named data, so Istio treats gRPC as TCP.

info narrower-host (100): A host that takes requests from "*"
  app/iris-0  VirtualService models/iris-0
    a narrower host is next to "*".
    Fix: add the routes of "*" to it. Leave it as it is if all its paths are routed.
  app/iris-1  VirtualService models/iris-1
    a narrower host is next to "*".

Shown: 11 of 400 entries. List all with --all.
200 errors, 100 warnings, 100 infos in 300 objects of 100 files
"
`);
});

test('one screen is used, whatever the number of rules, and of lines below the findings', () => {
  const ignored = new Map(Array.from({ length: 9 }, (_, i) => [`Kind${i}`, i + 1]));
  for (const rules of [1, 2, 3, 5, 8, 13, 21, 40, 100]) {
    const findings = Array.from({ length: 10 * rules }, (_, i) => overlap(`iris-${i}`, 'wine', { rule: `rule-${i % rules}` }));
    const problems = [{ file: 'broken.yaml', line: 2, column: 1, message: 'expected a mapping' }];
    const lines = linesOf(renderText(reportOf(findings, { ignored, notManifests: 3, problems, accepted: [overlap()] })));
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.length).toBeGreaterThan(34);
    expect(lines.filter((line) => /^error rule-/.test(line)).length).toBe(Math.min(rules, 33));
  }
});

test('rules that are left out are counted', () => {
  const findings = Array.from({ length: 60 }, (_, i) => overlap(`iris-${i}`, 'wine', { rule: `rule-${i % 40}` }));
  expect(linesOf(renderText(reportOf(findings))).slice(-2)).toEqual([
    'Shown: 0 of 60 entries in 37 of 40 groups. List all with --all.',
    '60 errors in 37 objects of 5 files',
  ]);
});

test('each rule has a short example where there is no room for whole ones', () => {
  const findings = Array.from({ length: 8 }, (_, i) => overlap('iris', 'wine', { rule: `rule-${i}` }));
  const lines = linesOf(renderText(reportOf(findings)));
  expect(lines.filter((line) => line.startsWith('  routes/')).length).toBe(8);
  expect(lines.filter((line) => line.startsWith('    Fix:')).length).toBe(2);
  expect(lines[lines.length - 2]).toBe('Shown: all 8 entries, some without details. List all details with --all.');
  expect(lines.slice(0, 10)).toEqual([
    'error rule-0 (1)',
    '  routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]',
    '    requests to /v2 also match VirtualService models/wine.',
    '    Fix: give one of them another path or host.',
    '    Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]',
    '',
    'error rule-1 (1)',
    '  routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]',
    '    requests to /v2 also match VirtualService models/wine.',
    '    Fix: give one of them another path or host.',
  ]);
  expect(lines.slice(12, 16)).toEqual([
    'error rule-2 (1)',
    '  routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]',
    '    requests to /v2 also match VirtualService models/wine.',
    '',
  ]);
});

test('all findings are listed on demand, each with its remedy', () => {
  const text = renderText(reportOf(TUTORIALS), { all: true });
  expect(text.match(/^ {2}\S/gm)).toHaveLength(400);
  expect(text.match(/^ {4}Fix: /gm)).toHaveLength(400);
  expect(text).not.toContain('--all');
});

test('related places are counted beyond the second one', () => {
  const related = ['a', 'b', 'c', 'd'].map((name) => virtualService(name));
  const also = (findings: Finding[], all: boolean) => linesOf(renderText(reportOf(findings), { all })).filter((line) => line.includes('Also:'));
  expect(also([overlap('iris', 'wine', { related })], false)).toEqual([
    '    Also: routes/a.yaml:12:5  VirtualService models/a spec.http[0]',
    '    Also: routes/b.yaml:12:5  VirtualService models/b spec.http[0]',
    '    Also: 2 other places',
  ]);
  expect(also([overlap('iris', 'wine', { related: related.slice(0, 3) })], false)[2]).toBe('    Also: 1 other place');
  expect(also([overlap('iris', 'wine', { related })], true)).toHaveLength(4);
});

test('places', () => {
  const place = (more: Partial<Finding>) => linesOf(renderText(reportOf([narrowHost('iris', more)])))[1];
  expect(place({})).toBe('  app/iris  VirtualService models/iris');
  expect(place({ construct: undefined })).toBe('  VirtualService models/iris');
  expect(place({ file: 'dist/app.k8s.yaml' })).toBe('  dist/app.k8s.yaml  VirtualService models/iris (app/iris)');
  expect(place({ file: 'dist/app.k8s.yaml', line: 3 })).toBe('  dist/app.k8s.yaml:3  VirtualService models/iris (app/iris)');
  expect(place({ field: ['metadata', 'labels', 'a.b/c'] })).toBe('  app/iris  VirtualService models/iris metadata.labels["a.b/c"]');
});

test('long lines are broken at spaces', () => {
  const problem = `requests to ${Array.from({ length: 12 }, (_, i) => `/v2/models/iris-${i}/infer`).join(', ')} also match`;
  expect(linesOf(renderText(reportOf([overlap('iris', 'wine', { problem })]), { width: 60 }))).toEqual([
    'error overlapping-endpoints (1): Routes of two endpoints',
    '  overlap',
    '  routes/iris.yaml:12:5  VirtualService models/iris',
    '    spec.http[0]',
    '    requests to /v2/models/iris-0/infer,',
    '      /v2/models/iris-1/infer, /v2/models/iris-2/infer,',
    '      /v2/models/iris-3/infer, /v2/models/iris-4/infer,',
    '      /v2/models/iris-5/infer, /v2/models/iris-6/infer,',
    '      /v2/models/iris-7/infer, /v2/models/iris-8/infer,',
    '      /v2/models/iris-9/infer, /v2/models/iris-10/infer,',
    '      /v2/models/iris-11/infer also match.',
    '    Fix: give one of them another path or host.',
    '    Also: routes/wine.yaml:3:5  VirtualService models/wine',
    '      spec.http[0]',
    '',
    '1 error in 37 objects of 5 files',
  ]);
});

test('colors are plain ANSI codes, and only on demand', () => {
  // eslint-disable-next-line no-control-regex
  const codes = /\u001b\[\d+(;\d+)?m/g;
  expect(renderText(reportOf(THREE))).not.toMatch(codes);
  const text = renderText(reportOf(THREE), { color: true });
  expect(text.replace(codes, '')).toBe(renderText(reportOf(THREE)));
  expect(linesOf(text).filter((line) => codes.test(line))).toEqual([
    '\u001b[1;31merror overlapping-endpoints\u001b[0m (1): Routes of two endpoints overlap',
    '\u001b[2m    Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]\u001b[0m',
    '\u001b[1;33mwarning grpc-port-name\u001b[0m (1): A gRPC port whose name is not that of a protocol',
    '\u001b[1;36minfo narrower-host\u001b[0m (1): A host that takes requests from "*"',
  ]);
});

test('sections of a comparison have colors, too', () => {
  const comparison = compare([badPort('old')], [overlap()]);
  const lines = linesOf(renderText(reportOf([overlap()], { accepted: [narrowHost('a', { accepted: 'known' })] }, { comparison }), { color: true, accepted: true }));
  expect(lines.filter((line) => line.startsWith('\u001b'))).toEqual([
    '\u001b[1mIntroduced\u001b[0m',
    '\u001b[1;31merror overlapping-endpoints\u001b[0m (1): Routes of two endpoints overlap',
    '\u001b[2m    Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]\u001b[0m',
    '\u001b[1mFixed\u001b[0m',
    '\u001b[32mwarning grpc-port-name\u001b[0m (1): A gRPC port whose name is not that of a protocol',
    '\u001b[1mAccepted\u001b[0m',
    '\u001b[2minfo narrower-host\u001b[0m (1): A host that takes requests from "*"',
  ]);
});

test('what could not be read comes first, and counts', () => {
  const problems = [{ file: 'a.yaml', line: 3, column: 7, message: 'expected ":" after a key' }, { file: 'b.yaml', message: 'permission denied' }];
  expect(linesOf(renderText(reportOf([badPort()], { problems })))).toEqual([
    'error (2): documents that could not be read',
    '  a.yaml:3:7',
    '    expected ":" after a key.',
    '  b.yaml',
    '    permission denied.',
    '',
    'warning grpc-port-name (1): A gRPC port whose name is not that of a protocol',
    '  routes/iris.yaml:30:11  Service models/iris spec.ports[1].name',
    '    port 9000 is named data, so Istio treats gRPC as TCP.',
    '    Fix: name it grpc-data.',
    '',
    '1 warning in 37 objects of 5 files (2 documents could not be read)',
  ]);
});

test('what was not looked at is counted', () => {
  const ignored = new Map([['Job', 2], ['ConfigMap', 12], ['CronJob', 2], ['Ingress', 1], ['Role', 1], ['RoleBinding', 1], ['Lease', 1]]);
  expect(linesOf(renderText(reportOf([], { ignored, notManifests: 2 })))).toEqual([
    'Ignored: 20 objects that no rule reads (12 ConfigMap, 2 CronJob, 2 Job, 1 Ingress, 1 Lease, 2 other',
    '  kinds).',
    'Skipped: 2 documents without a manifest.',
    'no findings in 37 objects of 5 files',
  ]);
});

test('accepted findings are counted, and listed with their reasons on demand', () => {
  const accepted = [overlap('iris', 'wine', { accepted: 'the owner of wine knows' })];
  expect(linesOf(renderText(reportOf([], { accepted })))).toEqual(['Accepted: 1 finding. List them with --accepted.', 'no findings in 37 objects of 5 files']);
  expect(linesOf(renderText(reportOf([badPort()], { accepted }), { accepted: true }))).toEqual([
    'warning grpc-port-name (1): A gRPC port whose name is not that of a protocol',
    '  routes/iris.yaml:30:11  Service models/iris spec.ports[1].name',
    '    port 9000 is named data, so Istio treats gRPC as TCP.',
    '    Fix: name it grpc-data.',
    '',
    'Accepted',
    'error overlapping-endpoints (1): Routes of two endpoints overlap',
    '  routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]',
    '    requests to /v2 also match VirtualService models/wine.',
    '    Accepted: the owner of wine knows.',
    '    Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]',
    '',
    'Accepted: 1 finding.',
    '1 warning in 37 objects of 5 files',
  ]);
});

test('findings are compared with those of an earlier state', () => {
  const comparison = compare([badPort('old'), badPort()], THREE);
  expect(renderText(reportOf(THREE, {}, { comparison }))).toMatchInlineSnapshot(`
"Introduced
error overlapping-endpoints (1): Routes of two endpoints overlap
  routes/iris.yaml:12:5  VirtualService models/iris spec.http[0]
    requests to /v2 also match VirtualService models/wine.
    Fix: give one of them another path or host.
    Also: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]

info narrower-host (1): A host that takes requests from "*"
  app/iris  VirtualService models/iris
    a narrower host is next to "*".
    Fix: add the routes of "*" to it. Leave it as it is if all its paths are routed.

Fixed
warning grpc-port-name (1): A gRPC port whose name is not that of a protocol
  routes/old.yaml:30:11  Service models/old spec.ports[1].name
    port 9000 is named data, so Istio treats gRPC as TCP.

Compared: 2 introduced, 1 fixed, 1 unchanged. List unchanged findings with --all.
1 error, 1 warning, 1 info in 37 objects of 5 files
"
`);
  expect(linesOf(renderText(reportOf(THREE, {}, { comparison }), { all: true })).slice(-8)).toEqual([
    'Unchanged',
    'warning grpc-port-name (1): A gRPC port whose name is not that of a protocol',
    '  routes/iris.yaml:30:11  Service models/iris spec.ports[1].name',
    '    port 9000 is named data, so Istio treats gRPC as TCP.',
    '    Fix: name it grpc-data.',
    '',
    'Compared: 2 introduced, 1 fixed, 1 unchanged.',
    '1 error, 1 warning, 1 info in 37 objects of 5 files',
  ]);
});

test('a comparison without differences', () => {
  const comparison = compare(THREE, THREE);
  expect(linesOf(renderText(reportOf(THREE, {}, { comparison })))).toEqual([
    'Compared: 0 introduced, 0 fixed, 3 unchanged. List unchanged findings with --all.',
    '1 error, 1 warning, 1 info in 37 objects of 5 files',
  ]);
});

test.each(ATTACKS)('%j can neither write to the terminal nor give commands to GitHub Actions', (text) => {
  const attack = { name: text, namespace: text, kind: text, file: text, construct: text, field: [text, 0, text], problem: text, remedy: text };
  const findings = [overlap('iris', 'wine', { ...attack, rule: text, related: [virtualService(text, attack)] })];
  const summary = { ignored: new Map([[text, 1]]), problems: [{ file: text, message: text }], accepted: [overlap('a', 'b', { accepted: text })] };
  for (const width of [10, 100]) {
    const output = renderText(reportOf(findings, summary), { all: true, accepted: true, width });
    // eslint-disable-next-line no-control-regex
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e\ufffe\uffff]/);
    expect(output).not.toMatch(/\p{Cs}/u);
    expect(output).not.toMatch(/^\s*::/m);
    expect(output).not.toContain('##[');
  }
});
