import { deployment, predictor } from './core1';
import { testChart } from './manifests';
import { gatewayOf, models } from './routed-backends';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Plan } from '../../src/plan/plan';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { Model } from '../../src/seldon/core2/model';
import { AbTest } from '../../src/traffic/ab-test';
import { Canary } from '../../src/traffic/canary';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';

/** Two predictors of Seldon Core 1, one with and one without requests. */
export function core1Plan(): Plan {
  const chart = testChart();
  const iris = deployment({ predictors: [predictor('main'), predictor('next')] }, 'iris', chart);
  return new Canary(chart, 'iris-canary', {
    gateways: [gatewayOf(chart)], stable: iris.predictor('main'), canary: iris.predictor('next'), weight: 25,
  }).plan;
}

/** Two models of Seldon Core 2. */
export function core2Plan(): Plan {
  const { chart, gateways, v1, v2 } = models();
  return new Canary(chart, 'iris', { gateways, stable: v1, canary: v2, weight: 10 }).plan;
}

/** A model of Seldon Core 2 and its shadow. */
export function core2ShadowPlan(): Plan {
  const { chart, gateways, v1, v2 } = models();
  return new ShadowDeployment(chart, 'iris', { gateways, primary: v1, shadows: [{ backend: v2, percent: 20 }], router: new ExperimentRouter() }).plan;
}

/** A subset of a plain Service. */
export function subset(version: string, labels: { [label: string]: string } = { version }): ServiceBackend {
  return ServiceBackend.of({ name: 'selector', namespace: 'ml', port: 8080, subset: version, subsetLabels: labels });
}

/** Two subsets of one Service. */
export function subsetPlan(weight = 30): Plan {
  const chart = testChart();
  return new Canary(chart, 'selector', { gateways: [gatewayOf(chart)], stable: subset('v1'), canary: subset('v2'), weight }).plan;
}

/** A Service and a Service that gets mirrored requests. */
export function serviceShadowPlan(): Plan {
  const chart = testChart();
  const [primary, shadow] = ['first', 'second'].map((name) => ServiceBackend.of({ name, namespace: 'ml', port: 8080 }));
  return new ShadowDeployment(chart, 'iris', { gateways: [gatewayOf(chart)], primary, shadows: [{ backend: shadow, percent: 20 }] }).plan;
}

/** All three kinds of backends in one test. */
export function mixedPlan(): Plan {
  const chart = testChart();
  const model = new Model(chart, 'wine', { storageUri: 'gs://models/wine' });
  return new AbTest(chart, 'wine-test', {
    gateways: [gatewayOf(chart)],
    variants: [
      { name: 'a', backend: model, weight: 1 },
      { name: 'b', backend: ServiceBackend.of({ name: 'wine', namespace: 'ml', port: 8080, grpcPort: 9090 }), weight: 1 },
    ],
  }).plan;
}
