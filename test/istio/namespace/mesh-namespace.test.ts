import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { ArgoCdRemoval, MeshNamespace, MeshNamespaceMode, MeshNamespaceProps, PodSecurityLevel } from '../../../src/istio/namespace/mesh-namespace';
import { Mesh } from '../../../src/mesh/mesh';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

function namespace(props?: MeshNamespaceProps, istioVersion?: string): MeshNamespace {
  const app = new App();
  if (istioVersion !== undefined) Mesh.configure(app, { istioVersion });
  return new MeshNamespace(new Chart(app, 'chart', { namespace: 'somewhere' }), 'models', props);
}

function metadataOf(props: MeshNamespaceProps): Record<string, unknown> {
  return ApiObject.of(namespace(props)).toJson().metadata;
}

test('defaultChild', () => {
  expect(ApiObject.of(namespace()).kind).toEqual('Namespace');
});

test('minimal', () => {
  const chart = Testing.chart();
  new MeshNamespace(chart, 'models');
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
      "labels": {
        "istio-injection": "enabled",
      },
      "name": "models",
    },
  },
]
`);
});

test('is in no namespace, regardless of the chart', () => {
  expect(ApiObject.of(namespace()).toJson()).toEqual({
    apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'models', labels: { 'istio-injection': 'enabled' } },
  });
  expect(ApiObject.of(namespace()).metadata.namespace).toBeUndefined();
});

test('has a name and a mode', () => {
  const made = namespace({ ambient: true, waypoint: 'waypoint', metadata: { name: 'prod' } });
  expect([made.namespaceName, made.mode, made.waypointName]).toEqual(['prod', MeshNamespaceMode.AMBIENT, 'waypoint']);
  expect([namespace().mode, namespace({ revision: 'canary' }).mode]).toEqual([MeshNamespaceMode.INJECTION, MeshNamespaceMode.REVISION]);
});

test.each<[string, MeshNamespaceProps, Record<string, string>]>([
  ['sidecars, explicitly', { injection: true, ambient: false }, { 'istio-injection': 'enabled' }],
  ['sidecars of a revision', { revision: '1-24-1' }, { 'istio.io/rev': '1-24-1' }],
  ['sidecars of a revision, and no others', { injection: false, revision: 'stable' }, { 'istio.io/rev': 'stable' }],
  ['ambient', { ambient: true }, { 'istio.io/dataplane-mode': 'ambient' }],
  ['ambient with a waypoint', { ambient: true, waypoint: 'waypoint' }, { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'waypoint' }],
  ['ambient with a waypoint in another namespace', { ambient: true, waypoint: 'shared', waypointNamespace: 'infra' },
    { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'shared', 'istio.io/use-waypoint-namespace': 'infra' }],
])('labels of %s', (_mode, props, labels) => {
  expect(metadataOf(props)).toEqual({ name: 'models', labels });
});

test('Pod Security labels are written', () => {
  expect(metadataOf({
    podSecurity: {
      enforce: PodSecurityLevel.BASELINE,
      enforceVersion: 'v1.31',
      audit: PodSecurityLevel.RESTRICTED,
      auditVersion: 'latest',
      warn: PodSecurityLevel.PRIVILEGED,
      warnVersion: 'v1.30',
    },
  }).labels).toEqual({
    'istio-injection': 'enabled',
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/enforce-version': 'v1.31',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/audit-version': 'latest',
    'pod-security.kubernetes.io/warn': 'privileged',
    'pod-security.kubernetes.io/warn-version': 'v1.30',
  });
  expect(metadataOf({ podSecurity: { warn: PodSecurityLevel.BASELINE } }).labels)
    .toEqual({ 'istio-injection': 'enabled', 'pod-security.kubernetes.io/warn': 'baseline' });
});

test('labels and annotations for Argo CD are written', () => {
  expect(metadataOf({
    argoCd: { application: 'models.prod', managedBy: 'argocd', syncWave: -1, prune: ArgoCdRemoval.CONFIRM, deletion: ArgoCdRemoval.REFUSED },
  })).toEqual({
    name: 'models',
    labels: { 'istio-injection': 'enabled', 'app.kubernetes.io/instance': 'models.prod', 'argocd.argoproj.io/managed-by': 'argocd' },
    annotations: { 'argocd.argoproj.io/sync-wave': '-1', 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=false' },
  });
  expect(metadataOf({ argoCd: { syncWave: 0 } }).annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '0' });
});

test('other labels and annotations are kept', () => {
  expect(metadataOf({
    metadata: {
      labels: { 'team': 'risk', 'app.kubernetes.io/instance': 'models', 'istio.io/ingress-use-waypoint': 'true' },
      annotations: { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' },
    },
  })).toEqual({
    name: 'models',
    labels: { 'team': 'risk', 'app.kubernetes.io/instance': 'models', 'istio.io/ingress-use-waypoint': 'true', 'istio-injection': 'enabled' },
    annotations: { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' },
  });
});

test('accepts labels of its chart that are not about the mesh', () => {
  const chart = new Chart(new App(), 'chart', { labels: { 'team': 'risk', 'istio-injection': 'enabled' } });
  expect(ApiObject.of(new MeshNamespace(chart, 'models')).toJson().metadata.labels).toEqual({ 'team': 'risk', 'istio-injection': 'enabled' });
});

test('keeps patches', () => {
  const made = namespace();
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec', { finalizers: ['kubernetes'] }));
  expect(ApiObject.of(made).toJson().spec).toEqual({ finalizers: ['kubernetes'] });
});

test('the namespace of the ingress may have sidecars if Istio itself is in another one', () => {
  const chart = new Chart(new App(), 'chart');
  Mesh.configure(chart, { ingressNamespace: 'istio-ingress' });
  expect(new MeshNamespace(chart, 'istio-ingress').namespaceName).toEqual('istio-ingress');
});

const LABEL = 'Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends';

test.each<[string, Anything, string]>([
  ['sidecars and ambient mode', { injection: true, ambient: true }, 'injection and ambient for one namespace. A namespace has one mode. Keep one of them'],
  ['sidecars of two kinds', { injection: true, revision: 'canary' }, 'injection and revision for one namespace. A namespace has one mode. Keep one of them'],
  ['a revision and ambient mode', { revision: 'canary', ambient: true },
    'revision and ambient for one namespace. A namespace has one mode. Keep one of them'],
  ['all modes', { injection: true, revision: 'canary', ambient: true },
    'injection and revision and ambient for one namespace. A namespace has one mode. Keep one of them'],
  ['no mode', { injection: false },
    'a namespace in the mesh with injection false. Set revision or ambient, or use a plain Namespace for pods outside the mesh'],
  ['a waypoint with sidecars', { waypoint: 'waypoint' }, 'waypoint "waypoint" without ambient. Sidecars use no waypoint. Set ambient, or leave waypoint out'],
  ['the namespace of a waypoint with sidecars', { revision: 'a', waypointNamespace: 'infra' },
    'waypointNamespace "infra" without ambient. Sidecars use no waypoint. Leave it out'],
  ['the namespace of no waypoint', { ambient: true, waypointNamespace: 'infra' }, 'waypointNamespace "infra" without a waypoint. Set waypoint to its name'],
  ['a waypoint named none', { ambient: true, waypoint: 'none' }, 'waypoint "none". To Istio this value means no waypoint. Leave it out'],
  ['a waypoint that is no name', { ambient: true, waypoint: 'A' }, `waypoint "A". ${LABEL}`],
  ['a namespace of a waypoint that is no name', { ambient: true, waypoint: 'a', waypointNamespace: '' }, `waypointNamespace "". ${LABEL}`],
  ['an empty revision', { revision: '' }, `revision "". ${LABEL}`],
  ['a name with a dot', { metadata: { name: 'a.b' } }, `name of Namespace "a.b". ${LABEL}`],
  ['a namespace', { metadata: { namespace: 'a' } }, 'namespace "a" of a namespace. A Namespace is not in a namespace. Leave it out'],
  ['a namespace of Kubernetes', { metadata: { name: 'kube-system' } },
    'namespace "kube-system" in the mesh. Istio does not inject sidecars into Kubernetes\' own namespaces. Put models into another one'],
  ['the namespace of Istio', { metadata: { name: 'istio-system' } },
    'root namespace "istio-system" as a namespace for models. It holds Istio itself, and its policies apply to the whole mesh. Put models into another one'],
  ['the label of injection', { revision: 'a', metadata: { labels: { 'istio-injection': 'disabled' } } }, 'label istio-injection in the metadata. Set it with injection'],
  ['the label of a revision', { metadata: { labels: { 'istio.io/rev': 'a' } } }, 'label istio.io/rev in the metadata. Set it with revision'],
  ['the label of ambient mode', { metadata: { labels: { 'istio.io/dataplane-mode': 'none' } } }, 'label istio.io/dataplane-mode in the metadata. Set it with ambient'],
  ['the label of Pod Security', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } },
    'label pod-security.kubernetes.io/enforce in the metadata. Set it with podSecurity'],
  ['the label of Argo CD', { metadata: { labels: { 'argocd.argoproj.io/managed-by': 'argocd' } } },
    'label argocd.argoproj.io/managed-by in the metadata. Set it with argoCd.managedBy'],
  ['two Applications', { argoCd: { application: 'a' }, metadata: { labels: { 'app.kubernetes.io/instance': 'b' } } },
    'label app.kubernetes.io/instance in the metadata. Set it with argoCd.application'],
  ['the wave of Argo CD', { metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '1' } } },
    'annotation argocd.argoproj.io/sync-wave in the metadata. Set it with argoCd.syncWave'],
  ['a wrong label', { metadata: { labels: { 'a b': '' } } },
    'label "a b" of metadata. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
  ['an invalid level', { podSecurity: { enforce: 'strict' } }, 'podSecurity.enforce "strict". Expected one of privileged, baseline, restricted'],
  ['a version without a level', { podSecurity: { auditVersion: 'latest' } }, 'podSecurity.auditVersion "latest" without podSecurity.audit. Set podSecurity.audit'],
  ['an invalid version', { podSecurity: { warn: PodSecurityLevel.BASELINE, warnVersion: '1.31' } },
    'podSecurity.warnVersion "1.31". Expected "latest" or a release such as "v1.31"'],
  ['half a wave', { argoCd: { syncWave: 0.5 } }, 'argoCd.syncWave 0.5. Expected a whole number from -2147483647 to 2147483647'],
  ['an invalid removal', { argoCd: { prune: 'never' } }, 'argoCd.prune "never". Expected one of true, confirm, false'],
  ['an invalid Application', { argoCd: { application: 'A B' } },
    'argoCd.application "A B". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
  ['an Application that is too long for a label', { argoCd: { application: 'a'.repeat(64) } },
    `value "${'a'.repeat(64)}" of label app.kubernetes.io/instance of argoCd. Expected a string of at most 63 characters`],
  ['an invalid Argo CD', { argoCd: { managedBy: '' } }, `argoCd.managedBy "". ${LABEL}`],
])('fails with %s', (_what, props, message) => {
  expect(() => namespace(props)).toThrow(new Error(`${message} (at chart/models)`));
});

test('its own label comes before that of the chart', () => {
  const chart = new Chart(new App(), 'chart', { labels: { 'istio-injection': 'disabled' } });
  expect(ApiObject.of(new MeshNamespace(chart, 'models')).toJson().metadata.labels).toEqual({ 'istio-injection': 'enabled' });
});

test('fails with a chart that has another mode', () => {
  const chart = new Chart(new App(), 'chart', { labels: { 'istio-injection': 'enabled' } });
  expect(() => new MeshNamespace(chart, 'models', { ambient: true })).toThrow(new Error(
    'label istio-injection=enabled of the chart. It puts the namespace into the mesh in another mode than its props. Remove it from the chart (at chart/models)'));
});

test.each<[string, string, string, MeshNamespaceProps]>([
  ['istio.io/dataplane-mode', '1.17', '1.18', { ambient: true }],
  ['istio.io/use-waypoint', '1.21', '1.22', { ambient: true, waypoint: 'a' }],
  ['istio.io/use-waypoint-namespace', '1.22', '1.23', { ambient: true, waypoint: 'a', waypointNamespace: 'b' }],
])('fails with %s before its release', (field, release, since, props) => {
  expect(() => namespace(props, release)).toThrow(new Error(
    `${field} with istioVersion "${release}". Istio has this field only since ${since}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at chart/models)`));
  expect(namespace(props, since).namespaceName).toEqual('models');
});

test('fails twice in one app, whatever the namespaces of the charts', () => {
  const app = new App();
  new MeshNamespace(new Chart(app, 'a', { namespace: 'one' }), 'models');
  new MeshNamespace(new Chart(app, 'b', { namespace: 'two' }), 'models');
  expect(() => app.synthYaml()).toThrow('two objects of kind Namespace with name "models" in no namespace, a/models and b/models. One would overwrite the other');
});
