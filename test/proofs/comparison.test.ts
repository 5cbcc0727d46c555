import { changesOf } from './support/differences';
import { GATEWAY, to, virtualService } from '../support/routes';

const diff = (before: string, after: string) => changesOf(GATEWAY + before, GATEWAY + after);

const NOTHING = { changes: [], repeated: [], undecided: [] };

test('equal manifests are equivalent', () => {
  const routes = virtualService('iris', [to('a', 'match: [{uri: {prefix: /a}}],'), to('b')]);
  expect(diff(routes, routes)).toEqual(NOTHING);
});

test('a weight', () => {
  const split = (a: number, b: number) => virtualService('iris', [`{match: [{uri: {prefix: /v2/models/iris/}}], route: [{destination: {host: iris1}, weight: ${a}}, {destination: {host: iris2}, weight: ${b}}]}`]);
  expect(diff(split(90, 10), split(70, 30))).toEqual({
    ...NOTHING,
    changes: [
      'prefix h.test/v2/models/iris/: 90 % iris1.models:80, 10 % iris2.models:80 → 70 % iris1.models:80, 30 % iris2.models:80',
    ],
  });
});

test('headers, order and repeated headers', () => {
  const a = to('a', 'match: [{headers: {x: {exact: a}}}],');
  const b = to('b', 'match: [{headers: {x: {exact: b}}}],');
  expect(diff(virtualService('iris', [a, b]), virtualService('iris', [b, a]))).toEqual({
    ...NOTHING, repeated: ['prefix h.test/, header x is "a", header x is "b": 100 % a.models:80 → 100 % b.models:80'],
  });
});
