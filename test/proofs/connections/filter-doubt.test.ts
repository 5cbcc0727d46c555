import { alwaysServedBy } from '../../../src/proofs/queries/one-state';
import { equivalent, implies } from '../../../src/proofs/queries/two-states';
import { clusterOf } from '../../support/cluster';
import { document, GATEWAY, service, to, virtualService } from '../../support/routes';
import { changesOf } from '../support/differences';

const ROUTES = GATEWAY + service('a') + service('b') + virtualService('iris', [to('a')]);
const OTHER_ROUTES = ROUTES.replace('host: a', 'host: b');
const GATEWAY_PODS = 'workloadSelector: {labels: {istio: ingressgateway}}';
const lua = (fields: string, namespace = 'istio-system', context = 'GATEWAY') => (
  document('EnvoyFilter', 'lua', namespace, `{${fields}, configPatches: [{applyTo: HTTP_FILTER, match: {context: ${context}}, patch: {operation: INSERT_BEFORE}}]}`)
);
const wasm = (fields: string) => (
  `apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {name: wasm, namespace: istio-system}\nspec: {url: oci://x, selector: {matchLabels: {istio: ingressgateway}}, ${fields}}\n---\n`
);
const POLICY = 'EnvoyFilter istio-system/lua, which can change requests and answers at the gateway, is different';

test('a filter that is new or different at a gateway is not decided, for each of its hosts', () => {
  const [one, other] = [lua(GATEWAY_PODS), lua(`${GATEWAY_PODS}, priority: 10`)];
  expect(changesOf(ROUTES, ROUTES + one)).toEqual({ changes: [], repeated: [], undecided: [POLICY, POLICY] });
  expect(changesOf(ROUTES + one, ROUTES + other).undecided).toEqual([POLICY, POLICY]);
  expect(changesOf(ROUTES + wasm('priority: 1'), ROUTES + wasm('priority: 2')).undecided[0])
    .toBe('WasmPlugin istio-system/wasm, which can change requests and answers at the gateway, is different');
  expect(equivalent(clusterOf(ROUTES), clusterOf(ROUTES + one))).toEqual({ verdict: 'undecided', reason: POLICY });
});

test('the same filter on both sides leaves open only what else is different', () => {
  const filter = lua(GATEWAY_PODS);
  const reason = 'EnvoyFilter istio-system/lua can change requests and answers at the gateway';
  expect(changesOf(ROUTES + filter, filter + ROUTES)).toEqual({ changes: [], repeated: [], undecided: [] });
  expect(changesOf(ROUTES + filter, OTHER_ROUTES + filter)).toEqual({
    changes: ['prefix h.test/: 100 % a.models:80 → 100 % b.models:80'], repeated: [], undecided: [reason],
  });
  expect(implies(clusterOf(ROUTES + filter), clusterOf(OTHER_ROUTES + filter))).toEqual({ verdict: 'undecided', reason });
  expect(implies(clusterOf(ROUTES), clusterOf(OTHER_ROUTES))).toMatchObject({ verdict: 'fails', counterexample: { problem: 'it now reaches b.models.svc.cluster.local:80' } });
  expect(alwaysServedBy(clusterOf(ROUTES + filter), { host: 'h.test' }, 'a')).toEqual({ verdict: 'undecided', reason });
  expect(alwaysServedBy(clusterOf(ROUTES), { host: 'h.test' }, 'a')).toEqual({ verdict: 'holds' });
});

test('filters of other pods, and for other parts of proxies, do not matter at a gateway', () => {
  expect(alwaysServedBy(clusterOf(ROUTES + lua('workloadSelector: {labels: {app: x}}')), { host: 'h.test' }, 'a')).toEqual({ verdict: 'holds' });
  expect(alwaysServedBy(clusterOf(ROUTES + lua(GATEWAY_PODS, 'istio-system', 'SIDECAR_INBOUND')), { host: 'h.test' }, 'a')).toEqual({ verdict: 'holds' });
  expect(alwaysServedBy(clusterOf(ROUTES + wasm('match: [{mode: SERVER}]')), { host: 'h.test' }, 'a')).toEqual({ verdict: 'holds' });
});

test('filters of the pods that answer', () => {
  const filter = lua('workloadSelector: {labels: {app: a}}', 'models', 'SIDECAR_INBOUND');
  expect(changesOf(ROUTES, ROUTES + filter).undecided).toContain('the policies or filters of the pods that answer are different');
  expect(changesOf(ROUTES + filter, ROUTES + filter).undecided).toEqual([]);
  expect(alwaysServedBy(clusterOf(ROUTES + filter), { host: 'h.test' }, 'a')).toEqual({
    verdict: 'undecided', reason: 'EnvoyFilter models/lua can change requests and answers at the pods that answer',
  });
});
