import { SeldonDeploymentManifest } from '../../../src/cluster/core1-operator/manifest';
import { operatorRoutesOf } from '../../../src/cluster/core1-operator/routes';

function manifest(annotations: { [name: string]: string } = {}, onSpec: { [name: string]: string } = {}): SeldonDeploymentManifest {
  return {
    metadata: { name: 'iris', namespace: 'models', annotations },
    spec: {
      annotations: onSpec,
      predictors: [
        { name: 'main', graph: { name: 'm' }, explainer: { type: 'ALE' } }, { name: 'other', graph: { name: 'm' }, explainer: {} },
      ],
    },
  };
}

const operator = (...args: Parameters<typeof manifest>) => operatorRoutesOf(manifest(...args), 'iris');

describe('what the operator routes', () => {
  test('is on all hosts, below the prefix of the deployment and those of its explainers', () => {
    expect(operator()).toEqual({
      description: 'iris',
      disabledHost: 'iris.operator.invalid',
      inMesh: false,
      hosts: ['*'],
      prefixes: ['/seldon/models/iris/', '/seldon/models/iris-explainer/main/'],
      calls: { seldon: 'iris', namespace: 'models' },
    });
  });

  test('follows annotations, those of the spec first', () => {
    expect(operator({ 'seldon.io/istio-host': 'a.test', 'seldon.io/istio-gateway': 'mesh' }, { 'seldon.io/istio-host': 'B.test, c.test' }))
      .toMatchObject({ inMesh: true, hosts: ['b.test', 'c.test'] });
  });

  test('is in the default namespace where the manifest names none', () => {
    expect(operatorRoutesOf({ metadata: { name: 'iris' }, spec: { predictors: [] } }, '').prefixes).toEqual(['/seldon/default/iris/']);
  });

  test('is the same where unset fields are null', () => {
    const written = { metadata: { name: 'iris', namespace: null, annotations: null }, spec: { annotations: null, predictors: [{ name: 'main', explainer: null }] } };
    expect(operatorRoutesOf(written as never, '')).toEqual(operatorRoutesOf({ metadata: { name: 'iris' } }, ''));
    expect(operatorRoutesOf({ metadata: { name: 'iris' }, spec: null } as never, '')).toEqual(operatorRoutesOf({ metadata: { name: 'iris' } }, ''));
  });

  test('is that of the predictors where the manifest is not complete', () => {
    expect(operatorRoutesOf({ metadata: { name: 'iris' } }, '').prefixes).toEqual(['/seldon/default/iris/']);
    expect(operatorRoutesOf({ metadata: { name: 'iris' }, spec: {} }, '').hosts).toEqual(['*']);
  });
});
