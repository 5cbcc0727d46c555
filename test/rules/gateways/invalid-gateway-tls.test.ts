import { invalidGatewayTls as rule } from '../../../src/rules/gateways/invalid-gateway-tls';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].tls',
    problem: 'servers[0] (HTTPS) has mode SIMPLE and no certificate, so Istio rejects Gateway istio-system/models',
    remedy: 'set credentialName to the Secret with the certificate, or set serverCertificate and privateKey',
    related: [],
  }]);
});

test('a certificate that is ignored', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {credentialName: certificate}}
`)).toEqual([{
    at: 'warning at Gateway istio-system/models spec.servers[0].tls',
    problem: 'servers[0] (HTTPS) of Gateway istio-system/models has no TLS mode, so it passes TLS through and ignores credentialName',
    remedy: 'set mode SIMPLE if the gateway is to terminate TLS, or remove credentialName',
    related: [],
  }]);
});

test('TLS settings of a plain server', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].tls',
    problem: 'servers[0] (HTTP) has settings to terminate TLS, so Istio rejects Gateway istio-system/models',
    remedy: 'set protocol HTTPS, or keep only httpsRedirect in tls',
    related: [],
  }]);
});

test('no settings for HTTPS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*']}
`)).toEqual(['error']);
});

test('settings for TCP', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 90, name: tcp, protocol: TCP}, hosts: ['*'], tls: {mode: PASSTHROUGH}}
`)).toEqual(['error']);
});

test('redirects, and modes of a plain server that Istio accepts', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [b.example.com], tls: {mode: PASSTHROUGH}}
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [c.example.com], tls: {httpsRedirect: true, mode: AUTO_PASSTHROUGH}}
`)).toEqual([]);
});

test('certificates from secrets and files', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: SIMPLE, credentialName: certificate}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [b.com], tls: {mode: SIMPLE, serverCertificate: a, privateKey: b}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [c.com], tls: {mode: MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [d.com], tls: {mode: MUTUAL, credentialNames: [a, b]}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [e.com], tls: {mode: SIMPLE, tlsCertificates: [{serverCertificate: a, privateKey: b}]}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [f.com], tls: {mode: ISTIO_MUTUAL}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [g.com], tls: {mode: SIMPLE, credentialName: a, serverCertificate: b}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [h.com], tls: {mode: PASSTHROUGH}}
`)).toEqual([]);
});

test('incomplete certificates, and two of them', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: SIMPLE, serverCertificate: a}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [b.com], tls: {mode: SIMPLE, privateKey: b}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [c.com], tls: {mode: MUTUAL, serverCertificate: a, privateKey: b}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [d.com], tls: {mode: SIMPLE, credentialName: a, credentialNames: [b]}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [e.com], tls: {mode: ISTIO_MUTUAL, credentialName: a}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [f.com], tls: {mode: SIMPLE, credentialName: a, serverCertificate: a, privateKey: b}}
`)).toEqual(['error', 'error', 'error', 'error', 'error', 'error']);
});

/** What is found for one server. */
const foundFor = (protocol: string | undefined, tls: object | undefined) => problemsOf(rule, JSON.stringify({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'models', namespace: 'istio-system' },
  spec: { servers: [{ port: { number: 443, name: 'a', protocol }, hosts: ['a.com'], tls }] },
})).map(({ at, problem }) => `${at.replace(/ at .*spec/, '')}: ${problem}`);
const rejected = (protocol: string, what: string, field = '.servers[0].tls') => [
  `error${field}: servers[0] (${protocol}) ${what}, so Istio rejects Gateway istio-system/models`,
];

test.each<[string | undefined, object | undefined, string[]]>([
  [undefined, undefined, []],
  [undefined, { mode: 'SIMPLE' }, []],
  ['HTTP', undefined, []],
  ['TCP', undefined, []],
  ['TLS', undefined, rejected('TLS', 'has no TLS settings', '.servers[0]')],
  ['HTTPS', undefined, rejected('HTTPS', 'has no TLS settings', '.servers[0]')],
  ['TCP', { mode: 'SIMPLE', credentialName: 'a' }, rejected('TCP', 'has TLS settings')],
  ['HTTP', { mode: 'SIMPLE' }, rejected('HTTP', 'has settings to terminate TLS')],
  ['HTTP', { serverCertificate: 'a' }, rejected('HTTP', 'has settings to terminate TLS')],
  ['HTTP', { mode: 'PASSTHROUGH', privateKey: 'a' }, rejected('HTTP', 'has settings to terminate TLS')],
  ['HTTP', { httpsRedirect: true, caCertificates: 'a' }, rejected('HTTP', 'has settings to terminate TLS')],
  ['HTTP', { credentialName: 'a' }, []],
  ['TLS', { mode: 'PASSTHROUGH', credentialName: 'a' },
    ['warning.servers[0].tls: servers[0] (TLS) of Gateway istio-system/models has mode PASSTHROUGH and ignores credentialName']],
  ['TLS', { mode: 'SIMPLE' }, rejected('TLS', 'has mode SIMPLE and no certificate')],
  ['HTTPS', { mode: 'OTHER' }, []],
  ['HTTPS', { mode: 'MUTUAL', serverCertificate: 'a', privateKey: 'b' }, rejected('HTTPS', 'has mode MUTUAL and no caCertificates')],
  ['HTTPS', { mode: 'OPTIONAL_MUTUAL', serverCertificate: 'a', privateKey: 'b' }, rejected('HTTPS', 'has mode OPTIONAL_MUTUAL and no caCertificates')],
  ['HTTPS', { mode: 'SIMPLE', serverCertificate: 'a' }, rejected('HTTPS', 'has a serverCertificate and no privateKey')],
  ['HTTPS', { mode: 'SIMPLE', privateKey: 'a' }, rejected('HTTPS', 'has mode SIMPLE and no certificate')],
  ['HTTPS', { mode: 'SIMPLE', credentialName: 'a', tlsCertificates: [{}] }, rejected('HTTPS', 'has 2 sources of its certificate, credentialName and tlsCertificates')],
  ['HTTPS', { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b', credentialNames: ['c'] },
    rejected('HTTPS', 'has 2 sources of its certificate, credentialNames and serverCertificate with privateKey')],
  ['HTTPS', { mode: 'ISTIO_MUTUAL', privateKey: 'a' }, rejected('HTTPS', 'has mode ISTIO_MUTUAL and privateKey')],
  ['HTTPS', { mode: 'ISTIO_MUTUAL', credentialNames: ['a'] }, rejected('HTTPS', 'has mode ISTIO_MUTUAL and credentialNames')],
  ['HTTPS', { mode: 'ISTIO_MUTUAL', tlsCertificates: [{ serverCertificate: 'a', privateKey: 'b' }] }, rejected('HTTPS', 'has mode ISTIO_MUTUAL and tlsCertificates')],
])('%s with %j', (protocol, tls, found) => {
  expect(foundFor(protocol, tls)).toEqual(found);
});
