import { compare } from '../../src/report/compare';
import { Report } from '../../src/report/report';
import { renderSarif, SarifOptions } from '../../src/report/sarif';
import { Finding } from '../../src/rules/finding';
import { ATTACKS, badPort, narrowHost, overlap, reportOf, RULES, virtualService } from '../support/findings';
import { sarifFaults } from '../support/sarif';

const THREE = [overlap(), badPort(), narrowHost()];

interface Located {
  readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
  readonly message?: { readonly text: string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Located[];
  readonly relatedLocations?: readonly Located[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly suppressions?: readonly unknown[];
  readonly baselineState?: string;
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly fullDescription: { readonly text: string } }[] } };
  readonly invocations: readonly unknown[];
  readonly results: readonly Result[];
}

/** The run in a report, which must fit the schema. */
function runOf(report: Report, options?: SarifOptions): Run {
  const log = JSON.parse(renderSarif(report, options)) as { readonly runs: readonly [Run] };
  expect(sarifFaults(log)).toEqual([]);
  expect(JSON.stringify(log)).not.toContain('{}');
  return log.runs[0];
}

function fingerprintsOf(...findings: Finding[]): string[] {
  return runOf(reportOf(findings)).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
}

test('the schema finds faults', () => {
  const log = JSON.parse(renderSarif(reportOf(THREE))) as { readonly runs: readonly [Run] };
  expect(sarifFaults({ ...log, version: '2.0.0' })).toEqual(['/version must be equal to one of the allowed values']);
  expect(sarifFaults({ ...log, runs: [{ ...log.runs[0], results: [{ message: {}, level: 'info' }] }] })).toEqual(expect.arrayContaining([
    '/runs/0/results/0/level must be equal to one of the allowed values',
    "/runs/0/results/0/message must have required property 'text'",
  ]));
});

test('a whole report', () => {
  expect(renderSarif(reportOf([overlap()], {}, { rules: RULES.slice(0, 1) }), { version: '1.2.3' })).toMatchInlineSnapshot(`
"{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "seldon-istio",
          "informationUri": "https://github.com/cdk8s-seldon-istio/cdk8s-seldon-istio",
          "version": "1.2.3",
          "rules": [
            {
              "id": "grpc-port-name",
              "shortDescription": {
                "text": "A gRPC port whose name is not that of a protocol"
              },
              "fullDescription": {
                "text": "A gRPC port whose name is not that of a protocol."
              },
              "help": {
                "text": "A gRPC port whose name is not that of a protocol.\\n\\nMore about it.\\n\\nWith the problem:\\n\\n\`\`\`yaml\\nkind: Wrong\\n\`\`\`\\n\\nCorrected:\\n\\n\`\`\`yaml\\nkind: Right\\n\`\`\`",
                "markdown": "A gRPC port whose name is not that of a protocol.\\n\\nMore about it.\\n\\nWith the problem:\\n\\n\`\`\`yaml\\nkind: Wrong\\n\`\`\`\\n\\nCorrected:\\n\\n\`\`\`yaml\\nkind: Right\\n\`\`\`"
              },
              "helpUri": "https://github.com/cdk8s-seldon-istio/cdk8s-seldon-istio/blob/main/docs/rules.md#grpc-port-name",
              "defaultConfiguration": {
                "level": "warning"
              },
              "properties": {
                "tags": [
                  "istio",
                  "seldon",
                  "IST0118"
                ],
                "problem.severity": "warning"
              }
            }
          ]
        }
      },
      "invocations": [
        {
          "executionSuccessful": true
        }
      ],
      "columnKind": "utf16CodeUnits",
      "results": [
        {
          "ruleId": "overlapping-endpoints",
          "level": "error",
          "message": {
            "text": "requests to /v2 also match VirtualService models/wine. Give one of them another path or host."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "routes/iris.yaml"
                },
                "region": {
                  "startLine": 12,
                  "startColumn": 5
                }
              },
              "logicalLocations": [
                {
                  "name": "iris",
                  "fullyQualifiedName": "VirtualService models/iris spec.http[0]",
                  "kind": "resource"
                }
              ]
            }
          ],
          "relatedLocations": [
            {
              "id": 1,
              "message": {
                "text": "VirtualService models/wine spec.http[0]"
              },
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "routes/wine.yaml"
                },
                "region": {
                  "startLine": 3,
                  "startColumn": 5
                }
              },
              "logicalLocations": [
                {
                  "name": "wine",
                  "fullyQualifiedName": "VirtualService models/wine spec.http[0]",
                  "kind": "resource"
                }
              ]
            }
          ],
          "partialFingerprints": {
            "primaryLocationLineHash": "226642bc5a133544334c2e70eff428e1:1"
          }
        }
      ]
    }
  ]
}
"
`);
});

