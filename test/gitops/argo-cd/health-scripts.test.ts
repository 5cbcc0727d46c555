import { HEALTH_SCRIPTS } from '../../../src/gitops/argo-cd/health-scripts';
import { groupBy } from '../../../src/plan/groups';
import { runAsArgoCd } from '../../support/lua';
import { healthCases, healthFile } from '../../support/resource-customizations';

test('a script that uses the library for strings fails, as in Argo CD', () => {
  expect(() => runAsArgoCd('return string.format("%s", "a")', {})).toThrow("global 'string'");
});

test('each group has at least 14 cases', () => {
  const counts = [...groupBy(HEALTH_SCRIPTS, ({ kind }) => kind.group)].map(([group, scripts]) => [
    group, scripts.reduce((sum, { kind }) => sum + healthCases(group, kind.kind).length, 0),
  ]);
  expect(counts).toEqual([['mlops.seldon.io', 29], ['machinelearning.seldon.io', 15]]);
});

describe.each(HEALTH_SCRIPTS)('$kind.kind', ({ kind: { group, kind }, lua }) => {
  test('the file is what `npx tsx scripts/argo-cd-health.ts` writes', () => {
    expect(healthFile(group, kind)).toBe(lua);
  });

  test.each(healthCases(group, kind))('$name is $status', ({ object, status, message }) => {
    expect(runAsArgoCd(lua, object)).toEqual({ status, message });
  });
});
