import { ApiObject, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Mesh } from '../../src/mesh/mesh';
import { findingsOf } from '../support/errors';

function configMap(scope: Construct, id: string, name: string, namespace?: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
}

describe('options', () => {
  test('the defaults', () => {
    const { clusterDomain, rootNamespace, ingressSelector, ingressNamespace } = Mesh.of(Testing.chart());

    expect({ clusterDomain, rootNamespace, ingressSelector, ingressNamespace }).toEqual({
      clusterDomain: 'cluster.local', rootNamespace: 'istio-system', ingressSelector: { istio: 'ingressgateway' }, ingressNamespace: 'istio-system',
    });
  });

  test('set options', () => {
    const chart = Testing.chart();
    Mesh.configure(chart, { istioVersion: '1.20', clusterDomain: 'corp.internal', rootNamespace: 'istio-root', ingressSelector: { app: 'ingress' }, ingressNamespace: 'edge' });
    const mesh = Mesh.of(chart);

    expect(mesh.clusterDomain).toEqual('corp.internal');
    expect(mesh.rootNamespace).toEqual('istio-root');
    expect(mesh.ingressNamespace).toEqual('edge');
    expect(mesh.ingressSelector).toEqual({ app: 'ingress' });
    expect(mesh._release.apiVersion(chart, 'Gateway')).toEqual('networking.istio.io/v1beta1');
  });

  test('labels are copied', () => {
    const ingressSelector: { [label: string]: string } = { app: 'ingress' };
    const mesh = Mesh.configure(Testing.chart(), { ingressSelector });
    ingressSelector.app = 'other';

    expect(mesh.ingressSelector).toEqual({ app: 'ingress' });
  });

  test('a Service has the cluster\'s domain', () => {
    expect(Mesh.configure(Testing.chart(), { clusterDomain: 'corp.internal' }).serviceHost('seldon-mesh', 'models'))
      .toEqual('seldon-mesh.models.svc.corp.internal');
  });

  test.each(['', '*', '*.local', 'cluster local', 'cluster.local.'])('fails for cluster domain %j', (clusterDomain) => {
    expect(() => Mesh.configure(Testing.chart(), { clusterDomain })).toThrow(
      new Error(`clusterDomain "${clusterDomain}". Expected a DNS domain such as "cluster.local" (at test)`));
  });

  test('fails for an invalid namespace of the ingress', () => {
    expect(() => Mesh.configure(Testing.chart(), { ingressNamespace: 'Edge' })).toThrow(new Error(
      'ingressNamespace "Edge". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at test)'));
  });

  test('fails for an invalid root namespace', () => {
    expect(() => Mesh.configure(Testing.chart(), { rootNamespace: 'Istio' })).toThrow(new Error(
      'rootNamespace "Istio". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at test)'));
  });

  test('fails for an empty ingress selector', () => {
    expect(() => Mesh.configure(Testing.app(), { ingressSelector: {} })).toThrow(
      new Error('an empty ingressSelector. Set a label of the ingress pods, or leave it out (at the app)'));
  });

  test('fails for an invalid release', () => {
    expect(() => Mesh.configure(Testing.app(), { istioVersion: 'latest' })).toThrow(
      new Error('istioVersion "latest". Expected a release such as "1.22" or "1.22.3" (at the app)'));
  });

  test('a scope can be configured again after an invalid value was rejected', () => {
    const chart = Testing.chart();
    expect(() => Mesh.configure(chart, { istioVersion: 'latest' })).toThrow('istioVersion "latest"');

    expect(Mesh.configure(chart, {})).toBe(Mesh.of(chart));
  });
});

describe('scopes', () => {
  test('all of an app is one mesh by default', () => {
    const app = Testing.app();
    const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];

    expect(Mesh.of(new Construct(a, 'x'))).toBe(Mesh.of(b));
    expect(Mesh.of(app)).toBe(Mesh.of(a));
  });

  test('two apps have two meshes', () => {
    expect(Mesh.of(Testing.app())).not.toBe(Mesh.of(Testing.app()));
  });

  test('a construct uses the mesh of its nearest scope', () => {
    const app = Testing.app();
    const outer = Mesh.configure(app, {});
    const chart = new Chart(app, 'chart');
    const inner = Mesh.configure(chart, {});
    const group = new Construct(chart, 'group');
    const innermost = Mesh.configure(group, {});

    expect(Mesh.of(new Construct(group, 'x'))).toBe(innermost);
    expect(Mesh.of(new Construct(chart, 'x'))).toBe(inner);
    expect(Mesh.of(new Chart(app, 'other'))).toBe(outer);
    expect(new Set([outer, inner, innermost]).size).toBe(3);
  });

  test('the mesh of a construct never changes', () => {
    const chart = Testing.chart();
    const construct = new Construct(chart, 'x');
    const mesh = Mesh.of(construct);

    expect(Mesh.of(construct)).toBe(mesh);
    expect(Mesh.of(new Construct(construct, 'y'))).toBe(mesh);
  });

  test('a chart can be configured after another one has used its mesh', () => {
    const app = Testing.app();
    const standard = Mesh.of(new Chart(app, 'a'));
    const own = Mesh.configure(new Chart(app, 'b'), {});

    expect(own).not.toBe(standard);
  });

  test('an app can be configured when only scopes with their own mesh have used it', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'a');
    Mesh.configure(chart, {});
    Mesh.of(new Construct(chart, 'x'));

    expect(Mesh.configure(app, { clusterDomain: 'corp.internal' }).clusterDomain).toEqual('corp.internal');
  });

  test('fails when a construct below has used the mesh before, and names the first', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart');
    Mesh.of(new Construct(chart, 'iris'));
    Mesh.of(new Construct(chart, 'later'));

    expect(() => Mesh.configure(app, {})).toThrow(new Error(
      'Mesh.configure called after chart/iris used the mesh. Configure the mesh before creating constructs below this scope (at the app)'));
  });

  test('fails when a construct below a chart has used the mesh of the app before', () => {
    const app = Testing.app();
    Mesh.configure(app, {});
    const chart = new Chart(app, 'chart');
    Mesh.of(new Construct(chart, 'iris'));

    expect(() => Mesh.configure(chart, {})).toThrow(new Error(
      'Mesh.configure called after chart/iris used the mesh. Configure the mesh before creating constructs below this scope (at chart)'));
  });

  test('fails when called twice', () => {
    const chart = Testing.chart();
    Mesh.configure(chart, {});

    expect(() => Mesh.configure(chart, {})).toThrow(new Error('Mesh.configure called twice on one scope. Set all options in one call (at test)'));
  });
});

