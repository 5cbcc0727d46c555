import { cleanCluster, cleanFiles } from './checks/clean';
import { routedAll } from './checks/routed';
import { ApiServer } from './harness/apiserver';
import { fixture } from './harness/examples';
import { Manifest, ofKind, parse, print } from './harness/manifests';
import { startWorld, World } from './harness/world';
import { core2, core2Endpoint } from './routes/core2';

// The manifests that Seldon publishes for Istio, and what people make of them, go through the same checks as the
// examples, and are caught. A check that lets one of them pass is of no use.

const SINGLE = fixture('fixtures/published/single-model.yaml');
const SPLIT = fixture('fixtures/published/traffic-split.yaml');
const HOST = 'models.example.com';

const api = ApiServer.connect();

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

afterAll(() => api.close());

/** The manifests with a change to some of the objects. */
function changed(yaml: string, change: (object: any) => void): string {
  const objects = parse(yaml);
  objects.forEach(change);
  return print(objects);
}

/** With the gateway that its routes name. */
const withGateway = (yaml: string) => changed(yaml, (object) => {
  if (object.kind === 'VirtualService') {
    object.spec.gateways = ['seldon-mesh/seldon-gateway'];
  }
});

/** With a certificate from a Secret: no files are mounted into the proxies of these tests. */
const withSecret = (yaml: string) => changed(yaml, (object) => {
  for (const server of object.kind === 'Gateway' ? object.spec.servers : []) {
    if (server.tls !== undefined) {
      server.tls = { mode: 'SIMPLE', credentialName: 'seldon-ssl-cert' };
    }
  }
});

/** The expected routes of the endpoint `iris`, shared by two models. */
const SPLIT_ROUTES = core2Endpoint({
  name: 'iris', host: HOST, arms: [{ to: core2('iris1'), share: 0.5 }, { to: core2('iris2'), share: 0.5 }],
});

describe('a gateway that does not exist', () => {
  test.each([['single model', SINGLE], ['traffic split', SPLIT]])('istioctl reports it for the published %s', async (_name, yaml) => {
    const missing = expect.stringMatching(/IST0101 .*VirtualService seldon-mesh\/iris-route.*gateway not found: "istio-system\/seldon-gateway"/);
    expect(await cleanFiles(yaml)).toContainEqual(missing);
    expect(await cleanCluster(api, yaml)).toContainEqual(missing);
  });

  test('no request is answered', async () => {
    world = await startWorld(withSecret(SPLIT));
    const [rest, grpc] = SPLIT_ROUTES;
    const findings = await routedAll(world, [{ ...rest, times: 1 }, { ...grpc, times: 1 }]);
    expect(findings.join('\n')).toMatch(/got HTTP 404 from no model\n {2}no rule of any manifest matched[^]*got gRPC status 12 .*from no model/);
  });
});

describe('a file-mounted certificate', () => {
  test('istioctl has no other complaint about the files, once the gateway exists', async () => {
    expect(await cleanFiles(withGateway(SPLIT))).toEqual([]);
  });
});

describe('a REST prefix without its end', () => {
  test('the rule takes the neighbour iris-large', async () => {
    world = await startWorld(withSecret(withGateway(SPLIT)));
    const findings = (await routedAll(world, SPLIT_ROUTES)).join('\n');
    expect(findings).toMatch(/REST for the neighbour iris-large does not reach iris\n.*\n.*got HTTP 200 from .*seldon-model: iris[12]/);
    expect(findings).toContain('rule iris-http of VirtualService seldon-mesh/iris-route sent it to');
    expect(findings).toContain("the client's x-seldon-route arrives");
    expect(findings).toContain("the client's seldon-internal-model arrives");
    // What is right about the manifests is not reported.
    expect(findings).not.toMatch(/^REST inference reaches iris/m);
  });
});

describe('a gRPC rule without a header', () => {
  /** The published single model, its gateway corrected, and its rule copied for a second model. */
  const copied = () => {
    const objects = parse(withSecret(withGateway(SINGLE)));
    const more = objects.filter(({ kind }) => kind !== 'Gateway').map((object) => {
      const text = JSON.stringify(object).replace(/"iris/g, '"iris-large');
      return JSON.parse(text) as Manifest;
    });
    return print([...objects, ...more]);
  };

  test('istioctl reports nothing about the files', async () => {
    expect(await cleanFiles(copied())).toEqual([]);
  });

  test('a call for iris, by header, is answered by iris-large', async () => {
    world = await startWorld(copied());
    const findings = await routedAll(world, core2Endpoint({ name: 'iris', host: HOST, arms: core2('iris') }));
    const grpc = findings.find((finding) => finding.startsWith('gRPC inference reaches iris'));
    expect(grpc).toMatch(/expected an answer from .*seldon-model: iris, got gRPC status 0.* from .*seldon-model: iris-large/);
    expect(grpc).toContain('rule iris-large-grpc of VirtualService seldon-mesh/iris-large-route');
    expect(findings.some((finding) => finding.startsWith('gRPC that names no model by header does not reach iris'))).toBe(true);
  });
});

describe('a destination without a port', () => {
  const yaml = () => withSecret(withGateway(SPLIT));

  test('istioctl reports it against the real Service', async () => {
    expect(await cleanCluster(api, yaml())).toContainEqual(expect.stringContaining('IST0112'));
  });

  test('every request behind port 443 gets 503, and those behind port 80 do not', async () => {
    world = await startWorld(yaml());
    const [rest] = core2Endpoint({
      name: 'iris', host: HOST, arms: [{ to: core2('iris1'), share: 0.5 }, { to: core2('iris2'), share: 0.5 }], port: 443,
    });
    const findings = (await routedAll(world, [{ ...rest, times: 20 }])).join('\n');
    expect(findings).toMatch(/\(20 of 20\)\n.*got HTTP 503 from no model\n.*rule iris-http of VirtualService/);
    expect(await routedAll(world, [SPLIT_ROUTES[0]])).toEqual([]);
  });
});

describe('an Istio mirror of a Core 2 model', () => {
  test('the mirrored request reaches the primary', async () => {
    world = await startWorld(fixture('conformance/fixtures/core2-istio-mirror.yaml'));
    const [rest, grpc] = core2Endpoint({ name: 'iris', host: HOST, arms: core2('iris1') });
    const findings = await routedAll(world, [{ ...rest, times: 50 }, { ...grpc, times: 50 }]);
    expect(findings).toEqual([
      expect.stringMatching(/\(50 of 50\)\n {2}an unexpected mirrored request reached .*seldon-model: iris1/),
      expect.stringMatching(/\(50 of 50\)\n {2}an unexpected mirrored request reached .*seldon-model: iris1/),
    ]);
  });
});

test('the published manifests hold what these tests change', () => {
  expect(ofKind(parse(SPLIT), 'Gateway')[0].spec.servers[1].tls.serverCertificate).toBeDefined();
  expect(ofKind(parse(SINGLE), 'VirtualService')[0].spec.http[1].match[0].headers).toBeUndefined();
});
