import { parse } from 'yaml';
import { argoCdEntries } from '../../src/gitops/argo-cd/settings';
import { HEALTH_EXPRESSIONS } from '../../src/gitops/flux/health-expressions';
import { folderWith, run } from '../support/cli';

const MODEL = 'apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: { name: iris, namespace: models }\nspec: { maxReplicas: 3 }\n';

const parsed = (args: readonly string[], folder = folderWith({ 'dist/model.yaml': MODEL })) => {
  const { code, out, err } = run(folder, ['gitops', ...args]);
  expect([code, err]).toEqual([0, '']);
  return parse(out) as unknown;
};

test('argocd prints a ConfigMap', () => {
  expect(parsed(['argocd'])).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' }, data: argoCdEntries() });
});

test('argocd --part values prints values of the chart', () => {
  expect(parsed(['argocd', '--part', 'values'])).toEqual({ configs: { cm: argoCdEntries() } });
});

test('argocd --part application prints what to ignore in the folder dist, or in the given one', () => {
  const ignored = { group: 'mlops.seldon.io', kind: 'Model', name: 'iris', namespace: 'models', jsonPointers: ['/spec/replicas'] };
  const expected = { spec: { ignoreDifferences: [ignored], syncPolicy: { syncOptions: ['RespectIgnoreDifferences=true'] } } };

  expect(parsed(['argocd', '-p', 'application'])).toEqual(expected);
  expect(parsed(['argocd', '-p', 'application', 'other'], folderWith({ 'other/model.yaml': MODEL }))).toEqual(expected);
});

test('argocd --part waves prints patches', () => {
  expect(parsed(['argocd', '-p', 'waves'])).toMatchObject({ patches: [{ target: { kind: 'Model', name: 'iris' } }] });
});

test('flux prints health checks', () => {
  expect(parsed(['flux'])).toEqual({ spec: { wait: true, healthCheckExprs: HEALTH_EXPRESSIONS } });
});

test.each([
  [[], 'the tool is missing. Use `gitops argocd` or `gitops flux`'],
  [['kubectl'], 'unknown tool "kubectl". Use `gitops argocd` or `gitops flux`'],
  [['argocf'], 'unknown tool "argocf". Did you mean "argocd"?'],
  [['flux', 'dist'], 'the health checks of Flux do not depend on manifests. Leave out dist.'],
  [['flux', '--part', 'waves'], '--part is for argocd. For flux there are only health checks.'],
  [['argocd', 'dist'], 'the part "health" does not depend on manifests. Leave out dist, or use --part application or --part waves.'],
  [['argocd', '-p', 'wave'], '-p is "wave", but must be health, values, application or waves. Did you mean "waves"?'],
  [['argocd', '-p', 'waves', 'empty'], 'there is no object of Istio or Seldon in these manifests.'],
  [['argocd', '-p', 'waves', 'bad.yaml'], 'bad.yaml:1: '],
  [['argocd', '-p', 'waves', 'missing'], 'missing: there is no such file or folder.'],
])('gitops %j cannot run', (args, message) => {
  const { code, out, err } = run(folderWith({ 'dist/model.yaml': MODEL, 'empty/a.txt': '', 'bad.yaml': 'a: [' }), ['gitops', ...args]);

  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(`seldon-istio: ${message}`);
});
