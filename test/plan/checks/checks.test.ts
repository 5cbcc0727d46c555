import { Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { asObjectName, checkCalledHost, checkDnsLabel, checkDuration, checkHost, checkInt32, checkInteger, checkNoNamespace, checkObjectName, checkPercent, checkPort, checkUint32, checkWeights, formatDuration, isDnsLabel, isHost, isIpAddress } from '../../../src/plan/checks/checks';
import { messageOf } from '../../support/errors';

const AT = 'here';

describe('where', () => {
  test('an error names the path of a construct', () => {
    const construct = new Construct(new Chart(Testing.app(), 'chart'), 'iris');

    expect(messageOf(() => checkPort(construct, 'port', 0))).toEqual('port 0. Expected a whole number from 1 to 65535 (at chart/iris)');
  });

  test('an error calls the app by its name', () => {
    expect(messageOf(() => checkPort(Testing.app(), 'port', 0))).toEqual('port 0. Expected a whole number from 1 to 65535 (at the app)');
  });
});

describe('numbers', () => {
  test('both ends of a range are in it', () => {
    expect([-1, 0, 3].map((value) => messageOf(() => checkInteger(AT, 'n', value, -1, 3)))).toEqual(['no error', 'no error', 'no error']);
  });

  test.each([-2, 4, 1.5, NaN, Infinity])('fails for %d, which is no whole number of the range', (value) => {
    expect(messageOf(() => checkInteger(AT, 'n', value, -1, 3))).toEqual(`n ${value}. Expected a whole number from -1 to 3 (at here)`);
  });

  test('fails for a number given as text, and shows so', () => {
    expect(messageOf(() => checkPort(AT, 'port', '80' as unknown as number)))
      .toEqual('port "80". Expected a whole number from 1 to 65535 (at here)');
  });

  test('ports', () => {
    expect([1, 65535].map((value) => messageOf(() => checkPort(AT, 'port', value)))).toEqual(['no error', 'no error']);
    expect(messageOf(() => checkPort(AT, 'port', 65536))).toEqual('port 65536. Expected a whole number from 1 to 65535 (at here)');
  });

  test('numbers of 32 bits, when given', () => {
    expect([undefined, 0, 2147483647].map((value) => messageOf(() => checkInt32(AT, 'n', value)))).toEqual(['no error', 'no error', 'no error']);
    expect([undefined, 0, 4294967295].map((value) => messageOf(() => checkUint32(AT, 'n', value)))).toEqual(['no error', 'no error', 'no error']);
  });

  test('fails outside of 32 bits', () => {
    expect(messageOf(() => checkInt32(AT, 'n', 2147483648))).toEqual('n 2147483648. Expected a whole number from 0 to 2147483647 (at here)');
    expect(messageOf(() => checkInt32(AT, 'n', 0, 1))).toEqual('n 0. Expected a whole number from 1 to 2147483647 (at here)');
    expect(messageOf(() => checkUint32(AT, 'n', -1))).toEqual('n -1. Expected a whole number from 0 to 4294967295 (at here)');
  });

  test('percentages may have fractions', () => {
    expect([0, 0.1, 100].map((value) => messageOf(() => checkPercent(AT, 'share', value)))).toEqual(['no error', 'no error', 'no error']);
  });

  test.each<[unknown, string]>([['10', '"10"'], [null, 'null'], [[], '[]'], [true, 'true']])('fails for a percentage of %j, which is no number', (value, shown) => {
    expect(messageOf(() => checkPercent(AT, 'share', value as number))).toEqual(`share ${shown}. Expected a percentage from 0 to 100 (at here)`);
  });

  test.each([-0.1, 100.1, NaN])('fails for %d percent', (value) => {
    expect(messageOf(() => checkPercent(AT, 'share', value))).toEqual(`share ${value}. Expected a percentage from 0 to 100 (at here)`);
  });
});

describe('weights', () => {
  const named = (...weights: number[]) => weights.map((weight, i) => ({ name: `arm${i}`, weight }));

  test('any shares are valid, including zero together with others', () => {
    expect(messageOf(() => checkWeights(AT, named(2, 1, 0)))).toBe('no error');
    expect(messageOf(() => checkWeights(AT, []))).toBe('no error');
  });

  test('fails when all are zero', () => {
    expect(messageOf(() => checkWeights(AT, named(0, 0)))).toEqual('all weights are 0 (arm0, arm1). Give at least one arm a weight above 0 (at here)');
  });

  test.each([-1, 0.5, NaN, Infinity, 2147483648])('fails for %d', (weight) => {
    expect(messageOf(() => checkWeights(AT, named(1, weight))))
      .toEqual(`weight ${weight} of arm1. Expected a whole number from 0 to 2147483647 (at here)`);
  });

  test('fails when the sum leaves 32 bits', () => {
    expect(messageOf(() => checkWeights(AT, named(2147483647, 2147483647, 1)))).toBe('no error');
    expect(messageOf(() => checkWeights(AT, named(2147483647, 2147483647, 2))))
      .toEqual('weights add up to 4294967296. Their sum must not exceed 4294967295 (at here)');
  });

  test('are taken exactly when each is an int32 of 0 or more, and their sum a uint32 above 0', () => {
    const weight = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(0, 1, 50, 2147483646, 2147483647) },
      { weight: 1, arbitrary: fc.oneof(fc.constantFrom(-1, -0, 0.5, NaN, Infinity, -Infinity, 2147483648, 4294967296), fc.double()) },
    );
    fc.assert(fc.property(fc.array(weight, { maxLength: 5 }), (weights) => {
      const bad = weights.findIndex((each) => !(each % 1 === 0 && each > -1 && each < 2 ** 31));
      const sum = bad < 0 ? weights.reduce((all, each) => all + BigInt(each), 0n) : -1n;
      const problem = messageOf(() => checkWeights(AT, named(...weights)));
      if (bad >= 0) {
        expect(problem).toEqual(`weight ${weights[bad]} of arm${bad}. Expected a whole number from 0 to 2147483647 (at here)`);
      } else if (weights.length > 0 && sum === 0n) {
        const names = weights.map((_, i) => `arm${i}`).join(', ');
        expect(problem).toEqual(`all weights are 0 (${names}). Give at least one arm a weight above 0 (at here)`);
      } else if (sum >= 2n ** 32n) {
        expect(problem).toEqual(`weights add up to ${sum}. Their sum must not exceed 4294967295 (at here)`);
      } else {
        expect(problem).toBe('no error');
      }
    }), { seed: 3, numRuns: 2000 });
  });
});

