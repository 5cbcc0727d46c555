import { disjoint } from '../../src/proofs/queries/disjoint';
import { neverServedBy } from '../../src/proofs/queries/one-state';
import { bypassedByJoinedHeader } from '../../src/rules/access/bypassed-by-joined-header';
import { bypassedByRepeatedHeader } from '../../src/rules/access/bypassed-by-repeated-header';
import { repeatedHeaderOverlap } from '../../src/rules/routes/repeated-header-overlap';
import { Answers } from '../support/answers';
import { clusterOf, problemsOf } from '../support/cluster';
import { deployment, document, GATEWAY, service, to, virtualService } from '../support/routes';

const ingress = document('Deployment', 'ingress', 'istio-system', '{template: {metadata: {labels: {istio: ingressgateway}}}}');
const policy = (condition: string) => document('AuthorizationPolicy', 'deny', 'istio-system', `{selector: {matchLabels: {istio: ingressgateway}}, action: DENY, rules: [{when: [${condition}]}]}`);
const team = (values: string) => `{key: 'request.headers[x-team]', ${values}}`;
const BACKENDS = ['red', 'blue'].map((name) => service(name) + deployment(name, `{app: ${name}}`)).join('') + ingress;
const route = (name: string) => virtualService(name, [to(name, `match: [{headers: {x-team: {exact: ${name}}}}],`)], { created: '2026-01-01T00:00:00Z' });
const ROUTES = GATEWAY + BACKENDS + route('red') + route('blue');
const TWO_LINES = { url: 'http://h.test/', headers: ['x-team: red', 'x-team: blue'] };
const JOINED = { url: 'http://h.test/', headers: ['x-team: red,blue'] };

describe('routes', () => {
  test.each(['1.31', '1.32'])('compare each line by itself since Istio 1.31 (%s)', (istioVersion) => {
    expect(new Answers(ROUTES, { istioVersion }).case(TWO_LINES).outcomes[0].responder).toMatchObject({ kind: 'service' });
  });

  test.each(['1.30', '1.29.0', '1.22'])('compare all lines as one value in Istio %s', (istioVersion) => {
    const answers = new Answers(ROUTES + virtualService('both', [to('blue', 'match: [{headers: {x-team: {exact: "red,blue"}}, uri: {prefix: /both}}],')]), { istioVersion });
    expect(answers.case(TWO_LINES).outcomes[0].responder).toMatchObject({ kind: 'not-found' });
    expect(answers.case({ ...TWO_LINES, url: 'http://h.test/both' }).outcomes[0].responder).toMatchObject({ kind: 'service', host: 'blue.models.svc.cluster.local' });
  });
});

test.each<[istioVersion: string, isDenied: boolean]>([
  ['1.31', true], ['1.30', true], ['1.29.1', true], ['1.29', true], ['1.29.0', false], ['1.28.4', false],
])('policies of Istio %s deny one of two lines: %s', (istioVersion, isDenied) => {
  const answers = new Answers(GATEWAY + BACKENDS + virtualService('all', [to('red')]) + policy(team('values: [blue]')), { istioVersion });
  expect(answers.case(TWO_LINES).outcomes[0].responder.kind).toBe(isDenied ? 'denied' : 'service');
  expect(answers.case(JOINED).outcomes[0].responder.kind).toBe('service');
});

describe('rules of check', () => {
  const overlap = ROUTES;
  const joined = policyAt(team('values: [blue]'));
  const repeated = policyAt(team('notValues: [blue]'));

  test.each<[istioVersion: string | undefined, overlaps: number, joinedValues: number, repeatedValues: number]>([
    [undefined, 1, 0, 1], ['1.31', 1, 0, 1], ['1.30', 0, 0, 1], ['1.29.0', 0, 1, 0],
  ])('in Istio %s', (istioVersion, overlaps, joinedValues, repeatedValues) => {
    const settings = { istioVersion };
    expect(problemsOf(repeatedHeaderOverlap, overlap, settings)).toHaveLength(overlaps);
    expect(problemsOf(bypassedByJoinedHeader, joined, settings)).toHaveLength(joinedValues);
    expect(problemsOf(bypassedByRepeatedHeader, repeated, settings)).toHaveLength(repeatedValues);
  });

  test('routes do not overlap by a header that Envoy joins', () => {
    expect(problemsOf(repeatedHeaderOverlap, overlap.replace(/x-team/g, 'pragma'))).toEqual([]);
  });

  function policyAt(condition: string): string {
    return GATEWAY + BACKENDS + virtualService('all', [to('red')]) + policy(condition);
  }
});

describe('proofs', () => {
  const HEADER = { headers: { 'x-team': { exact: 'red' } } };

  test.each<[istioVersion: string, verdict: string]>([['1.31', 'fails'], ['1.30', 'holds'], ['1.29.0', 'holds']])('two exact values are disjoint in Istio %s: %s', (istioVersion, verdict) => {
    expect(disjoint(clusterOf(ROUTES, { istioVersion }), 'models/red', 'models/blue').verdict).toBe(verdict);
  });

  test.each<[istioVersion: string, verdict: string]>([['1.31', 'fails'], ['1.30', 'holds'], ['1.29.0', 'holds']])('requests with one value never reach the backend of another one in Istio %s: %s', (istioVersion, verdict) => {
    expect(neverServedBy(clusterOf(ROUTES, { istioVersion }), HEADER, 'blue').verdict).toBe(verdict);
  });

  test('where policies and routes compare lines differently, nothing is proven about repeated headers', () => {
    const manifests = ROUTES + policy(team('values: [green]'));
    expect(neverServedBy(clusterOf(manifests, { istioVersion: '1.30' }), HEADER, 'blue')).toEqual({
      verdict: 'undecided', reason: 'policies of Envoy 1.38 compare the lines of a repeated header one by one, and routes do not',
    });
    expect(neverServedBy(clusterOf(manifests, { istioVersion: '1.29.0' }), HEADER, 'blue').verdict).toBe('holds');
  });
});
