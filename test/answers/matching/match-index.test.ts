import * as fc from 'fast-check';
import { checksOf } from '../../../src/answers/matching/checks';
import { MatchIndex } from '../../../src/answers/matching/match-index';
import { RouteRequest } from '../../../src/answers/matching/route-request';
import { RequestHeaders } from '../../../src/answers/request-headers';
import { Cluster } from '../../../src/cluster/cluster';
import { readMatch } from '../../../src/cluster/routing/request-match';

const paths = ['/', '/a', '/a/', '/a/b', '/ab', '/A/b', '/b'];
const uri = fc.oneof(
  fc.constantFrom(...paths).map((exact) => ({ exact })),
  fc.constantFrom(...paths).map((prefix) => ({ prefix })),
  fc.constantFrom('/a.*', '.*b', '/[ab]/b', '(?i)/a/B', '/a|/b', '/x?a/b').map((regex) => ({ regex })),
);
const value = fc.oneof(fc.constantFrom('v', 'w').map((exact) => ({ exact })), fc.constant({ prefix: 'v' }), fc.constant({}));
const match = fc.record({
  uri: fc.option(uri, { nil: undefined }),
  ignoreUriCase: fc.boolean(),
  headers: fc.dictionary(fc.constantFrom('x-one', 'x-two', ':method'), value, { maxKeys: 2 }),
});
const line = fc.record({ name: fc.constantFrom('x-one', 'x-two'), value: fc.constantFrom('v', 'w', 'vw') });
const request = fc.record({ path: fc.constantFrom(...paths, '/c', '/a/b/c', '/xa/b'), lines: fc.array(line, { maxLength: 3 }) });

test('the index finds every match that a request satisfies, each once', () => {
  const cluster = new Cluster([]);
  fc.assert(fc.property(fc.array(match, { maxLength: 40 }), fc.array(request, { minLength: 5, maxLength: 5 }), (written, requests) => {
    const entries = written.map((json, position) => ({ position, match: readMatch(cluster, json)! }));
    const index = new MatchIndex(entries);
    for (const { path, lines } of requests) {
      const normal = {
        peer: { kind: 'outside' as const },
        port: 80,
        http: '1.1' as const,
        scheme: 'http' as const,
        method: 'v',
        authority: 'h',
        host: 'h',
        path,
        query: undefined,
        headers: new RequestHeaders(lines, '1.1'),
        token: undefined,
      };
      const asked = new RouteRequest(normal, undefined);
      const isSatisfied = (entry: typeof entries[number]) => checksOf(entry.match).every(({ test: holds }) => holds(asked));
      const satisfied = (all: typeof entries) => all.filter(isSatisfied).map(({ position }) => position);
      const lists = index.candidates(asked);
      expect(lists.every((list) => list.every((entry, i) => i === 0 || list[i - 1].position < entry.position))).toBe(true);
      expect(satisfied(lists.flat()).sort((a, b) => a - b)).toEqual(satisfied(entries));
    }
  }), { numRuns: 300, seed: 1 });
});
