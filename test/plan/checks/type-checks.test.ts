import { checkList, checkMember, checkObject, checkText, checkTextIfGiven, checkTexts } from '../../../src/plan/checks/type-checks';
import { messageOf } from '../../support/errors';

test.each<[string, () => void, string]>([
  ['a list', () => checkList('here', 'hosts', [], 'hosts'), 'no error'],
  ['text instead of a list', () => checkList('here', 'hosts', 'a' as never, 'hosts'), 'hosts "a". Expected a list of hosts (at here)'],
  ['text', () => checkText('here', 'host', ''), 'no error'],
  ['a number instead of text', () => checkText('here', 'host', 5 as never), 'host 5. Expected a string (at here)'],
  ['texts', () => checkTexts('here', 'hosts', ['a', '']), 'no error'],
  ['a number among texts', () => checkTexts('here', 'hosts', ['a', 5 as never]), 'hosts[1] 5. Expected a string (at here)'],
  ['no text', () => checkTextIfGiven('here', 'host', undefined, undefined), 'no error'],
  ['text that is set', () => checkTextIfGiven('here', 'host', undefined, 'a'), 'no error'],
  ['a number that is set', () => checkTextIfGiven('here', 'host', undefined, 5 as never), 'host 5. Expected a string (at here)'],
  ['a number of a part', () => checkTextIfGiven('here', 'host', 'arms[0]', 5 as never), 'host of arms[0] 5. Expected a string (at here)'],
  ['no object', () => checkObject('here', 'labels', undefined, undefined, 'labels'), 'no error'],
  ['an object', () => checkObject('here', 'labels', undefined, {}, 'labels'), 'no error'],
  ['null instead of an object', () => checkObject('here', 'labels', 'a Model', null as never, 'labels'), 'labels of a Model null. Expected labels (at here)'],
  ['a list instead of an object', () => checkObject('here', 'labels', undefined, ['a'], 'labels'), 'labels ["a"]. Expected labels (at here)'],
  ['text instead of an object', () => checkObject('here', 'labels', undefined, 'a' as never, 'labels'), 'labels "a". Expected labels (at here)'],
  ['no member', () => checkMember('here', 'mode', undefined, { A: 'a' }), 'no error'],
  ['a member', () => checkMember('here', 'mode', 'b', { A: 'a', B: 'b' }), 'no error'],
  ['no member of the enum', () => checkMember('here', 'mode', 'A', { A: 'a', B: 'b' }), 'mode "A". Expected one of a, b (at here)'],
])('%s', (_what, check, message) => {
  expect(messageOf(check)).toBe(message);
});
