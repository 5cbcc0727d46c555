import { byText } from '../../src/plan/text-order';

test('texts are in the order of their code units, whatever the language of the machine', () => {
  expect(['b', 'ä', 'B', 'a10', '', 'a2', 'a'].sort(byText)).toEqual(['', 'B', 'a', 'a10', 'a2', 'b', 'ä']);
});

test('the same text twice has no order', () => {
  expect(byText('a', 'a')).toBe(0);
});
