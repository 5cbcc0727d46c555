import * as fc from 'fast-check';
import { secured } from './generator/access';
import { amountOf } from './generator/amount';
import { app } from './generator/app';
import { Generated, generateApps, generateOne, report, shrink } from './generator/apps';
import { build } from './generator/build';
import { Accepted, applied, Finding, routed, validated } from './generator/judge';
import { sortRefusals, tableOf } from './generator/reason';
import { Slot } from './generator/slot';
import { AppSpec } from './generator/spec';
import { ApiServer } from './harness/apiserver';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';

// Apps are built from the library's props at random. What the constructors accept must be accepted by Kubernetes and Istio,
// and its requests must reach no one whom the app did not promise them to. What they refuse is listed by reason.

const { seeds: SEEDS, appsOfSeed: APPS_OF_SEED, requestsOfApp: REQUESTS_OF_APP, timeoutMs: TIMEOUT, isWhole } = amountOf(process.env);
const PATH = process.env.CONFORMANCE_PATH;
const APPS_OF_WORLD = 75;
/** Only a few failures are reported, since the others are mostly the same. */
const REPORTED = 3;

const api = ApiServer.connect();

let generated: Generated[];
let accepted: Accepted[];

beforeAll(() => {
  // Warnings about fields that Seldon ignores, of some thousand apps.
  jest.spyOn(console, 'warn').mockImplementation();
  generated = PATH === undefined ? generateApps(SEEDS, APPS_OF_SEED) : [generateOne(SEEDS[0], PATH)];
  accepted = generated.map((one) => one.accepted).filter((one) => one !== undefined);
  count('apps generated', generated.length);
  count('apps rejected', generated.length - accepted.length);
}, TIMEOUT);

afterAll(() => api.close());

/** Fails with the first findings, about apps that are as small as could be. */
async function expectNone(findings: readonly Finding[], judge: (apps: readonly Accepted[]) => Promise<Finding[]>): Promise<void> {
  const indices = [...new Set(findings.map(({ index }) => index))];
  const reports: string[] = [];
  for (const index of indices.slice(0, REPORTED)) {
    const first = generated.find((one) => one.index === index)!;
    const small = await shrink(first, (one) => judge([one]));
    const left = small.accepted === undefined ? [] : await judge([small.accepted]);
    reports.push(report(left.length > 0 ? left : findings.filter((one) => one.index === index), small, first));
  }
  if (reports.length > 0) throw new Error(`${indices.length} apps are not as they should be:\n\n${reports.join('\n\n')}`);
}

const routedAs = (apps: readonly Accepted[]) => routed(apps, REQUESTS_OF_APP, SEEDS[0]);

describe('what the constructors accept', () => {
  test('the API server accepts, and keeps every field of', async () => {
    await expectNone(await applied(api, accepted), (apps) => applied(api, apps));
  }, TIMEOUT);

  test('istioctl validates', async () => {
    await expectNone(await validated(accepted), validated);
  }, TIMEOUT);

  test('routes requests only to the promised backends', async () => {
    const findings: Finding[] = [];
    let sent = 0;
    for (let i = 0; i < accepted.length; i += APPS_OF_WORLD) {
      const world = await routedAs(accepted.slice(i, i + APPS_OF_WORLD));
      findings.push(...world.findings);
      sent += world.sent;
    }
    await expectNone(findings, async (apps) => (await routedAs(apps)).findings);
    if (isWhole) expect(sent).toBeGreaterThan(generated.length * REQUESTS_OF_APP / 5);
  }, TIMEOUT);
});

describe('what the constructors refuse', () => {
  test('is refused for known reasons', () => {
    const refused = generated.filter((one) => one.refused !== undefined);
    const refusals = sortRefusals(refused.map(({ index, refused: message }) => ({ index, message: message! })));
    console.log(`${refused.length} of ${generated.length} apps refused, by reason:\n${tableOf(refusals)}`);
    const described = refusals.unknown.map(({ reason, message, index }) => {
      const { seed, path } = generated.find((one) => one.index === index)!;
      return `${reason}\n  as in: ${message}\n  again: CONFORMANCE_SEED=${seed} CONFORMANCE_PATH=${path}`;
    });
    // A refusal that is right goes to generator/known-reasons.ts with a sentence that explains why; one that is not is a bug.
    expect(described).toEqual([]);
  });

  test('is neither nearly nothing nor nearly everything', () => {
    const share = accepted.length / generated.length;
    if (isWhole) expect([share > 0.25, share < 0.7]).toEqual([true, true]);
  });
});

