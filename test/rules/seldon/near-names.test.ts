import { NearNames } from '../../../src/rules/seldon/near-names';

test('finds the name that was most likely intended, except the excluded one', () => {
  const names = new NearNames(['iris', 'wine']);
  expect(names.find('irsi')).toBe('iris');
  expect(names.find('irsi', 'iris')).toBeUndefined();
  expect(names.find('elephant')).toBeUndefined();
});

test('knows whether there is another name', () => {
  expect(new NearNames([]).hasOther('a')).toBe(false);
  expect(new NearNames(['a']).hasOther('a')).toBe(false);
  expect(new NearNames(['a']).hasOther('b')).toBe(true);
  expect(new NearNames(['a', 'b']).hasOther('a')).toBe(true);
});

test('gives no hints once it has compared very many names', () => {
  const names = new NearNames(Array.from({ length: 9_000 }, (_, i) => `model-${i}`));
  const find = () => [names.find('modle-1'), names.find('modle-2'), names.find('modle-3')];
  expect(find()).toEqual(['model-1', 'model-2', undefined]);
  expect(find()).toEqual(['model-1', 'model-2', undefined]);
});
