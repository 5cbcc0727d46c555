import { ACCEPT_ANNOTATION } from '../../../src/plan/annotations';
import { RULES } from '../../../src/rules/all';
import { newWithTraffic } from '../../../src/rules/changes/new-with-traffic';
import { removedWithTraffic } from '../../../src/rules/changes/removed-with-traffic';
import { Rule } from '../../../src/rules/rule';
import { findingsOf } from '../../../src/rules/run';
import { clusterOf, problemsOf } from '../../support/cluster';

const model = (name: string, annotations = '{}', kind = 'Model') => `
apiVersion: mlops.seldon.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: models, annotations: ${annotations} }
spec: { storageUri: gs://models/iris, requirements: [sklearn] }
---`;

/** A route to models, by the values of `seldon-model` and their weights. */
const route = (weights: { readonly [model: string]: number }, { name = 'iris', annotations = '{}' } = {}) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: models, annotations: ${annotations} }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - route:${Object.entries(weights).map(([each, weight]) => `
        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: ${weight}
          headers: { request: { set: { seldon-model: ${each} } } }`).join('')}
---`;

const service = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: models }
spec: { selector: { app: ${name} }, ports: [{ port: 80, name: http }] }
---`;

const rule = (...subsets: readonly string[]) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: iris, namespace: models }
spec: { host: iris, subsets: [${subsets.map((name) => `{ name: ${name}, labels: { version: ${name} } }`).join(', ')}] }
---`;

const plainRoute = (destination: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec: { hosts: [models.example.com], gateways: [istio-system/gateway], http: [{ route: [{ destination: ${destination} }] }] }
---`;

const textsOf = (each: Rule, after: string, before: string, settings = {}) => problemsOf(each, after, settings, before).map((p) => p.problem);
const added = (after: string, before: string, settings = {}) => textsOf(newWithTraffic, after, before, settings);
const removed = (after: string, before: string, settings = {}) => textsOf(removedWithTraffic, after, before, settings);

const BEFORE = model('v2') + route({ v2: 100 });
const REPLACED = model('v3') + route({ v3: 100 });

test('replacing a model in one change is two findings, whose remedies are the safe commits', () => {
  expect(problemsOf(newWithTraffic, REPLACED, {}, BEFORE)).toEqual([{
    at: 'warning at VirtualService models/iris spec.http[0]',
    problem: 'Model models/v3 is new, and gets 100 % of the requests of this rule as soon as the route is applied, when it may not be ready',
    remedy: 'create it in one commit, with weight 0 or without a route. Send requests to it in the next commit, when it is ready, and remove what it replaces in a third one',
    related: ['Model models/v3'],
  }]);
  expect(problemsOf(removedWithTraffic, REPLACED, {}, BEFORE)).toEqual([{
    at: 'warning at VirtualService models/iris',
    problem: 'Model models/v2 is removed, although it gets 100 % of the requests of a rule before the change',
    remedy: 'keep it in this commit, with weight 0 or without a route. Remove it in the next one, when no request goes to it',
    related: ['VirtualService models/iris spec.http[0]'],
  }]);
});

test('without an earlier state nothing is found', () => {
  expect([newWithTraffic, removedWithTraffic].flatMap((each) => problemsOf(each, REPLACED))).toEqual([]);
});

test('the safe commits have no finding', () => {
  const states = [
    BEFORE,
    model('v2') + model('v3') + route({ v2: 100, v3: 0 }),
    model('v2') + model('v3') + route({ v2: 90, v3: 10 }),
    model('v2') + model('v3') + route({ v2: 0, v3: 100 }),
    REPLACED,
  ];
  for (const [i, after] of states.slice(1).entries()) expect([i, ...added(after, states[i]), ...removed(after, states[i])]).toEqual([i]);
});

test('a backend that gets no requests can be created and removed', () => {
  expect(added(model('v2') + model('v3') + route({ v2: 100, v3: 0 }), BEFORE)).toEqual([]);
  expect(removed(BEFORE, model('v2') + model('v3') + route({ v2: 100, v3: 0 }))).toEqual([]);
});

test('a route that is new, or goes away, is not compared', () => {
  expect(added(REPLACED, model('v2'))).toEqual([]);
  expect(removed(model('v3'), BEFORE)).toEqual([]);
  expect(added(model('v3') + route({ v3: 100 }, { name: 'other' }), BEFORE)).toEqual([]);
});

