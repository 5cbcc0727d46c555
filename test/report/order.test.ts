import { groupsOf, ordered, splitAccepted } from '../../src/report/order';
import { countOf, showComparison, showCounts, totalsOf } from '../../src/report/totals';
import { Finding } from '../../src/rules/finding';
import { badPort, narrowHost, overlap } from '../support/findings';

test('findings are ordered by level, rule, position, object, field and problem', () => {
  const sorted: Finding[] = [
    overlap('z', 'w', { rule: 'a' }),
    overlap('a', 'w', { file: undefined, line: undefined, column: undefined, construct: 'app/a' }),
    overlap('a', 'w', { file: undefined, line: undefined, column: undefined, construct: 'app/b' }),
    overlap('z', 'w', { file: 'a.yaml', line: undefined, column: undefined }),
    overlap('z', 'w', { file: 'a.yaml', line: 9, column: undefined }),
    overlap('z', 'w', { file: 'a.yaml', line: 9 }),
    overlap('y', 'w', { file: 'a.yaml', line: 10, column: 3 }),
    overlap('x', 'w', { file: 'a.yaml', line: 10, column: 12 }),
    overlap('z', 'w', { file: 'b.yaml', namespace: 'a' }),
    overlap('b', 'w', { file: 'b.yaml' }),
    overlap('c', 'w', { file: 'b.yaml', kind: 'Gateway' }),
    overlap('c', 'w', { file: 'b.yaml', field: ['spec'] }),
    overlap('c', 'w', { file: 'b.yaml', field: ['spec', 'http', 2] }),
    overlap('c', 'w', { file: 'b.yaml', field: ['spec', 'http', 10], problem: 'a' }),
    overlap('c', 'w', { file: 'b.yaml', field: ['spec', 'http', 10], problem: 'b' }),
    overlap('c', 'w', { file: 'b.yaml', field: ['spec', 'tls', 0] }),
    badPort(),
    narrowHost(),
  ];
  expect(ordered([...sorted].reverse())).toEqual(sorted);
  expect(ordered(sorted)).toEqual(sorted);
});

test('the given list stays as it is', () => {
  const findings = Object.freeze([narrowHost(), overlap()]);
  expect(ordered(findings)).toEqual([overlap(), narrowHost()]);
});

test('groups', () => {
  const groups = groupsOf([narrowHost(), badPort('b'), { ...badPort('c'), level: overlap().level }, badPort('a')]);
  expect(groups.map(({ rule, level, findings }) => [level, rule, ...findings.map(({ name }) => name)])).toEqual([
    ['error', 'grpc-port-name', 'c'], ['warning', 'grpc-port-name', 'a', 'b'], ['info', 'narrower-host', 'iris'],
  ]);
});

test('accepted findings are split from the others', () => {
  const [open, accepted] = [overlap('a'), overlap('b', 'w', { accepted: 'known' })];
  expect(splitAccepted([accepted, open])).toEqual({ open: [open], accepted: [accepted] });
});

test('totals', () => {
  const findings = [overlap(), overlap(), badPort(), narrowHost(), narrowHost()];
  expect(totalsOf(findings)).toEqual({ errors: 2, warnings: 1, infos: 2 });
  expect(showCounts(findings)).toBe('2 errors, 1 warning, 2 infos');
  expect(showCounts([badPort(), badPort()])).toBe('2 warnings');
  expect(showCounts([])).toBe('no findings');
  expect(showComparison({ introduced: [overlap()], fixed: [], unchanged: findings })).toBe('1 introduced, 0 fixed, 5 unchanged');
  expect([0, 1, 2].map((count) => countOf(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
});