test('no findings', () => {
  expect(runOf(reportOf([])).results).toEqual([]);
});

test('levels', () => {
  expect(runOf(reportOf(THREE)).results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
    ['overlapping-endpoints', 3, 'error'], ['grpc-port-name', 0, 'warning'], ['narrower-host', 2, 'note'],
  ]);
});

test('a rule that is not in the list has no index', () => {
  expect(runOf(reportOf([overlap('a', 'b', { rule: 'unused-acceptance' })])).results[0]).not.toHaveProperty('ruleIndex');
});

test('a long explanation is shortened to its first paragraph and what GitHub reads', () => {
  const describe = (explanation: string) => runOf(reportOf([], {}, { rules: [{ ...RULES[0], page: { ...RULES[0].page, explanation } }] }))
    .tool.driver.rules[0].fullDescription.text;
  expect(describe('First line\nand  second.\n \nAnother paragraph.')).toBe('First line and second.');
  expect(describe('x'.repeat(1000))).toBe('x'.repeat(1000));
  expect(describe('x'.repeat(1001))).toBe(`${'x'.repeat(999)}…`);
});

test.each([
  ['routes/iris.yaml', 'routes/iris.yaml'],
  ['./routes/iris.yaml', 'routes/iris.yaml'],
  ['routes\\iris.yaml', 'routes/iris.yaml'],
  ['../a.yaml', '../a.yaml'],
  ['/work/a b.yaml', 'file:///work/a%20b.yaml'],
  ['C:\\work\\a.yaml', 'file:///C:/work/a.yaml'],
  ['a b/ä#?%.yaml', 'a%20b/%C3%A4%23%3F%25.yaml'],
  ['c:d.yaml', 'c%3Ad.yaml'],
  ['-', '-'],
  ['lone \ud800', 'lone%20%EF%BF%BD'],
])('the URI of %j is %s', (file, uri) => {
  expect(runOf(reportOf([overlap('iris', 'wine', { file })])).results[0].locations[0].physicalLocation?.artifactLocation.uri).toBe(uri);
});

test('a file without a line is shown at its first line', () => {
  const regionOf = (more: Partial<Finding>) => runOf(reportOf([overlap('iris', 'wine', more)])).results[0].locations[0].physicalLocation?.region;
  expect(regionOf({})).toEqual({ startLine: 12, startColumn: 5 });
  expect(regionOf({ line: undefined, column: undefined })).toEqual({ startLine: 1 });
});

test('an object of an app has a logical location', () => {
  expect(runOf(reportOf([narrowHost()])).results[0].locations).toEqual([{
    logicalLocations: [
      { name: 'iris', fullyQualifiedName: 'VirtualService models/iris', kind: 'resource' }, { fullyQualifiedName: 'app/iris', kind: 'declaration' },
    ],
  }]);
});

test('GitHub refuses a result with more than 1,000 locations, and reads 100', () => {
  const related = Array.from({ length: 1500 }, (_, i) => virtualService(`wine-${i}`));
  expect(runOf(reportOf([overlap('iris', 'wine', { related })])).results[0].relatedLocations).toHaveLength(100);
});

