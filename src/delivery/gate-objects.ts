import { ApiObject, Chart } from 'cdk8s';
import { GateCheck, RolloutGate } from './rollout-gate';

/**
 * A step whose gate is written.
 *
 * @internal
 */
export interface GatedStep {
  /** Name of the rollout. */
  readonly rollout: string;
  /** Name of the step, such as `02-25`. */
  readonly step: string;
  /** The conditions. */
  readonly checks: readonly GateCheck[];
  /** The window, as PromQL writes it. */
  readonly window: string;
}

/**
 * Writes the gate of a step for Argo Rollouts: an AnalysisTemplate, which needs no Rollout. A query without a result fails.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 * @internal
 */
export function writeAnalysis(chart: Chart, { rollout, step, checks, window }: GatedStep, { prometheus, measurements = 5 }: RolloutGate): void {
  new ApiObject(chart, 'analysis', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: `${rollout}-${step}` },
    spec: {
      metrics: checks.map(({ name, query, operator, limit }) => ({
        name,
        // Before, the window also holds requests of the step before.
        initialDelay: window,
        interval: '1m',
        count: measurements,
        failureLimit: 0,
        successCondition: `len(result) > 0 && result[0] ${operator} ${limit}`,
        provider: { prometheus: { address: prometheus, query } },
      })),
    },
  });
}

/**
 * Writes the gate of a step for Prometheus: alerts that fire unless a condition holds, without data as well. The step is safe while none
 * of them fires.
 *
 * @internal
 */
export function writeAlerts(chart: Chart, { rollout, step, checks, window }: GatedStep): void {
  new ApiObject(chart, 'alerts', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: `${rollout}-${step}` },
    spec: {
      groups: [{
        name: `${rollout}-${step}`,
        rules: checks.map(({ name, requires, query, operator, limit }) => ({
          alert: 'RolloutStepNotSafe',
          expr: `absent((${query}) ${operator} ${limit})`,
          labels: { severity: 'info', rollout, step, check: name },
          annotations: {
            summary: `Step ${step} of rollout ${rollout} is not safe: ${name}`,
            description: `The step requires ${requires}, over ${window}. Too few requests, and none at all, count as a failure.`,
          },
        })),
      }],
    },
  });
}