describe('durations', () => {
  test('one millisecond is enough, and none need be given', () => {
    expect(messageOf(() => checkDuration(AT, 'timeout', Duration.millis(1)))).toBe('no error');
    expect(messageOf(() => checkDuration(AT, 'timeout', undefined))).toBe('no error');
  });

  test.each([[Duration.millis(0), 0], [Duration.millis(1.5), 1.5], [Duration.seconds(0.0001), 0.1]])('fails for %s', (duration, ms) => {
    expect(messageOf(() => checkDuration(AT, 'timeout', duration))).toEqual(
      `timeout of ${ms} ms. Expected 1 ms or more, in whole milliseconds (at here)`);
  });

  test.each<[unknown, string]>([['5s', '"5s"'], [5, '5'], [null, 'null'], [{}, 'an object']])('fails for %j, which is no Duration', (value, shown) => {
    expect(messageOf(() => checkDuration(AT, 'timeout', value as Duration))).toEqual(
      `timeout ${shown}. Expected a Duration, such as Duration.seconds(5) (at here)`);
  });

  test('are written in seconds, else in milliseconds', () => {
    expect([Duration.minutes(2), Duration.millis(1500), Duration.millis(250), Duration.seconds(1)].map(formatDuration))
      .toEqual(['120s', '1500ms', '250ms', '1s']);
  });
});

