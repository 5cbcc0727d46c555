import { COMMANDS } from '../../../src/plan/expressions/envoy-commands';
import { formatProblem, variableProblem } from '../../../src/plan/expressions/header-variables';
import { ACCEPTED, ACCEPTED_FORMATS, REFUSED_BY_ENVOY, REFUSED_BY_ISTIO, REFUSED_FORMATS } from '../../support/header-values';

test.each(ACCEPTED)('%j is right', (value) => {
  expect(variableProblem(value)).toBeUndefined();
});

test.each([...REFUSED_BY_ENVOY, ...REFUSED_BY_ISTIO])('%j is refused', (value, problem) => {
  expect(variableProblem(value)).toBe(problem);
});

test.each([...ACCEPTED, ...ACCEPTED_FORMATS])('%j is right as a format', (value) => {
  expect(formatProblem(value)).toBeUndefined();
});

test.each([...REFUSED_BY_ENVOY, ...REFUSED_FORMATS])('%j is refused as a format', (value, problem) => {
  expect(formatProblem(value)).toBe(problem);
});

test('the first wrong variable is named, wherever it is', () => {
  expect(variableProblem('%HOSTNAME% %PATH(NQ)% %% %ONE% %TWO%')).toMatch(/%ONE%/);
});

test('the list has every command of Envoy once', () => {
  expect(COMMANDS.size).toBe(164);
});