describe('parts', () => {
  test('constructs of one mesh share them', () => {
    const app = Testing.app();
    const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];
    const made: string[] = [];
    const make = (scope: { node: { path: string } }) => {
      made.push(scope.node.path);
      return {};
    };

    expect(Mesh.of(a)._part('routes', make)).toBe(Mesh.of(b)._part('routes', make));
    expect(Mesh.of(a)._part('rules', make)).not.toBe(Mesh.of(a)._part('routes', make));
    expect(made).toEqual(['', '']);
  });

  test('another mesh has its own', () => {
    const app = Testing.app();
    const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];
    Mesh.configure(a, {});

    expect(Mesh.of(a)._part('routes', () => ({}))).not.toBe(Mesh.of(b)._part('routes', () => ({})));
  });
});

describe('objects with the same identity', () => {
  const duplicate = (where: string, a: string, b: string) => (
    `[${b}] two objects of kind ConfigMap with name "iris" in ${where}, ${a} and ${b}. One would overwrite the other. Rename or remove one of them, or configure two meshes with Mesh.configure if they are for different clusters`);

  test('differ in kind, namespace or name', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart', { namespace: 'models' });
    Mesh.of(chart);
    configMap(chart, 'a', 'iris');
    configMap(chart, 'b', 'wine');
    configMap(chart, 'c', 'iris', 'other');
    new ApiObject(chart, 'd', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'iris' } });
    new ApiObject(chart, 'e', { apiVersion: 'example.com/v1', kind: 'ConfigMap', metadata: { name: 'iris' } });

    expect(findingsOf(app)).toEqual([]);
  });

  test('fails for two in one chart', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart', { namespace: 'models' });
    Mesh.of(chart);
    configMap(chart, 'a', 'iris');
    configMap(new Construct(chart, 'group'), 'b', 'iris', 'models');

    expect(findingsOf(app)).toEqual([duplicate('namespace "models"', 'chart/a', 'chart/group/b')]);
  });

  test('fails for two in two charts, each once, also without a namespace', () => {
    const app = Testing.app();
    const charts = ['one', 'two', 'three'].map((id) => new Chart(app, id));
    Mesh.of(charts[1]);
    for (const chart of charts) configMap(chart, 'a', 'iris');

    expect(findingsOf(app)).toEqual([
      duplicate('no namespace', 'one/a', 'two/a'),
      duplicate('no namespace', 'one/a', 'three/a'),
    ]);
  });

  test('fails for two versions of one kind, which are one object to the cluster', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart', { namespace: 'models' });
    Mesh.configure(app, {});
    new ApiObject(chart, 'a', { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'g' }, spec: { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] } });
    new ApiObject(chart, 'b', { apiVersion: 'networking.istio.io/v1beta1', kind: 'Gateway', metadata: { name: 'g' }, spec: { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] } });

    expect(findingsOf(app)).toEqual([
      '[chart/b] two objects of kind Gateway with name "g" in namespace "models", chart/a and chart/b. One would overwrite the other. Rename or remove one of them, or configure two meshes with Mesh.configure if they are for different clusters',
    ]);
  });

  test('fails for an object below another object', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart', { namespace: 'models' });
    Mesh.of(chart);
    const a = configMap(chart, 'a', 'wine');
    configMap(a, 'b', 'iris');
    configMap(chart, 'c', 'iris');

    expect(findingsOf(app)).toEqual([duplicate('namespace "models"', 'chart/a/b', 'chart/c')]);
  });

  test('one app can have a development and a production mesh with the same names', () => {
    const app = Testing.app();
    for (const id of ['development', 'production']) {
      const chart = new Chart(app, id, { namespace: 'models' });
      Mesh.configure(chart, { clusterDomain: `${id}.local` });
      configMap(chart, 'a', 'iris');
      Mesh.of(chart);
    }

    expect(findingsOf(app)).toEqual([]);
  });

  test('a mesh inside another one is separate', () => {
    const app = Testing.app();
    const outer = new Chart(app, 'outer', { namespace: 'models' });
    Mesh.configure(app, {});
    const inner = new Construct(outer, 'inner');
    Mesh.configure(inner, {});
    configMap(outer, 'a', 'iris');
    configMap(inner, 'a', 'iris');

    expect(findingsOf(app)).toEqual([]);
  });

  test('fails for two inside the inner mesh', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart', { namespace: 'models' });
    Mesh.configure(app, {});
    Mesh.configure(chart, {});
    configMap(chart, 'a', 'iris');
    configMap(chart, 'b', 'iris');

    expect(findingsOf(app)).toEqual([duplicate('namespace "models"', 'chart/a', 'chart/b')]);
  });
});