test('fingerprints depend on the rule, the object and the field alone', () => {
  const [fingerprint] = fingerprintsOf(overlap());
  expect(fingerprint).toBe('226642bc5a133544334c2e70eff428e1:1');
  for (const same of [{ line: 99, column: 1 }, { file: 'other.yaml' }, { problem: 'x' }, { remedy: 'x' }, { related: [] }, { field: ['spec', 'http', 7] }]) {
    expect(fingerprintsOf(overlap('iris', 'wine', same))).toEqual([fingerprint]);
  }
  for (const other of [{ rule: 'x' }, { kind: 'x' }, { namespace: 'x' }, { name: 'x' }, { field: ['spec', 'tls', 0] }]) {
    expect(fingerprintsOf(overlap('iris', 'wine', other))).not.toContain(fingerprint);
  }
});

test('findings with one fingerprint are numbered in each file', () => {
  const at = (line: number, file = 'a.yaml') => overlap('iris', 'wine', { field: ['spec', 'http', line], line, file });
  expect(fingerprintsOf(at(1), at(2), at(3), at(1, 'b.yaml')).map((fingerprint) => fingerprint.replace(/.*:/, ''))).toEqual(['1', '2', '3', '1']);
});

test('accepted findings are suppressed, and then all results state whether they are', () => {
  const accepted = [overlap('a', 'b', { accepted: 'known' })];
  const suppressions = (options?: SarifOptions) => runOf(reportOf([badPort()], { accepted }), options).results
    .map((result) => [result.ruleId, result.suppressions]);
  expect(suppressions()).toEqual([
    ['grpc-port-name', []], ['overlapping-endpoints', [{ kind: 'external', status: 'accepted', justification: 'known' }]],
  ]);
  expect(suppressions({ accepted: false })).toEqual([['grpc-port-name', undefined]]);
  expect(runOf(reportOf([badPort()])).results[0]).not.toHaveProperty('suppressions');
});

test('compared with an earlier state, all results have a baseline state', () => {
  const comparison = compare([badPort('old'), badPort()], THREE);
  const { results } = runOf(reportOf(THREE, { accepted: [overlap('a', 'b', { accepted: 'known' })] }, { comparison }));
  expect(results.map(({ ruleId, baselineState }) => [ruleId, baselineState])).toEqual([
    ['overlapping-endpoints', 'new'], ['grpc-port-name', 'unchanged'], ['narrower-host', 'new'],
    ['overlapping-endpoints', 'unchanged'], ['grpc-port-name', 'absent'],
  ]);
  expect(runOf(reportOf(THREE)).results.every((result) => !('baselineState' in result))).toBe(true);
});

test('what could not be read is a notification', () => {
  const problems = [{ file: 'a.yaml', line: 3, column: 7, message: 'expected ":" after a key' }];
  expect(runOf(reportOf([])).invocations).toEqual([{ executionSuccessful: true }]);
  expect(runOf(reportOf([], { problems })).invocations).toEqual([{
    executionSuccessful: false,
    toolExecutionNotifications: [{
      level: 'error',
      message: { text: 'expected ":" after a key.' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 3, startColumn: 7 } } }],
    }],
  }]);
});

test('a value is no link', () => {
  expect(runOf(reportOf([overlap('iris', 'wine', { problem: 'host "[click](https://evil)" overlaps' })])).results[0].message.text)
    .toBe('host "[click\\](https://evil)" overlaps. Give one of them another path or host.');
});

test.each(ATTACKS)('%j fits the schema', (text) => {
  const attack = { name: text, namespace: text, kind: text, file: text, construct: text, field: [text, 0, text], problem: text, remedy: text };
  const finding = overlap('iris', 'wine', { ...attack, rule: text, related: [virtualService(text, attack)] });
  const { results } = runOf(reportOf([finding], { problems: [{ file: text, message: text }], accepted: [overlap('a', 'b', { accepted: text })] }));
  expect(results).toHaveLength(2);
});