describe('the check can fail', () => {
  const SLOT = new Slot(1);
  const SPEC: AppSpec = {
    gateways: [{ name: 'gw0', chart: 0, servers: [{ make: 'http', options: { port: 80 } }] }],
    backends: [
      { kind: 'model', name: 'iris1', chart: 0, props: { storageUri: 'gs://models/iris' } },
      { kind: 'service', name: 'svc2', namespace: 'other', port: 8080, grpcPort: 9500 },
    ],
    routes: [
      { kind: 'route', chart: 0, endpoint: 'iris', gateways: [0], arms: [{ backend: 0 }] },
      { kind: 'route', chart: 0, endpoint: 'wine', gateways: [0], arms: [{ backend: 1 }] },
    ],
    virtualServices: [],
    destinationRules: [],
    serviceEntries: [],
    backendPolicies: [],
    access: [],
  };

  /** The app with a change to its manifests that it did not ask for. */
  function changed(change: (spec: any) => void): Accepted {
    const { manifests } = build(SPEC, SLOT);
    const modified = structuredClone(manifests!);
    modified.filter(({ kind, metadata }) => kind === 'VirtualService' && metadata.name === 'route-0').forEach(({ spec }) => change(spec));
    return { index: 1, app: SPEC, slot: SLOT, manifests: modified };
  }
  const messagesOf = (findings: readonly Finding[]) => findings.map(({ message }) => message).join('\n');

  test('not where nothing is wrong', async () => {
    const one = changed(() => undefined);
    expect([...await applied(api, [one]), ...await validated([one]), ...(await routed([one], 300, 1)).findings]).toEqual([]);
  });

  test('a field that Kubernetes does not know', async () => {
    expect(messagesOf(await applied(api, [changed((spec) => { spec.http[0].timeOut = '1s'; })]))).toMatch(/refuses VirtualService .*timeOut/);
  });

  test('a value that Istio refuses', async () => {
    expect(messagesOf(await validated([changed(() => undefined), changed((spec) => { spec.http[0].timeout = '1us'; })]))).toMatch(/istioctl validate: .*\n.*route-0: duration must be greater than 1ms/);
  });

  test.each<[string, (spec: any) => void, RegExp]>([
    ['a prefix that takes neighbours', (spec) => { spec.http[0].match[1].uri.prefix = '/v2/models/'; }, /promised to .*and reached seldon-mesh/],
    ['a gRPC rule without a header', (spec) => { delete spec.http[1].match[0].headers; }, /gRPC .*\n {2}promised to .*and reached seldon-mesh/],
    ['another model', (spec) => { spec.http[0].route[0].headers.request.set['seldon-model'] = 'iris2'; }, /reached .*"seldon-model":\["iris2"\]/],
    ['a header that must not arrive', (spec) => { delete spec.http[0].route[0].headers.request.remove; }, /reached seldon-mesh.*"seldon-internal-model"|x-seldon-route/],
    ['a route that is lost', (spec) => { spec.gateways = ['nowhere/gw0']; }, /promised to seldon-mesh.*and reached no one: 404\n.*no rule/],
    ['an answer from a Service that was not asked', (spec) => {
      spec.http[0].route[0].destination = { host: `svc2.${SLOT.namespace('other')}.svc.cluster.local`, port: { number: 8080 } };
    }, /promised to seldon-mesh.* and reached svc2/],
  ])('%s', async (_name, change, message) => {
    expect(messagesOf((await routed([changed(change)], 300, 1)).findings)).toMatch(message);
  });

  describe('where a policy', () => {
    const access: AppSpec = secured({ ...SPEC, access: [{ gateway: 0, routes: [0], groups: ['risk'] }] });
    const findings = async (kind: string, change: (object: Manifest) => Manifest[]) => {
      const manifests = build(access, SLOT).manifests!.flatMap((object) => object.kind === kind ? change(structuredClone(object)) : [object]);
      return messagesOf((await routed([{ index: 1, app: access, slot: SLOT, manifests }], 300, 1)).findings);
    };
    const withSpec = (change: (spec: any) => void) => (object: Manifest) => { change(object.spec); return [object]; };

    test('is as it should be: nothing', async () => {
      expect(await findings('AuthorizationPolicy', (object) => [object])).toBe('');
    });

    test.each<[string, string, (object: Manifest) => Manifest[], RegExp]>([
      ['is lost', 'AuthorizationPolicy', () => [], /promised to no one, and reached seldon-mesh/],
      ['closes no gRPC calls', 'AuthorizationPolicy', withSpec((spec) => { spec.rules = spec.rules.filter((rule: any) => rule.when.every(({ key }: any) => !key.includes('seldon-model'))); }),
        /gRPC .*\n {2}promised to no one, and reached seldon-mesh/],
      ['closes a neighbour, too', 'AuthorizationPolicy', withSpec((spec) => { spec.rules.forEach((rule: any) => delete rule.to[0].operation.paths); }), /promised to svc2.* and reached no one: 403/],
      ['is for another group', 'AuthorizationPolicy', withSpec((spec) => { spec.rules[0].when[0].notValues = ['stranger']; }), /promised to seldon-mesh.* and reached no one: 403/],
      ['trusts no token', 'RequestAuthentication', () => [], /promised to seldon-mesh.* and reached no one: 403|expected 401 or gRPC status 16/],
    ])('%s', async (_name, kind, change, message) => {
      expect(await findings(kind, change)).toMatch(message);
    });
  });

  test('a page that has requests of a model', async () => {
    const page: AppSpec = { ...SPEC, routes: [SPEC.routes[0], { ...SPEC.routes[1], paths: [{ $match: 'prefix', value: '/' }], grpc: { by: 'none' } }] };
    const manifests = build(page, SLOT).manifests!;
    const wrong = structuredClone(manifests);
    wrong.filter(({ metadata }) => metadata.name === 'route-1').forEach(({ spec }) => { spec.http[0].match[0].uri = { prefix: '/v2' }; });
    wrong.filter(({ metadata }) => metadata.name === 'route-0').forEach(({ spec }) => { spec.http = spec.http.slice(1); });
    const messagesFor = async (objects: Manifest[]) =>
      messagesOf((await routed([{ index: 1, app: page, slot: SLOT, manifests: objects }], 300, 1)).findings);
    expect(await messagesFor(manifests)).toBe('');
    expect(await messagesFor(wrong)).toMatch(/promised to seldon-mesh.* and reached svc2/);
  });

  test('an unknown reason', () => {
    const { known, unknown } = sortRefusals([
      { index: 0, message: 'the moon is full. Wait (at models-0/route-0)' },
      { index: 1, message: 'Validation failed with the following errors:\n  [] weight -1 of Model models-1/iris1. Expected a whole number from 0 to 9 (at a/b)' },
    ]);
    expect(unknown.map(({ reason }) => reason)).toEqual(['the moon is full. Wait']);
    expect(known.map(({ count: times }) => times)).toEqual([1]);
  });

  test('a failing app is made smaller, and its seed and path give it again', async () => {
    const first = generateApps([1], 60).find((one) => (one.accepted?.app.routes.length ?? 0) > 1)!;
    const judge = async (one: Accepted): Promise<Finding[]> => one.app.routes.length > 0 ? [{ index: one.index, message: 'it has a route' }] : [];
    const small = await shrink(first, judge);
    expect(small.app.routes.length).toBe(1);
    expect(fc.stringify(small.app).length).toBeLessThan(fc.stringify(first.app).length);
    expect(fc.stringify(generateOne(small.seed, small.path).app)).toBe(fc.stringify(small.app));
    expect(fc.stringify(fc.sample(app, { seed: first.seed, path: first.path, numRuns: 1 })[0])).toBe(fc.stringify(first.app));
    expect(report([{ index: 1, message: 'it has a route' }], small, first)).toContain(`CONFORMANCE_SEED=1 CONFORMANCE_PATH=${small.path} npm run conformance`);
  });
});
