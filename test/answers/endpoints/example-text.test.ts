import { exampleText } from '../../../src/answers/endpoints/example-text';

test.each([
  ['/v2/models/[^/]+/infer', '/v2/models/x/infer'], ['(?i)yes', 'yes'], ['a{3}', 'aaa'], ['', ''], ['[0-9]+', '0'], ['.*tensorflow.*', 'tensorflow'], ['a|bc', 'a'],
])('%s matches %s', (source, text) => {
  const found = exampleText(source);
  expect([found?.toLowerCase()]).toEqual([text]);
});

test.each([['[\\x00-\\x1f]'], ['a\\bb'], ['x{300}']])('there is no example for %s', (source) => {
  expect(exampleText(source)).toBeUndefined();
});
