import { Authority, authoritySecret, tlsSecret } from './harness/certificates';
import { Manifest } from './harness/manifests';
import { startWorld } from './harness/world';

// Istio compares principals without the scheme of the identity in a certificate.

const IDENTITY = 'cluster.local/ns/jobs/sa/batch';
const authority = new Authority('the authority of callers');
const secrets = [tlsSecret('server', authority.sign(['x.test']), authority), authoritySecret('server-cacert', authority)];
const clientCertificate = authority.sign(['batch.test'], undefined, `spiffe://${IDENTITY}`);

const object = (type: string, name: string, namespace: string, spec: object): Manifest => {
  const [, apiVersion, kind] = /^(.*)\/(\w+)$/.exec(type)!;
  return { apiVersion, kind, metadata: { name, namespace }, spec };
};

const MANIFESTS = [
  object('networking.istio.io/v1/Gateway', 'gateway', 'istio-system', {
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls: { mode: 'OPTIONAL_MUTUAL', credentialName: 'server' } }],
  }),
  object('networking.istio.io/v1/VirtualService', 'iris', 'models', {
    hosts: ['x.test'], gateways: ['istio-system/gateway'], http: [{ route: [{ destination: { host: 'iris.models.svc.cluster.local', port: { number: 8080 } } }] }],
  }),
];

async function statusWith(action: string, source: object): Promise<number | undefined> {
  const policy = object('security.istio.io/v1/AuthorizationPolicy', 'access', 'istio-system', {
    selector: { matchLabels: { istio: 'ingressgateway' } }, action, rules: [{ from: [{ source }] }],
  });
  const world = await startWorld([...MANIFESTS, policy], { secrets });
  try {
    return (await world.send({ rest: '/a', host: 'x.test', port: 443, clientCertificate })).response.status;
  } finally {
    await world.close();
  }
}

test.each([
  ['ALLOW', { principals: [IDENTITY] }, 200],
  ['ALLOW', { principals: [`spiffe://${IDENTITY}`] }, 403],
  ['ALLOW', { notPrincipals: [IDENTITY] }, 403],
  ['ALLOW', { notPrincipals: [`spiffe://${IDENTITY}`] }, 200],
  ['DENY', { principals: [IDENTITY] }, 403],
  ['DENY', { principals: ['spiffe://*'] }, 200],
])('%s %j answers %d', async (action, source, status) => {
  expect(await statusWith(action, source)).toBe(status);
});
