import { run } from '@bufbuild/cel';
import { HEALTH_EXPRESSIONS } from '../../../src/gitops/flux/health-expressions';
import { healthCases } from '../../support/resource-customizations';

/** Flux asks whether an object has failed first. While an expression cannot be evaluated, it waits. */
function healthOf({ current, failed }: { readonly current: string; readonly failed: string }, object: { readonly [field: string]: unknown }): string {
  const hasFailed = run(failed, object as never);
  if (typeof hasFailed !== 'boolean') return 'InProgress';
  if (hasFailed) return 'Failed';
  return run(current, object as never) === true ? 'Current' : 'InProgress';
}

/** What the health in Argo CD's words is in Flux's. Flux does not wait for a Model that is stopped. */
const IN_FLUX: { readonly [status: string]: string } = { Healthy: 'Current', Suspended: 'Current', Degraded: 'Failed', Progressing: 'InProgress' };

describe.each(HEALTH_EXPRESSIONS)('$kind', (expressions) => {
  const { apiVersion, kind } = expressions;

  test.each(healthCases(apiVersion.split('/')[0], kind))('$name is $status', ({ object, status }) => {
    expect(healthOf(expressions, object)).toBe(IN_FLUX[status]);
  });
});
