import { validate } from './harness/istioctl';
import { Manifest, printJson } from './harness/manifests';

// Values that Istio's webhook refuses; the library refuses them, too, which its unit tests show.

const keysAt = (jwksUri: string): Manifest => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'RequestAuthentication',
  metadata: { name: 'tokens', namespace: 'models' },
  spec: { jwtRules: [{ issuer: 'https://login.example.com', jwksUri }] },
});

const entryFor = (resolution: string, endpoints?: object[]): Manifest => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'ServiceEntry',
  metadata: { name: 'store', namespace: 'models' },
  spec: { hosts: ['10'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution, endpoints },
});

const messageAbout = async (object: Manifest) => (await validate(printJson([object]))).map(({ message }) => message).join();

test.each([
  'https://foo.com:not-a-number', 'https://foo.com:80:80', 'https://foo.com/%zz', 'https://[::1/keys', 'https://a b/keys',
])('keys at %s', async (jwksUri) => {
  expect(await messageAbout(keysAt(jwksUri))).toMatch(/parse "/);
});

test.each(['https://foo.com:8443/keys?v=1', 'http://[::1]:8080/keys', 'https://user:secret@foo.com/%7Ekeys'])('it accepts keys at %s', async (jwksUri) => {
  expect(await messageAbout(keysAt(jwksUri))).toBe('');
});

test.each(['DNS', 'DNS_ROUND_ROBIN'])('a number as host with resolution %s', async (resolution) => {
  expect(await messageAbout(entryFor(resolution))).toMatch(/hosts must be FQDN/);
  expect(await messageAbout(entryFor(resolution, [{ address: 'store.example.com' }]))).toBe('');
});
