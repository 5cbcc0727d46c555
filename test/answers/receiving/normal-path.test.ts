import { normalPath } from '../../../src/answers/receiving/normal-path';

test.each([
  ['/e', '/e'],
  ['/./e', '/e'],
  ['/x/../e', '/e'],
  ['/%2e/e', '/e'],
  ['/foo/%2e%2E/e', '/e'],
  ['/%65', '/e'],
  ['/%41%7E%5f', '/A~_'],
  ['/x\\..\\e', '/e'],
  ['/\\e', '//e'],
  ['/a%5Cb', '/a%5Cb'],
  ['/a%2Fb', '/a%2Fb'],
  ['/a%2fb', '/a%2fb'],
  ['/%C3%A9', '/%C3%A9'],
  ['/é', '/%C3%A9'],
  ['//e', '//e'],
  ['/a//../b', '/a/b'],
  ['/..', '/'],
  ['/.', '/'],
  ['/a/..', '/'],
  ['/a/.', '/a/'],
  ['/a/b/..', '/a/'],
  ['/../../a', '/a'],
  ['/%zz', '/%zz'],
  ['/a;v=1', '/a;v=1'],
  ['/.hidden', '/.hidden'],
  ['/a/...', '/a/...'],
  ['/a..b', '/a..b'],
])('the path %s is compared as %s', (sent, compared) => {
  expect(normalPath(sent)).toBe(compared);
});

test('a normal path stays as it is', () => {
  const characters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
  const once = normalPath(`/a/${characters}/../%61é/./b`);

  expect(normalPath(once)).toBe(once);
});
