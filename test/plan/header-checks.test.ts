import { checkHeaderName, checkHeaderValue } from '../../src/plan/header-checks';
import { messageOf } from '../support/errors';

const AT = 'here';

test('names in lower case', () => {
  expect(messageOf(() => checkHeaderName(AT, 'x-seldon_route.1'))).toBe('no error');
});

test.each(['', 'X-Route', 'x route', ':path', 'é'])('fails for name %j', (value) => {
  expect(messageOf(() => checkHeaderName(AT, value))).toEqual(
    `header name "${value}". Expected a header name in lower case, as in HTTP/2 and Envoy (at here)`);
});

test.each(['', 'iris', 'a\tb', '100%%', '%HOSTNAME%', '%REQ(x-a)%', '%START_TIME(%%Y)% and %%', 'é'])('takes value %j', (value) => {
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', value))).toBe('no error');
});

test.each(['a\nb', 'a\r', '\u0000', '\u007f'])('fails for value %j', (value) => {
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', value))).toEqual(
    `value ${JSON.stringify(value)} of header x-a. Expected no control characters (at here)`);
});

test.each(['50%', '%', '%%%', '%hostname%', '%REQ(x%'])('fails for value %j', (value) => {
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', value))).toEqual(
    `value "${value}" of header x-a. Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign (at here)`);
});

test('fails for a variable that Envoy does not know', () => {
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', 'from %HOST%'))).toEqual(
    'value "from %HOST%" of header x-a. Envoy has no variable %HOST%. Use one of its list, or write %% for a percent sign (at here)');
});

test('fails above 16,384 bytes', () => {
  expect(messageOf(() => checkHeaderName(AT, 'x'.repeat(16384)))).toBe('no error');
  expect(messageOf(() => checkHeaderName(AT, 'x'.repeat(16385)))).toBe('a header name with 16385 bytes. Envoy accepts at most 16384 (at here)');
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', 'é'.repeat(8192)))).toBe('no error');
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', 'é'.repeat(8193)))).toBe('value of header x-a with 16386 bytes. Envoy accepts at most 16384 (at here)');
});

test.each<[unknown, string]>([[undefined, 'undefined'], [5, '5'], [null, 'null'], [['a'], '["a"]']])('fails for %j, which is no text', (value, shown) => {
  expect(messageOf(() => checkHeaderName(AT, value as string))).toEqual(
    `header name ${shown}. Expected a header name in lower case, as in HTTP/2 and Envoy (at here)`);
  expect(messageOf(() => checkHeaderValue(AT, 'x-a', value as string))).toEqual(`value ${shown} of header x-a. Expected a string (at here)`);
});
