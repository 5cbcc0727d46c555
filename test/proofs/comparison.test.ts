import { Answer } from '../../src/answers/answer';
import { Change } from '../../src/proofs/change';
import { compareTraffic } from '../../src/proofs/comparison';
import { showResponder } from '../support/answers';
import { clusterOf } from '../support/cluster';
import { GATEWAY, to, virtualService } from '../support/routes';

const texts = ({ cases }: Answer) => cases.map(({ condition, outcomes }) => (
  `${condition === undefined ? '' : `if ${condition}: `}${outcomes.map(({ share, responder }) => `${share.percentage} % ${showResponder(responder)}`).join(', ')}`
)).join(' | ');

function show({ requests: { host, path, conditions }, before, after }: Change): string {
  return `${[`${path.kind} ${host}${path.value}`, ...conditions].join(', ')}: ${texts(before)} → ${texts(after)}`;
}

function diff(before: string, after: string) {
  const { changes, repeated, undecided } = compareTraffic(clusterOf(GATEWAY + before), clusterOf(GATEWAY + after));
  return { changes: changes.map(show), repeated: repeated.map(show), undecided: undecided.map(({ reason }) => reason) };
}

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
