import { distance, isLonger, isNearMiss, isSimilar, nearest } from '../../../src/plan/checks/near-miss';

test.each<[string, string, number]>([
  ['', '', 0], ['a', '', 1], ['', 'abc', 3], ['abc', 'abc', 0], ['abc', 'abd', 1], ['abc', 'xbc', 1], ['abc', 'axc', 1], ['abcd', 'acbd', 1], ['abc', 'ab', 1], ['abc', 'xabc', 1],
  ['abcd', 'badc', 2], ['kitten', 'sitting', 3], ['abc', 'cab', 2], ['aab', 'ab', 1], ['ab', 'aab', 1], ['abab', 'baba', 2], ['abcdef', 'fedcba', 5], ['ca', 'abc', 3],
  ['xaby', 'xbay', 1], ['aa', 'aaaa', 2], ['abcdx', 'abdcy', 2],
])('the distance of "%s" and "%s" is %d', (a, b, expected) => {
  expect([distance(a, b), distance(b, a)]).toEqual([expected, expected]);
});

test.each<[string, string, boolean]>([
  ['Paths', 'paths', true], ['path', 'paths', true], ['paths', 'path', true], ['boxes', 'box', true], ['box', 'boxes', true], ['policies', 'policy', true], ['policy', 'policies', true],
  ['hoST', 'HOst', true], ['prts', 'port', false], ['portd', 'ports', true], ['abc', 'abd', false], ['ab', 'ba', false], ['abcd', 'abc', false], ['abc', 'abcd', false], ['abcd', 'abdc', true],
  ['abcde', 'abxye', false], ['dax', 'daies', false], ['city', 'citiesx', false], ['a', 'as', true],
])('"%s" is a near miss of "%s": %p', (written, name, expected) => {
  expect(isNearMiss(written, name)).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['abc', 'abd', true], ['ab', 'ac', false], ['abcdef', 'abcdxy', true], ['abcdef', 'abcxyz', false], ['ABCDEF', 'abcdxy', true], ['abcdef', 'abcdefgh', true], ['abcdef', 'abcdefghi', false],
])('at most a third of "%s" and "%s" differs: %p', (written, name, expected) => {
  expect(isSimilar(written, name)).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['stor', 'storageUri', true], ['STOR', 'storageUri', true], ['sto', 'storageUri', false], ['storageUris', 'stor', true], ['storageUri', 'sto', false], ['rage', 'storageUri', false],
  ['storageUri', 'rage', false],
])('"%s" or "%s" begins with the other: %p', (written, name, expected) => {
  expect(isLonger(written, name)).toBe(expected);
});

test.each<[string, string[], string | undefined]>([
  ['modle', ['mode', 'model', 'modes'], 'mode'],
  ['modelx', ['models-and-more', 'modexy', 'model'], 'model'],
  ['storagexx', ['storages-of-others', 'storageUr'], 'storageUr'],
  ['storage', ['other', 'storageUriOfModels'], 'storageUriOfModels'],
  ['other', ['paths', 'hosts'], undefined],
])('the nearest of "%s" in %j', (written, known, expected) => {
  expect(nearest(written, known)).toBe(expected);
  expect(nearest(written, new Set(known))).toBe(expected);
});
