import { validate } from './harness/istioctl';
import { printJson } from './harness/manifests';
import { startWorld } from './harness/world';
import { satisfies } from '../../src/plan/conflicts/overlap';
import { bytesOf } from '../../src/plan/expressions/re2';
import { StringMatch } from '../../src/plan/string-match';

// Istio and Envoy have different engines for regular expressions. Because of one that only Envoy rejects, all routes of the port fail.

const GATEWAY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw', namespace: 'istio-system' },
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
};

/** A route on a separate host for requests whose header satisfies an expression. */
const routeOf = (regex: string, index = 0) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: `expression-${index}`, namespace: 'models' },
  spec: {
    hosts: [`e${index}.example.com`],
    gateways: ['istio-system/gw'],
    http: [{ match: [{ headers: { 'x-text': { regex } } }], route: [{ destination: { host: 'iris.models.svc.cluster.local', port: { number: 8080 } } }] }],
  },
});

/** A class of so many ranges of bytes. */
const ranges = (count: number) => `[${Array.from({ length: count }, (_, i) => `\\x${(2 * i + 128).toString(16)}`).join('')}]`;

test.each([
  '\\C', '[a-\\d]', '(a{999}){999}', '(a{1,100}){1,11}', 'a(?=b)', '(a)\\1', '\\x{110000}', '[[:letter:]]', 'a**', '\\p{Emoji}', '\\p{Sidetic}',
])('Istio refuses %s, and so does the library', async (regex) => {
  expect(await validate(printJson([routeOf(regex)]))).toEqual([{ message: expect.stringContaining('error parsing regexp') }]);
  expect(() => StringMatch.regex(regex)).toThrow(/does not compile|neither look-around nor back-references|does not support this class/);
});

test.each([
  ['a code above \\x{FF}', '\\x{100}', /invalid escape sequence/],
  ['the last code of Unicode', '[\\x{10FFFF}]', /invalid escape sequence/],
  ['a class that only Go names', '\\p{LC}', /invalid character class range/],
  ['such a class in another', '[^\\P{Cn}]', /invalid character class range/],
  ['a large program', `${ranges(33)}{1000}`, /RE2 program size of \d+ > max program size of 32768/],
])('Istio accepts %s, Envoy refuses all routes with it, and the library refuses it', async (_what, regex, reason) => {
  expect(await validate(printJson([routeOf(regex)]))).toEqual([]);
  const world = await startWorld([GATEWAY, routeOf(regex)]);
  try {
    expect(await world.rejected()).toEqual([expect.stringMatching(reason)]);
  } finally {
    await world.close();
  }
  expect(() => StringMatch.regex(regex)).toThrow(/Envoy/);
});

const EXPRESSIONS = [
  '/v2/models/([a-z0-9]+-?)+/infer', '/(a+)+b', '.', '..', '[^a]*', '\\W+', '(?i)iris', '(?:(?i)k|é)+', 'é?', '[é]+', '\\pL+', '\\p{Greek}*', '\\101', '^*a$',
  '.*\\bcat\\b.*', '.*\\Bcat', '\\Q.*\\E', '(?P<name>a)|b', 'a{2,3}', '(a{1,100}){1,10}', '[[:^digit:]_]+', `${ranges(32)}{1000}`,
];

const TEXTS = [
  '/v2/models/fraud-detection-transactions-eu-west/infer', '/v2/models/fraud-detection-transactions-eu-west', `/${'a'.repeat(300)}b`, `/${'a'.repeat(300)}`,
  'a', 'b', 'A', 'é', 'É', 'ά', 'kK', 'iris', 'IRIS', '.*', 'cat', 'concat', 'con.cat', '1', 'aaa', 'aaaa', '_-',
];

test('Envoy accepts what the library accepts, and both find the same values to match', async () => {
  const matches = EXPRESSIONS.map((regex) => StringMatch.regex(regex));
  const world = await startWorld([GATEWAY, ...EXPRESSIONS.map(routeOf)]);
  try {
    expect(await world.rejected()).toEqual([]);
    const pairs = matches.flatMap((match, index) => TEXTS.map((text) => ({ match, index, text })));
    const exchanges = await world.sendAll(pairs.map(({ index, text }) => ({
      rest: '/', host: `e${index}.example.com`, headers: { 'x-text': bytesOf(text) },
    })));
    const differences = pairs.filter(({ match, text }, i) => (exchanges[i].response.status === 200) !== satisfies(match, text));
    expect(differences.map(({ match, text }) => [match.value, text])).toEqual([]);
    expect(exchanges.filter(({ response }) => response.status === 200).length).toBeGreaterThan(50);
  } finally {
    await world.close();
  }
});
