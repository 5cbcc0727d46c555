import * as fc from 'fast-check';
import { compare } from '../../src/report/compare';
import { renderGithub } from '../../src/report/github';
import { renderJson } from '../../src/report/json';
import { renderJunit } from '../../src/report/junit';
import { Report } from '../../src/report/report';
import { renderSarif } from '../../src/report/sarif';
import { renderText } from '../../src/report/text';
import { Finding, FindingPlace } from '../../src/rules/finding';
import { Level } from '../../src/rules/rule';
import { badPort, narrowHost, overlap, reportOf } from '../support/findings';
import { sarifFaults } from '../support/sarif';
import { parseXml } from '../support/xml';

const FORMATS: readonly (readonly [string, (report: Report) => string])[] = [
  ['text', renderText], ['all text', (report) => renderText(report, { all: true, accepted: true, color: true })],
  ['JSON', renderJson], ['SARIF', renderSarif], ['GitHub', renderGithub], ['JUnit', renderJunit],
];

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 }), fc.constantFrom('\ud800', '::', '%', ']]>', '\u001b[0m', '\n', '__proto__'));

const anyPlace: fc.Arbitrary<FindingPlace> = fc.record({
  apiVersion: anyText,
  kind: anyText,
  namespace: anyText,
  name: anyText,
  field: fc.array(fc.oneof(anyText, fc.nat(20)), { maxLength: 4 }),
  construct: anyText,
  file: anyText,
  line: fc.integer({ min: 1 }),
  column: fc.integer({ min: 1 }),
}, { requiredKeys: ['apiVersion', 'kind', 'namespace', 'name', 'field'] });

const anyFinding: fc.Arbitrary<Finding> = fc.tuple(anyPlace, fc.record({
  rule: fc.oneof(fc.constantFrom('missing-port', 'narrower-host'), anyText),
  level: fc.constantFrom(Level.ERROR, Level.WARNING, Level.INFO),
  problem: anyText,
  remedy: anyText,
  related: fc.array(anyPlace, { maxLength: 3 }),
  accepted: anyText,
}, { requiredKeys: ['rule', 'level', 'problem', 'remedy', 'related'] })).map(([place, finding]) => ({ ...place, ...finding }));

const anyFindings = fc.array(anyFinding, { maxLength: 8 });

test('each format can hold any text', () => {
  fc.assert(fc.property(anyFindings, anyFindings, fc.boolean(), anyText, (before, after, compared, file) => {
    const open = after.filter(({ accepted }) => accepted === undefined);
    const accepted = after.filter((finding) => finding.accepted !== undefined);
    const summary = { accepted, problems: [{ file, message: file }], ignored: new Map([[file, 1]]) };
    const report = reportOf(open, summary, compared ? { comparison: compare(before, after) } : {});
    expect(sarifFaults(JSON.parse(renderSarif(report)))).toEqual([]);
    expect(Number(parseXml(renderJunit(report)).attributes.tests)).toBeGreaterThanOrEqual(5);
    expect((JSON.parse(renderJson(report)) as { readonly findings: readonly unknown[] }).findings).toHaveLength(open.length);
    const text = renderText(report);
    expect(text.split('\n').length).toBeLessThanOrEqual(41);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    for (const line of renderGithub(report).trimEnd().split('\n').slice(0, -1)) expect(line).toMatch(/^::(error|warning|notice) title=|^::(error|warning|notice) file=/);
  }), { numRuns: 300 });
});

test('compared findings are all there', () => {
  fc.assert(fc.property(anyFindings, anyFindings, (before, after) => {
    const { introduced, fixed, unchanged } = compare(before, [...before, ...after].filter(({ accepted }) => accepted === undefined));
    expect(fixed).toEqual([]);
    expect(unchanged).toHaveLength(before.filter(({ accepted }) => accepted === undefined).length);
    expect(introduced).toHaveLength(after.filter(({ accepted }) => accepted === undefined).length);
  }));
});

test.each(FORMATS)('%s does not depend on the order of findings', (_, render) => {
  const findings = Array.from({ length: 30 }, (__, i) => [overlap(`iris-${i}`), badPort(`iris-${i}`), narrowHost(`iris-${i}`)]).flat();
  const before = findings.slice(10, 40);
  const report = (list: readonly Finding[]) => render(reportOf(list, {}, { comparison: compare(before, list) }));
  expect(report([...findings].reverse())).toBe(report(findings));
});

test.each(FORMATS)('%s reads ten times as many findings about ten times as often', (_, render) => {
  const readsFor = (count: number): number => {
    let reads = 0;
    const counted = <T extends object>(finding: T): T => new Proxy(finding, {
      get: (target, name, receiver) => {
        reads += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const findings = Array.from({ length: count }, (__, i) => counted(overlap(`iris-${i}`, 'wine', { field: ['spec', 'http', i] })));
    expect(render(reportOf(findings, {}, { comparison: compare(findings.slice(count / 2), findings) })).length).toBeGreaterThan(100);
    return reads;
  };
  // All pairs would be a hundred times as many. Sorting takes more than ten times as long.
  expect(readsFor(5000)).toBeLessThan(20 * readsFor(500));
});
