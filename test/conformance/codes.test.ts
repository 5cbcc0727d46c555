import { readFileSync } from 'fs';
import { tool } from './harness/tools';
import { RULES } from '../../src/rules/all';
import { UNREPEATED_CODES } from '../../src/rules/unrepeated-codes';

test('each code of istioctl is one of a rule, or listed with the reason why no rule repeats it', () => {
  const codes = new Set(readFileSync(tool('istioctl'), 'latin1').match(/IST0\d{3}/g));
  const known = [...RULES.flatMap((rule) => rule.codes ?? []), ...UNREPEATED_CODES.flatMap((unrepeated) => unrepeated.codes)];
  expect(codes.size).toBeGreaterThan(50);
  expect([...codes].sort()).toEqual([...new Set(known.filter((code) => code.startsWith('IST')))].sort());
});