test('a backend that a route already sends requests to is no risk when its manifest is added', () => {
  expect(added(service('a') + plainRoute('{ host: a }'), plainRoute('{ host: a }'))).toEqual([]);
  expect(added(model('v3') + route({ v2: 90, v3: 10 }), route({ v2: 90, v3: 10 }))).toEqual([]);
  expect(added(model('v3') + route({ v2: 50, v3: 50 }), route({ v2: 90, v3: 10 }))).toEqual([expect.stringContaining('gets 50 %')]);
});

test('a model that another route still needs is not removed', () => {
  expect(removed(model('v2') + model('v3') + route({ v3: 100 }), BEFORE)).toEqual([]);
});

test('a model that is not among the manifests is not new', () => {
  expect(added(route({ v3: 100 }), route({ v2: 100 }))).toEqual([]);
});

test('Pipelines and Experiments', () => {
  const before = model('a', '{}', 'Pipeline') + route({ 'a.pipeline': 1 });
  const after = model('b', '{}', 'Experiment') + route({ 'b.experiment': 1 });

  expect(added(after, before)).toEqual([expect.stringContaining('Experiment models/b is new')]);
  expect(removed(after, before)).toEqual([expect.stringContaining('Pipeline models/a is removed')]);
});

test('Services', () => {
  const [before, after] = [service('a') + plainRoute('{ host: a }'), service('b') + plainRoute('{ host: b.models.svc.cluster.local }')];

  expect(added(after, before)).toEqual([expect.stringContaining('Service models/b is new')]);
  expect(removed(after, before)).toEqual([expect.stringContaining('Service models/a is removed')]);
});

test('subsets', () => {
  const before = service('iris') + rule('v1') + plainRoute('{ host: iris, subset: v1 }');
  const after = service('iris') + rule('v2') + plainRoute('{ host: iris, subset: v2 }');

  expect(added(after, before)).toEqual([expect.stringContaining('subset v2 of host iris.models.svc.cluster.local is new')]);
  expect(removed(after, before)).toEqual([expect.stringContaining('subset v1 of host iris.models.svc.cluster.local is removed')]);
});

describe('with the health checks of Argo CD', () => {
  const settings = { healthChecks: 'argocd' };
  const wave = (number: number) => `{ argocd.argoproj.io/sync-wave: "${number}" }`;

  test('a route in a later wave waits for a new model', () => {
    const after = (ofModel: number, ofRoute: number) => model('v2') + model('v3', wave(ofModel)) + route({ v3: 1 }, { annotations: wave(ofRoute) });

    expect(added(after(3, 7), BEFORE, settings)).toEqual([]);
    expect(added(after(7, 7), BEFORE, settings)).toHaveLength(1);
    expect(added(after(3, 7), BEFORE)).toHaveLength(1);
  });

  test('an object that is deleted last is removed after the route has changed', () => {
    const before = (annotations: string) => model('v2', annotations) + route({ v2: 1 });

    expect(removed(REPLACED, before('{ argocd.argoproj.io/sync-options: "Validate=false, PruneLast=true" }'), settings)).toEqual([]);
    expect(removed(REPLACED, before('{ argocd.argoproj.io/sync-options: "Validate=false" }'), settings)).toHaveLength(1);
    expect(removed(REPLACED, before('{ argocd.argoproj.io/sync-options: PruneLast=true }'))).toHaveLength(1);
  });

  test('a subset is removed when its rule is applied, whatever its options', () => {
    const last = (text: string) => text.replace('name: iris, namespace: models', 'name: iris, namespace: models, annotations: { argocd.argoproj.io/sync-options: PruneLast=true }');
    const before = service('iris') + last(rule('v1')) + plainRoute('{ host: iris, subset: v1 }');
    const after = service('iris') + last(rule('v2')) + plainRoute('{ host: iris, subset: v2 }');

    expect(removed(after, before, settings)).toHaveLength(1);
  });
});

test('with the health checks of Flux, new models are waited for, and removed ones are not', () => {
  expect(added(REPLACED, BEFORE, { healthChecks: 'flux' })).toEqual([]);
  expect(removed(REPLACED, BEFORE, { healthChecks: 'flux' })).toHaveLength(1);
});

test('an acceptance of such a finding is unused only if there is an earlier state', () => {
  const accepted = `{ ${ACCEPT_ANNOTATION}new-with-traffic: it loads in a second }`;
  const unused = (before?: string) => findingsOf(clusterOf(model('v2', accepted) + route({ v2: 1 }), {}, before), RULES).filter(({ rule: id }) => id === 'unused-acceptance');

  expect(unused()).toEqual([]);
  expect(unused(BEFORE)).toHaveLength(1);
});
