import { compare } from '../../src/report/compare';
import { renderGithub } from '../../src/report/github';
import { ATTACKS, badPort, narrowHost, overlap, reportOf, virtualService } from '../support/findings';

const THREE = [overlap(), badPort(), narrowHost()];

/** A line as GitHub's runner reads it. */
interface Command {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly message: string;
}

function commandOf(output: string): Command | undefined {
  const [, name, list, message] = /^\s*::([^ ]+?) (.*?)::(.*)$/s.exec(output.split('\n')[0]) ?? [];
  if (name === undefined) return undefined;
  const unescaped = (text: string) => text.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
  const properties = Object.fromEntries(list.split(',').map((each) => [each.slice(0, each.indexOf('=')), unescaped(each.slice(each.indexOf('=') + 1))]));
  return { name, properties, message: message.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%') };
}

test('each finding is a command at its line, the most serious first', () => {
  expect(renderGithub(reportOf([narrowHost(), badPort(), overlap()]))).toBe([
    '::error file=routes/iris.yaml,line=12,col=5,title=overlapping-endpoints::VirtualService models/iris spec.http[0]: '
    + 'requests to /v2 also match VirtualService models/wine. Give one of them another path or host.'
    + '%0AAlso: routes/wine.yaml:3:5  VirtualService models/wine spec.http[0]',
    '::warning file=routes/iris.yaml,line=30,col=11,title=grpc-port-name::Service models/iris spec.ports[1].name: '
    + 'port 9000 is named data, so Istio treats gRPC as TCP. Name it grpc-data.',
    '::notice title=narrower-host::VirtualService models/iris (app/iris): '
    + 'a narrower host is next to "*". Add the routes of "*" to it. Leave it as it is if all its paths are routed.',
    '1 error, 1 warning, 1 info in 37 objects of 5 files',
    '',
  ].join('\n'));
});

test('no findings', () => {
  expect(renderGithub(reportOf([]))).toBe('no findings in 37 objects of 5 files\n');
});

test('what could not be read is an error at its position', () => {
  const problems = [{ file: 'a.yaml', line: 3, column: 7, message: 'expected ":" after a key' }, { file: 'b.yaml', message: 'permission denied' }];
  expect(renderGithub(reportOf([], { problems }))).toBe([
    '::error file=a.yaml,line=3,col=7,title=could not be read::expected ":" after a key.',
    '::error file=b.yaml,title=could not be read::permission denied.',
    'no findings in 37 objects of 5 files (2 documents could not be read)',
    '',
  ].join('\n'));
});

test('findings that an earlier state has, too, are only counted', () => {
  const lines = renderGithub(reportOf(THREE, {}, { comparison: compare([badPort('old'), badPort(), overlap()], THREE) })).split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^::notice title=narrower-host::/),
    '::notice title=Compared with the earlier state::1 introduced, 1 fixed, 2 unchanged',
    '1 error, 1 warning, 1 info in 37 objects of 5 files',
    '',
  ]);
});

test('accepted findings are not annotated', () => {
  expect(renderGithub(reportOf([], { accepted: [overlap('a', 'b', { accepted: 'known' })] }))).toBe('no findings in 37 objects of 5 files\n');
});

test('files are named as Git names them', () => {
  const fileOf = (file: string) => commandOf(renderGithub(reportOf([overlap('iris', 'wine', { file })])))?.properties.file;
  expect(['./a/b.yaml', './/a/b.yaml', 'a\\b.yaml', '.\\a\\b.yaml', '../a.yaml', 'a:b,c%d.yaml', '.hidden/a.yaml'].map(fileOf)).toEqual([
    'a/b.yaml', 'a/b.yaml', 'a/b.yaml', 'a/b.yaml', '../a.yaml', 'a:b,c%d.yaml', '.hidden/a.yaml',
  ]);
});

test('a column without a line is left out', () => {
  expect(commandOf(renderGithub(reportOf([overlap('iris', 'wine', { line: undefined })])))?.properties).toEqual({
    file: 'routes/iris.yaml', title: 'overlapping-endpoints',
  });
});

test.each(ATTACKS)('%j stays inside its command', (text) => {
  const attack = { name: text, namespace: text, kind: text, file: text, construct: text, field: [text, 0, text], problem: text, remedy: text };
  const finding = overlap('iris', 'wine', { ...attack, rule: text, related: [virtualService(text, attack)] });
  const output = renderGithub(reportOf([finding], { problems: [{ file: text, message: text }] }));
  const [problem, command, totals, ...rest] = output.split(/\r\n|[\r\n]/);
  expect(rest).toEqual(['']);
  expect(commandOf(problem)?.properties).toEqual({ file: text.replace(/\\/g, '/'), title: 'could not be read' });
  expect(commandOf(command)?.properties).toEqual({ file: text.replace(/\\/g, '/'), line: '12', col: '5', title: text });
  expect(commandOf(command)?.message.split('\n')).toHaveLength(2);
  expect(totals).toBe('1 error in 37 objects of 5 files (1 document could not be read)');
});
