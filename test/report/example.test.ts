import { renderGithub } from '../../src/report/github';
import { JsonReport, renderJson } from '../../src/report/json';
import { renderJunit } from '../../src/report/junit';
import { renderSarif } from '../../src/report/sarif';
import { renderText } from '../../src/report/text';
import { FindingExample } from '../../src/rules/example';
import { overlap, reportOf } from '../support/findings';
import { sarifFaults } from '../support/sarif';

const EXAMPLE: FindingExample = {
  request: { entry: { kind: 'gateway', port: 80 }, http: '1.1', method: 'GET', authority: 'a.example.com', path: '/v2', headers: [{ name: 'h', value: 'x' }] },
  command: { kind: 'curl', text: "curl -H 'h: x' http://a.example.com/v2/a-path-that-is-much-longer-than-one-line-of-text-can-be-and-that-no-one-breaks", notes: ['The address is that of the gateway'] },
  misrouted: 100 / 3,
  answeredBy: 'Model models/wine',
  intended: 'Model models/iris',
};

const report = (example: Partial<FindingExample> = {}) => reportOf([{ ...overlap(), example: { ...EXAMPLE, ...example } }]);

test('as text, with commands that can be copied', () => {
  expect(renderText(report(), { width: 150 })).toContain([
    '    33.3333 % of such requests are misrouted: they get Model models/wine instead of Model models/iris.',
    `    Example: ${EXAMPLE.command.text}`,
    '    The address is that of the gateway.',
    '    Fix: ',
  ].join('\n'));
});

test('the condition, and answers that are the same', () => {
  expect(renderText(report({ ifFirst: 'VirtualService models/wine' }), { width: 150 })).toContain(
    'instead of Model models/iris, if VirtualService models/wine comes first.\n',
  );
  expect(renderText(report({ misrouted: 0 }))).toContain('    0 % of such requests are misrouted, since both rules lead to Model models/wine.\n');
});

test('a request that no program sends', () => {
  const raw = { kind: 'raw' as const, text: 'GET /a HTTP/1.1\nHost: a.example.com', notes: [] };
  expect(renderText(report({ command: raw }))).toContain('    Example, which neither curl nor grpcurl can send:\n    GET /a HTTP/1.1\n    Host: a.example.com\n');
});

test('as JSON', () => {
  const [{ example }] = (JSON.parse(renderJson(report())) as JsonReport).findings;
  expect(example).toEqual({ ...EXAMPLE, request: { ...EXAMPLE.request, headers: ['h: x'] } });
  expect(renderJson(reportOf([overlap()]))).not.toContain('example"');
});

test('as SARIF', () => {
  const log = JSON.parse(renderSarif(report()));
  expect(sarifFaults(log)).toEqual([]);
  const [{ message, properties }] = log.runs[0].results;
  expect(message.text).toContain(`. 33.3333 % of such requests are misrouted: they get Model models/wine instead of Model models/iris. Example: ${EXAMPLE.command.text}`);
  expect(properties).toEqual({ command: EXAMPLE.command.text, misrouted: EXAMPLE.misrouted, answeredBy: 'Model models/wine', intended: 'Model models/iris' });
});

test('as commands of GitHub Actions, and as JUnit', () => {
  expect(renderGithub(report())).toContain(`%0A33.3333 %25 of such requests are misrouted: they get Model models/wine instead of Model models/iris.%0AExample: ${EXAMPLE.command.text}%0A`);
  expect(renderJunit(report())).toContain('33.3333 % of such requests are misrouted');
});
