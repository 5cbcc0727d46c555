import { compare } from '../../src/report/compare';
import { JsonReport, renderJson } from '../../src/report/json';
import { ATTACKS, badPort, narrowHost, overlap, reportOf, virtualService } from '../support/findings';

function parsed(text: string): JsonReport {
  return JSON.parse(text) as JsonReport;
}

test('a whole report', () => {
  const problems = [{ file: 'a.yaml', line: 3, column: 7, message: 'expected ":" after a key' }, { file: 'b.yaml', message: 'permission denied' }];
  const accepted = [narrowHost('wine', { accepted: 'known' })];
  const ignored = new Map([['Job', 2], ['ConfigMap', 12]]);
  expect(renderJson(reportOf([narrowHost(), overlap()], { problems, accepted, ignored, notManifests: 1 }))).toMatchInlineSnapshot(`
"{
  "schemaVersion": 1,
  "totals": {
    "errors": 1,
    "warnings": 0,
    "infos": 1,
    "accepted": 1
  },
  "summary": {
    "files": 5,
    "objects": 37,
    "ignored": {
      "ConfigMap": 12,
      "Job": 2
    },
    "notManifests": 1
  },
  "problems": [
    {
      "file": "a.yaml",
      "line": 3,
      "column": 7,
      "message": "expected \\":\\" after a key"
    },
    {
      "file": "b.yaml",
      "message": "permission denied"
    }
  ],
  "findings": [
    {
      "rule": "overlapping-endpoints",
      "level": "error",
      "problem": "requests to /v2 also match VirtualService models/wine",
      "remedy": "give one of them another path or host",
      "apiVersion": "networking.istio.io/v1",
      "kind": "VirtualService",
      "namespace": "models",
      "name": "iris",
      "field": "spec.http[0]",
      "path": [
        "spec",
        "http",
        0
      ],
      "file": "routes/iris.yaml",
      "line": 12,
      "column": 5,
      "related": [
        {
          "apiVersion": "networking.istio.io/v1",
          "kind": "VirtualService",
          "namespace": "models",
          "name": "wine",
          "field": "spec.http[0]",
          "path": [
            "spec",
            "http",
            0
          ],
          "file": "routes/wine.yaml",
          "line": 3,
          "column": 5
        }
      ],
      "fingerprint": "605bfb39acd6355eef6f250c6aea32ba"
    },
    {
      "rule": "narrower-host",
      "level": "info",
      "problem": "a narrower host is next to \\"*\\"",
      "remedy": "add the routes of \\"*\\" to it. Leave it as it is if all its paths are routed",
      "apiVersion": "networking.istio.io/v1",
      "kind": "VirtualService",
      "namespace": "models",
      "name": "iris",
      "field": "",
      "path": [],
      "construct": "app/iris",
      "related": [],
      "fingerprint": "2bdddbf54f92cf2c93fe0bb42e92f2c9"
    }
  ],
  "accepted": [
    {
      "rule": "narrower-host",
      "level": "info",
      "problem": "a narrower host is next to \\"*\\"",
      "remedy": "add the routes of \\"*\\" to it. Leave it as it is if all its paths are routed",
      "apiVersion": "networking.istio.io/v1",
      "kind": "VirtualService",
      "namespace": "models",
      "name": "wine",
      "field": "",
      "path": [],
      "construct": "app/wine",
      "related": [],
      "fingerprint": "4e92da7798fc9c92c9c096accc6fa22e",
      "accepted": "known"
    }
  ]
}
"
`);
});

test('no findings', () => {
  expect(parsed(renderJson(reportOf([])))).toEqual({
    schemaVersion: 1,
    totals: { errors: 0, warnings: 0, infos: 0, accepted: 0 },
    summary: { files: 5, objects: 37, ignored: {}, notManifests: 0 },
    problems: [],
    findings: [],
    accepted: [],
  });
});

test('compared with an earlier state, findings have a state, and fixed ones are listed', () => {
  const findings = [overlap(), badPort()];
  const { totals, findings: listed, fixed } = parsed(renderJson(reportOf(findings, {}, { comparison: compare([badPort('old'), badPort()], findings) })));
  expect(totals).toEqual({ errors: 1, warnings: 1, infos: 0, accepted: 0, introduced: 1, fixed: 1, unchanged: 1 });
  expect(listed.map(({ rule, state }) => [rule, state])).toEqual([['overlapping-endpoints', 'introduced'], ['grpc-port-name', 'unchanged']]);
  expect(fixed?.map(({ name, state }) => [name, state])).toEqual([['old', 'fixed']]);
});

test('a fingerprint outlives a move', () => {
  const fingerprintOf = (more: object) => parsed(renderJson(reportOf([overlap('iris', 'wine', more)]))).findings[0].fingerprint;
  expect(fingerprintOf({ line: 99, file: 'other.yaml', field: ['spec', 'http', 4] })).toBe(fingerprintOf({}));
  expect(fingerprintOf({ problem: 'other' })).not.toBe(fingerprintOf({}));
});

test('a kind can have any name', () => {
  const { summary } = parsed(renderJson(reportOf([], { ignored: new Map([['__proto__', 2], ['constructor', 1]]) })));
  expect(Object.entries(summary.ignored)).toEqual([['__proto__', 2], ['constructor', 1]]);
});

test.each(ATTACKS)('%j is kept', (text) => {
  const attack = { name: text, namespace: text, kind: text, file: text, construct: text, field: [text, 0, text], problem: text, remedy: text };
  const finding = overlap('iris', 'wine', { ...attack, rule: text, related: [virtualService(text, attack)] });
  const output = renderJson(reportOf([finding], { problems: [{ file: text, message: text }], accepted: [overlap('a', 'b', { accepted: text })] }));
  expect(output).not.toMatch(/\p{Cs}/u);
  expect(parsed(output).findings[0]).toMatchObject({ rule: text, ...attack, field: expect.any(String), path: attack.field });
  expect(parsed(output).accepted[0].accepted).toBe(text);
});
