import { run } from '@bufbuild/cel';
import { HEALTH_EXPRESSIONS } from '../../../src/gitops/flux/health-expressions';
import { healthCases } from '../../support/resource-customizations';

/** Flux checks failure first. While an expression cannot be evaluated, the object is in progress. */
function healthOf({ current, failed }: { readonly current: string; readonly failed: string }, object: { readonly [field: string]: unknown }): string {
  if (holds(failed, object)) return 'Failed';
  return holds(current, object) ? 'Current' : 'InProgress';
}

function holds(expression: string, object: { readonly [field: string]: unknown }): boolean {
  return run(expression, object as never) === true;
}

/** What the health in Argo CD's words is in Flux's. Flux does not wait for a Model that is stopped. */
const IN_FLUX: { readonly [status: string]: string } = { Healthy: 'Current', Suspended: 'Current', Degraded: 'Failed', Progressing: 'InProgress' };

describe.each(HEALTH_EXPRESSIONS)('$kind', (expressions) => {
  const { apiVersion, kind } = expressions;

  test.each(healthCases(apiVersion.split('/')[0], kind))('$name is $status', ({ object, status }) => {
    expect(healthOf(expressions, object)).toBe(IN_FLUX[status]);
  });
});
