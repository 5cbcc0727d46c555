import fc from 'fast-check';
import { hostCovers, hostIntersection, widerHosts, widestHosts } from '../../src/plan/hosts';

const HOSTS = ['a.com', 'x.a.com', 'y.x.a.com', 'b.org', 'localhost'];
const PATTERNS = ['*', '*.com', '*.a.com', '*.x.a.com', '*.org', ...HOSTS];

/** The hosts that a pattern stands for, by comparing labels from the right. */
function hostsOf(pattern: string): string[] {
  const wanted = pattern.split('.').reverse();
  return HOSTS.filter((host) => {
    const labels = host.split('.').reverse();
    return wanted.every((label, i) => (label === '*' ? labels.length > i : labels[i] === label))
      && (wanted.includes('*') || labels.length === wanted.length);
  });
}

test('a wildcard covers the hosts below it, and not its own domain', () => {
  expect(PATTERNS.filter((pattern) => hostCovers('*.a.com', pattern))).toEqual(['*.a.com', '*.x.a.com', 'x.a.com', 'y.x.a.com']);
});

test('a star covers everything and is covered by itself alone', () => {
  expect(PATTERNS.filter((pattern) => hostCovers('*', pattern))).toEqual(PATTERNS);
  expect(PATTERNS.filter((pattern) => hostCovers(pattern, '*'))).toEqual(['*']);
});

test('a wildcard does not cover a name that ends with the same letters', () => {
  expect(hostCovers('*.a.com', 'xa.com')).toBe(false);
});

test('covering means that no host is left out', () => {
  fc.assert(fc.property(fc.constantFrom(...PATTERNS), fc.constantFrom(...PATTERNS), (outer, inner) => {
    const all = new Set(hostsOf(outer));
    if (hostCovers(outer, inner)) expect(hostsOf(inner).filter((host) => !all.has(host))).toEqual([]);
  }), { seed: 1, numRuns: 200 });
});

test('an intersection is the narrower pattern, and has the hosts of both', () => {
  fc.assert(fc.property(fc.constantFrom(...PATTERNS), fc.constantFrom(...PATTERNS), (a, b) => {
    const both = hostsOf(a).filter((host) => hostsOf(b).includes(host));
    const found = hostIntersection(a, b);
    expect(found === undefined ? [] : hostsOf(found)).toEqual(both);
    expect(found === undefined || found === a || found === b).toBe(true);
  }), { seed: 2, numRuns: 200 });
});

test('hosts with nothing in common have no intersection', () => {
  expect(hostIntersection('*.a.com', 'b.org')).toBeUndefined();
});

test('the widest hosts are in the order given, each once', () => {
  expect(widestHosts(['b.org', 'x.a.com', '*.a.com', 'b.org', 'a.com'])).toEqual(['b.org', '*.a.com', 'a.com']);
});

test('a star is wider than all', () => {
  expect(widestHosts(['a.com', '*', '*.org', '*'])).toEqual(['*']);
});

test('wider hosts go from the narrowest to the star', () => {
  expect(widerHosts('x.a.com')).toEqual(['*.a.com', '*.com', '*']);
  expect(widerHosts('*.a.com')).toEqual(['*.com', '*']);
  expect(widerHosts('localhost')).toEqual(['*']);
  expect(widerHosts('*')).toEqual([]);
});

test('wider hosts are exactly the other patterns that cover a host', () => {
  for (const pattern of PATTERNS) {
    expect(PATTERNS.filter((other) => widerHosts(pattern).includes(other)))
      .toEqual(PATTERNS.filter((other) => other !== pattern && hostCovers(other, pattern)));
  }
});
