import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Duration } from 'cdk8s';
import { accepted } from './checks/accepted';
import { ApiServer } from './harness/apiserver';
import { rolloutsCrds } from './harness/crds';
import { parse } from './harness/manifests';
import { checkRules, ExpectedAlert, RuleTest, testRules } from './harness/promtool';
import { core2, istio, Meter, Traffic } from './rules/traffic';
import { RolloutSteps } from '../../src/delivery/rollout-steps';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { IBackend } from '../../src/plan/backend';
import { Model } from '../../src/seldon/core2/model';
import { Canary } from '../../src/traffic/canary';

// The API server accepts the steps and their gates, and Prometheus itself decides on made-up series which steps are safe.

const KINDS: { readonly [kind: string]: { readonly meter: Meter; readonly backend: (chart: Chart, name: string) => IBackend } } = {
  'Seldon Core 2': { meter: core2, backend: (chart, name) => new Model(chart, name, { storageUri: 'gs://models/iris' }) },
  'Istio': {
    meter: istio,
    backend: (_chart, subset) => ServiceBackend.of({ name: 'selector', namespace: 'models', port: 8080, subset, subsetLabels: { version: subset } }),
  },
};

const api = ApiServer.connect();
const outdir = mkdtempSync(join(tmpdir(), 'steps-'));

beforeAll(async () => api.install(await rolloutsCrds()));

afterAll(() => {
  api.close();
  rmSync(outdir, { recursive: true, force: true });
});

/** Writes the steps 5 and 100, and reads the files of one folder. */
function stepFiles(kind: string, folder: string): { readonly [kind: string]: string } {
  const app = new App({ outdir: join(outdir, kind) });
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  const gateway = Gateway.fromGatewayName(chart, 'gateway', 'gateway', { namespace: 'istio-system' });
  const [stable, canary] = ['v1', 'v2'].map((name) => KINDS[kind].backend(chart, name));
  new RolloutSteps({
    rollout: new Canary(chart, 'iris', { gateways: [gateway], hosts: ['models.example.com'], stable, canary }),
    shares: [5, 100],
    gate: { prometheus: 'http://prometheus:9090', maxErrorPercent: 5, maxErrorPercentAboveStable: 1, maxMeanLatency: Duration.millis(250), maxLatencyTimesStable: 1.5 },
  }).synth();
  const names = folder.startsWith('gate-') ? ['AnalysisTemplate', 'PrometheusRule'].map((each) => `${each}.iris-${folder.slice('gate-'.length)}`) : ['VirtualService.iris'];
  return Object.fromEntries(names.map((name) => [name.split('.')[0], readFileSync(join(outdir, kind, 'steps', 'iris', folder, `${name}.k8s.yaml`), 'utf8')]));
}

const CALM: Traffic = { ok: 50, failed: 0, calls: 10, failedCalls: 0, seconds: 0.1 };

describe.each(Object.keys(KINDS))('steps between versions of %s', (kind) => {
  test.each(['01-5', '02-100', 'gate-01-5', 'gate-02-100'])('%s: Kubernetes accepts the objects and keeps every field', async (folder) => {
    for (const yaml of Object.values(stepFiles(kind, folder))) {
      expect(await accepted(api, yaml)).toEqual([]);
      await api.remove(parse(yaml));
    }
  });

  const rulesOf = (folder: string) => (parse(stepFiles(kind, folder).PrometheusRule)[0] as { spec: object }).spec;

  const REQUIRES: { readonly [check: string]: string } = {
    'requests': 'at least 20 requests',
    'error-rate': 'at most 5 % errors',
    'error-rate-above-stable': 'an error rate of at most that of v1 plus 1 %',
    'mean-latency': 'a mean latency of at most 0.25 s',
    'mean-latency-times-stable': 'a mean latency of at most 1.5 times that of v1',
  };

  const alert = (check: string, step: string): ExpectedAlert => ({
    exp_labels: { severity: 'info', rollout: 'iris', step, check },
    exp_annotations: {
      summary: `Step ${step} of rollout iris is not safe: ${check}`,
      description: `The step requires ${REQUIRES[check]}, over 5m. Too few requests, and none at all, count as a failure.`,
    },
  });

  const world = (name: string, traffic: { readonly [arm: string]: Traffic }, failing: readonly string[], step = '01-5'): RuleTest => ({
    name,
    interval: '1m',
    input_series: Object.entries(traffic).flatMap(([arm, each]) => KINDS[kind].meter(arm, each)),
    alert_rule_test: [{ eval_time: '20m', alertname: 'RolloutStepNotSafe', exp_alerts: failing.map((check) => alert(check, step)) }],
  });

  test('promtool finds nothing wrong with the rules', async () => {
    expect(await checkRules(rulesOf('gate-01-5'))).toEqual([]);
  });

  test('the gate passes and fails as it should', async () => {
    const none = { ok: 0, failed: 0, calls: 0, failedCalls: 0 };
    expect(await testRules(rulesOf('gate-01-5'), [
      world('both answer', { v1: CALM, v2: CALM }, []),
      world('requests fail', { v1: CALM, v2: { ok: 48, failed: 12 } }, ['error-rate', 'error-rate-above-stable']),
      world('a few more requests fail than with the stable version', { v1: CALM, v2: { ok: 97, failed: 3 } }, ['error-rate-above-stable']),
      world('slow', { v1: CALM, v2: { ...CALM, seconds: 0.4 } }, ['mean-latency', 'mean-latency-times-stable']),
      world('slower than the stable version', { v1: CALM, v2: { ...CALM, seconds: 0.2 } }, ['mean-latency-times-stable']),
      world('too few requests', { v1: CALM, v2: { ok: 3, failed: 0, seconds: 0.1 } }, ['requests']),
      world('no request', { v1: CALM, v2: none }, Object.keys(REQUIRES)),
      world('no series at all', {}, Object.keys(REQUIRES)),
      world('no request of the stable version', { v1: none, v2: CALM }, ['error-rate-above-stable', 'mean-latency-times-stable']),
    ])).toEqual([]);
  });

  test('the last step needs no requests of the stable version', async () => {
    expect(await testRules(rulesOf('gate-02-100'), [
      world('the new version answers all', { v1: { ok: 0, failed: 0 }, v2: CALM }, [], '02-100'),
      world('and fails', { v1: { ok: 0, failed: 0 }, v2: { ok: 48, failed: 12 } }, ['error-rate'], '02-100'),
    ])).toEqual([]);
  });
});
