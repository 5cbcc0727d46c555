import { Fraction } from '../../src/answers/fraction';

test('a share is reduced', () => {
  expect(Fraction.of(30, 100).toString()).toBe('3/10');
  expect(Fraction.of(0, 7).toString()).toBe('0/1');
  expect(Fraction.of(5, 5).isAll).toBe(true);
});

test('shares multiply and add exactly, whatever their size', () => {
  const third = Fraction.of(1, 3);
  expect(third.plus(third).plus(third)).toEqual(Fraction.ALL);
  const tiny = Fraction.of(1, 4_294_967_295);
  expect(tiny.times(tiny).denominator).toBe(4_294_967_295n * 4_294_967_295n);
});

test('percentages have steps of 0.0001 % and stay from 0 to 100', () => {
  expect(Fraction.ofPercentage(12.5).toString()).toBe('1/8');
  expect(Fraction.ofPercentage(0.00009).isNone).toBe(true);
  expect(Fraction.ofPercentage(120).isAll).toBe(true);
  expect(Fraction.ofPercentage(-1).isNone).toBe(true);
});

test('the rest of a share makes it whole', () => {
  expect(Fraction.of(3, 10).rest.equals(Fraction.of(7, 10))).toBe(true);
  expect(Fraction.ALL.rest.isNone).toBe(true);
});

test('a share in percent has six decimals', () => {
  expect(Fraction.of(1, 3).percentage).toBe(33.333333);
  expect(Fraction.of(1, 2).percentage).toBe(50);
});