describe('names', () => {
  const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
  const isAlnum = (char: string | undefined) => char !== undefined && `${LETTERS}0123456789`.includes(char);
  const isLabel = (text: string) => isAlnum(text[0]) && isAlnum(text[text.length - 1]) && [...text].every((char) => char === '-' || isAlnum(char));
  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aZ0-.'), maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...'az9', '-'), minLength: 62, maxLength: 65 }),
    fc.string({ maxLength: 4 }),
    fc.integer({ min: 250, max: 256 }).map((length) => 'a.b-c9'.repeat(50).slice(0, length)),
  );

  test('a label is 63 letters, digits and hyphens, with no hyphen at the ends', () => {
    expect(messageOf(() => checkDnsLabel(AT, 'namespace', 'a'.repeat(63)))).toBe('no error');
    expect(isDnsLabel('seldon-mesh')).toBe(true);
  });

  test.each(['', 'a'.repeat(64), '-a', 'a-', 'A', 'a.b', 'a_b'])('fails for label %j', (value) => {
    expect(messageOf(() => checkDnsLabel(AT, 'namespace', value))).toEqual(
      `namespace "${value}". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at here)`);
  });

  test.each(['', 'a'.repeat(254), 'a..b', '.a', 'a.', 'a.-b', 'A', 'a_b'])('fails for object name %j', (value) => {
    expect(messageOf(() => checkObjectName(AT, 'name', value))).toEqual(
      `name "${value}". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at here)`);
  });

  test.each<[unknown, string]>([[undefined, 'undefined'], [5, '5'], [null, 'null'], [['a'], '["a"]']])('fails for %j, which is no text', (value, shown) => {
    expect(messageOf(() => checkDnsLabel(AT, 'namespace', value as string))).toEqual(
      `namespace ${shown}. Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at here)`);
    expect(messageOf(() => checkObjectName(AT, 'name', value as string))).toEqual(
      `name ${shown}. Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at here)`);
    expect(messageOf(() => checkHost(AT, 'host', value as string))).toEqual(
      `host ${shown}. Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at here)`);
  });

  test('labels are taken exactly when they are labels', () => {
    fc.assert(fc.property(name, (value) => {
      expect(messageOf(() => checkDnsLabel(AT, 'n', value)) === 'no error').toBe(isLabel(value) && value.length < 64);
    }), { seed: 4, numRuns: 3000 });
  });

  test('object names are taken exactly when they are labels with dots between', () => {
    fc.assert(fc.property(name, (value) => {
      expect(messageOf(() => checkObjectName(AT, 'n', value)) === 'no error').toBe(value.split('.').every(isLabel) && value.length < 254);
    }), { seed: 5, numRuns: 3000 });
  });

  test('hosts are taken exactly when they are names, with a star in front at most, or addresses', () => {
    const host = fc.oneof(
      name,
      fc.string({ unit: fc.constantFrom('a', 'B', '0', '-', '.', '*', '*.', '1', 'a.b'), maxLength: 6 }),
      fc.array(fc.constantFrom('0', '7', '01', '255', '256', 'a'), { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')),
    );
    const isAddress = (value: string) => {
      const parts = value.split('.');
      return parts.length === 4 && parts.every((part) => String(Number(part)) === part && Number(part) >= 0 && Number(part) <= 255);
    };
    fc.assert(fc.property(host, (value) => {
      const labels = value.toLowerCase().split('.');
      if (labels.length > 1 && labels[0] === '*') labels.shift();
      const isName = labels.every((label) => isLabel(label) && label.length < 64) && value.length < 254
        && [...labels[labels.length - 1]].some((char) => !'0123456789'.includes(char));
      expect(isHost(value)).toBe(value === '*' || isName || isAddress(value));
    }), { seed: 6, numRuns: 5000 });
  });
});

describe('hosts', () => {
  test.each(['models.example.com', '*.example.com', '*', 'localhost', '10.0.0.1', '::1', 'fe80::1', '::ffff:10.0.0.1', 'A.example.com'])('takes %s', (value) => {
    expect(messageOf(() => checkHost(AT, 'host', value))).toBe('no error');
  });

  test.each([
    '', 'http://a.com', 'a.com:80', 'a.com/b', 'a..b', 'a.*.com', '*a.com', '*.', '10.0.0.256', '10.0.0.01', '::1]:80/x', '::g', 'fe80::1%eth0', '[::1]',
    `${'a'.repeat(64)}.com`, `${'a.'.repeat(126)}com`,
  ])('fails for %j', (value) => {
    expect(messageOf(() => checkHost(AT, 'host', value))).toEqual(
      `host "${value}". Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at here)`);
  });

  test('addresses', () => {
    expect(['10.0.0.1', '::1', 'a.com', '*', '1.2.3'].map(isIpAddress)).toEqual([true, true, false, false, false]);
  });
});

test.each([
  ['iris', 'iris'], ['My_Model', 'my-model'], ['a.b', 'a.b'], ['a..b', 'a-b'], ['a--b', 'a--b'], ['a-.b', 'a-b'], ['a.-b', 'a-b'], ['a__b_c', 'a-b-c'], ['A-b.C', 'a-b.c'], ['a---b', 'a---b'],
])('the object name of %s is %s', (value, name) => {
  expect(asObjectName(value)).toBe(name);
});

test('an address with colons is no host behind a gateway', () => {
  expect(messageOf(() => checkCalledHost('here', 'fd00::1'))).toBe('host "fd00::1" behind a gateway. Clients send an IPv6 address in brackets, so no request would match. '
    + 'Use a DNS name, or "*" for all hosts (at here)');
  expect(messageOf(() => checkCalledHost('here', 'a.example.com'))).toBe('no error');
});

test('a name is not given with its namespace', () => {
  expect(messageOf(() => checkNoNamespace('here', 'Model', 'ml/iris')))
    .toBe('name of Model "ml/iris". Give the name "iris", and { namespace: "ml" } as the last argument (at here)');
  for (const name of ['iris', '/iris', 'ml/', 'a/b/c', 5 as never]) expect(messageOf(() => checkNoNamespace('here', 'Model', name))).toBe('no error');
});

test.each(['', '*.', '*.*.com', 'a..com', '.com', `${'a.'.repeat(126)}bc`, 'fe80::1%eth0'])('%s is no host', (host) => {
  expect(isHost(host)).toBe(false);
});

test.each(['*', '*.com', 'a', `${'a.'.repeat(126)}b`, 'fe80::1', '10.0.0.1'])('%s is a host', (host) => {
  expect(isHost(host)).toBe(true);
});

test('what is no text is no host and no address', () => {
  expect([isHost(5 as never), isIpAddress(5 as never), isDnsLabel(['a'] as never)]).toEqual([false, false, false]);
});
