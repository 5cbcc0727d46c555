import { Duration } from 'cdk8s';
import { show } from '../../../src/plan/checks/errors';
import { StringMatch } from '../../../src/plan/string-match';

test.each<[unknown, string]>([
  ['50', '"50"'],
  [50, '50'],
  [undefined, 'undefined'],
  [null, 'null'],
  [['a', 1, [null]], '["a", 1, [null]]'],
  [{ a: 1 }, 'an object'],
  [Object.create(null), 'an object'],
  [Duration, 'function Duration'],
  [StringMatch.prefix('/v2/'), 'prefix "/v2/"'],
  [Symbol('a'), 'Symbol(a)'],
])('%p is shown as %s', (value, text) => {
  expect(show(value)).toEqual(text);
});
