import { competingDefaults as rule } from '../../../src/rules/objects/competing-defaults';
import { levelsOf, problemsOf } from '../../support/cluster';

const GROUPS = { PeerAuthentication: 'security', Sidecar: 'networking', Telemetry: 'telemetry' };
type Kind = keyof typeof GROUPS;

const object = (kind: Kind, name: string, spec: string, metadata = '') => `apiVersion: ${GROUPS[kind]}.istio.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: models${metadata}}
spec: {${spec}}
---
`;
const created = (day: number) => `, creationTimestamp: '2026-01-0${day}T00:00:00Z'`;

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at Sidecar models/stores',
    problem: 'Sidecar models/stores and Sidecar models/default are for the same pods, and Istio uses only the older one',
    remedy: 'put the settings into one object, or give them different selectors',
    related: ['Sidecar models/default'],
  }]);
});

test('objects of a cluster, whose age is known', () => {
  const yaml = object('PeerAuthentication', 'a', 'mtls: {mode: STRICT}', created(2)) + object('PeerAuthentication', 'b', 'mtls: {mode: DISABLE}', created(1));
  expect(problemsOf(rule, yaml).map(({ at, problem }) => [at, problem])).toEqual([
    ['warning at PeerAuthentication models/a', 'PeerAuthentication models/a has no effect, since PeerAuthentication models/b is for the same pods and older'],
  ]);
});

test('the same selector', () => {
  const selector = 'selector: {matchLabels: {app: iris, tier: a}}';
  const same = 'selector: {matchLabels: {tier: a, app: iris}}';
  expect(levelsOf(rule, object('Telemetry', 'a', `${selector}, tracing: [{}]`) + object('Telemetry', 'b', same))).toEqual(['warning']);
});

test.each([
  ['other selectors', object('Telemetry', 'a', 'selector: {matchLabels: {app: a}}') + object('Telemetry', 'b', 'tracing: [{}]')],
  ['targets', object('Telemetry', 'a', 'targetRefs: [{kind: Gateway, name: a}]') + object('Telemetry', 'b', 'targetRefs: [{kind: Gateway, name: b}]')],
  ['other kinds', object('Telemetry', 'a', '') + object('PeerAuthentication', 'a', 'mtls: {mode: STRICT}')],
  ['other namespaces', object('Sidecar', 'a', '') + object('Sidecar', 'a', 'egress: []').replace('models', 'other')],
  ['the same settings', object('Sidecar', 'a', 'egress: [{hosts: [./*], bind: x}]') + object('Sidecar', 'b', 'egress: [{bind: x, hosts: [./*]}]')],
])('%s', (_what, yaml) => {
  expect(levelsOf(rule, yaml)).toEqual([]);
});
