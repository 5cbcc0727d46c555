import { invalidServiceEntry as rule } from '../../../src/rules/destinations/invalid-service-entry';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at ServiceEntry models/stores spec.hosts[0]',
    problem: 'ServiceEntry models/stores has host "*.s3.amazonaws.com" and resolution DNS without endpoints, so Istio rejects it',
    remedy: 'set resolution NONE, or DYNAMIC_DNS in Istio 1.28 or later, since DNS cannot resolve a wildcard, or list the hosts',
    related: [],
  }]);
});

test('no endpoints', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, ports: [{number: 443, name: tls, protocol: TLS}]}
`)).toEqual([{
    at: 'warning at ServiceEntry models/store spec.resolution',
    problem: 'ServiceEntry models/store has resolution STATIC without endpoints and without a workloadSelector, so requests for its hosts get 503',
    remedy: 'set endpoints or a workloadSelector, or another resolution',
    related: [],
  }]);
});

test('a wildcard with endpoints', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*.a.com'], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: b.com}]}
`)).toEqual([]);
});

test('no host', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {resolution: DNS}
`)).toEqual(['error']);
});

test('all hosts', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*'], ports: []}
`)).toEqual(['error']);
});

test('endpoints without a resolution', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], endpoints: [{address: b.com}]}
`)).toEqual(['error']);
});

test('a name as a static endpoint', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, endpoints: [{address: b.com}]}
`)).toEqual(['error']);
});

test('addresses and a socket as static endpoints', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], ports: [{number: 80, name: http}], resolution: STATIC, endpoints: [{address: 1.2.3.4}, {address: '2001:db8::1'}, {address: 'unix:///a'}]}
`)).toEqual([]);
});

test('several endpoints of a rotation', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS_ROUND_ROBIN, endpoints: [{address: b.com}, {address: c.com}]}
`)).toEqual(['error']);
});

test('several hosts with TCP', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com, b.com], resolution: DNS, ports: [{number: 1, name: tcp, protocol: TCP}]}
`)).toEqual(['error']);
});

test('several hosts with TCP and their own addresses', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com, b.com], resolution: NONE, ports: [{number: 1, name: tcp, protocol: TCP}]}
`)).toEqual([]);
});

test('several hosts with HTTP', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com, b.com], resolution: DNS, ports: [{number: 1, name: a, protocol: http}]}
`)).toEqual([]);
});

test('a block of addresses', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS, addresses: [10.0.0.0/8]}
`)).toEqual(['error']);
});

test('a block of addresses without DNS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: NONE, addresses: [10.0.0.0/8]}
`)).toEqual([]);
});

test('an address as host', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [1.2.3.4], resolution: DNS}
`)).toEqual(['error']);
});

test('DYNAMIC_DNS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*.a.com'], resolution: DYNAMIC_DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
`)).toEqual([]);
});

test('DYNAMIC_DNS with what it does not support', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DYNAMIC_DNS, addresses: [1.2.3.4], endpoints: [{address: b.com}], ports: [{number: 443, name: tls, protocol: HTTPS}]}
`)).toEqual(['error', 'error', 'error', 'error']);
});

test('an endpoint for an unknown port', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: b.com, ports: {http: 80}}]}
`)).toEqual(['error']);
});

test('a selector and endpoints', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, endpoints: [{address: 1.2.3.4}], workloadSelector: {labels: {a: b}}}
`)).toEqual(['error']);
});

test('a selector', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, workloadSelector: {labels: {a: b}}}
`)).toEqual([]);
});

test('ports with one number or one name', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS, ports: [{number: 443, name: a, protocol: TLS}, {number: 443, name: b, protocol: TLS}, {number: 444, name: a, protocol: TLS}]}
`)).toEqual(['error', 'error']);
});

/** What is found for one entry. */
const foundFor = (spec: object) => problemsOf(rule, JSON.stringify({
  apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'store', namespace: 'models' }, spec: { hosts: ['a.com'], ...spec },
})).map(({ at, problem }) => `${at.replace(/ at .* spec\.?/, ' ')}: ${problem.replace('ServiceEntry models/store ', '').replace(', so Istio rejects it', '')}`);
const REJECTED = ', so Istio rejects ServiceEntry models/store';
const ONE = { endpoints: [{ address: '1.2.3.4' }] };
const port = (number: number, name: string, protocol = 'HTTP') => ({ number, name, protocol });

test.each<[string, object, string[]]>([
  ['no host', { hosts: [] }, ['error hosts: has no host']],
  ['all hosts', { hosts: ['a.com', '*'] }, ['error hosts[1]: has host "*"']],
  ['one number', { ports: [port(80, 'a'), port(80, 'b')] }, ['error ports[1].number: lists port 80 twice']],
  ['one name', { ports: [port(80, 'a'), port(81, 'a')] }, ['error ports[1].name: has two ports named "a"']],
  ['ports without numbers and names', { ports: [{ protocol: 'HTTP' }, { protocol: 'HTTP' }, 'text'] },
    [0, 1].flatMap((i) => [`error ports[${i}].name: spec.ports[${i}].name is ""${REJECTED}`, `error ports[${i}].number: spec.ports[${i}].number is 0${REJECTED}`])],
  ['a selector and endpoints', { resolution: 'STATIC', workloadSelector: {}, ...ONE }, ['error endpoints: has a workloadSelector and endpoints']],
  ['a selector', { resolution: 'STATIC', workloadSelector: {} }, []],
  ['a name as a static address', { resolution: 'STATIC', endpoints: [{ address: '1.2.3.4' }, { address: 'node-1.b.com' }] },
    ['error endpoints[1].address: has endpoint "node-1.b.com" and resolution STATIC']],
  ['a short name as a static address', { resolution: 'STATIC', endpoints: [{ address: 'b' }] }, ['error endpoints[0].address: has endpoint "b" and resolution STATIC']],
  ['a name with digits as a static address', { resolution: 'STATIC', endpoints: [{ address: '1b1' }] }, ['error endpoints[0].address: has endpoint "1b1" and resolution STATIC']],
  ['a name with a slash as a static address', { resolution: 'STATIC', ports: [port(80, 'a')], endpoints: [{ address: 'unix:///a' }] }, []],
  ['an endpoint without address', { resolution: 'STATIC', endpoints: [{ network: 'n' }] }, []],
  ['a name as an address that is resolved', { resolution: 'DNS', endpoints: [{ address: 'b.com' }] }, []],
  ['a port of an endpoint', { resolution: 'STATIC', ports: [port(80, 'a'), port(81, 'b')], endpoints: [{ address: '1.2.3.4', ports: { b: 8081 } }] }, []],
  ['an unknown port of an endpoint', { resolution: 'STATIC', ports: [port(80, 'a')], endpoints: [{ address: '1.2.3.4', ports: { a: 8080, c: 8081 } }] },
    ['error endpoints[0].ports.c: has an endpoint with port "c", which none of its ports is named']],
  ['endpoints without resolution', ONE, ['error endpoints: has endpoints and resolution NONE']],
  ['an unknown resolution', { resolution: 'OTHER', ...ONE, hosts: ['*.b.com'] }, []],
  ['a wildcard', { resolution: 'DNS', hosts: ['a.com', '*.b.com'] }, ['error hosts[1]: has host "*.b.com" and resolution DNS without endpoints']],
  ['a partial wildcard', { resolution: 'DNS', hosts: ['a.com', '*b.com'] }, ['error hosts[1]: has host "*b.com" and resolution DNS without endpoints']],
  ['an address as host', { resolution: 'DNS', hosts: ['a.com', '10.20.30.40'] }, ['error hosts[1]: has host "10.20.30.40" and resolution DNS without endpoints']],
  ['an address as first host', { resolution: 'DNS_ROUND_ROBIN', hosts: ['10.20.30.40'] }, ['error hosts[0]: has host "10.20.30.40" and resolution DNS_ROUND_ROBIN without endpoints']],
  ['an address as host with an endpoint', { resolution: 'DNS', hosts: ['1.2.3.4'], endpoints: [{ address: 'b.com' }] }, [`error hosts[0]: spec.hosts[0] is "1.2.3.4"${REJECTED}`]],
  ['a host that only looks like an address', { resolution: 'DNS', hosts: ['1.2.3.4.com'] }, []],
  ['a host with a part that looks like an address', { resolution: 'DNS', hosts: ['a.1.2.3.4.com', 'x1.2.com'] }, []],
  ['two endpoints', { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'b.com' }, { address: 'c.com' }] },
    ['error endpoints: has 2 endpoints and resolution DNS_ROUND_ROBIN']],
  ['one endpoint of a rotation', { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'b.com' }] }, []],
  ['two endpoints with DNS', { resolution: 'DNS', endpoints: [{ address: 'b.com' }, { address: 'c.com' }] }, []],
  ['a block of addresses', { resolution: 'DNS', addresses: ['10.0.0.1', '10.0.0.0/8'] }, ['error addresses[1]: has address "10.0.0.0/8" and resolution DNS']],
  ['a plain host of DYNAMIC_DNS', { resolution: 'DYNAMIC_DNS', hosts: ['*.b.com', 'a.com'] }, ['error hosts[1]: has host "a.com" and resolution DYNAMIC_DNS']],
  ['addresses of DYNAMIC_DNS', { resolution: 'DYNAMIC_DNS', hosts: ['*.b.com'], addresses: ['10.0.0.1'] }, ['error addresses: has addresses and resolution DYNAMIC_DNS']],
  ['endpoints of DYNAMIC_DNS', { resolution: 'DYNAMIC_DNS', hosts: ['*.b.com'], ...ONE }, ['error endpoints: has endpoints and resolution DYNAMIC_DNS']],
  ['a protocol of DYNAMIC_DNS', { resolution: 'DYNAMIC_DNS', hosts: ['*.b.com'], ports: [port(443, 'a', 'TLS'), port(80, 'b', 'TCP')] },
    ['error ports[1].protocol: has a port whose protocol does not work with resolution DYNAMIC_DNS']],
  ['several hosts of TCP', { resolution: 'DNS', hosts: ['a.com', 'b.com'], ports: [port(80, 'a'), port(81, 'b', 'TCP')] },
    ['error ports[1].protocol: has 2 hosts, resolution DNS and a port that is neither HTTP nor TLS']],
  ['several hosts of HTTPS and TLS', { resolution: 'STATIC', ...ONE, hosts: ['a.com', 'b.com'], ports: [port(443, 'a', 'HTTPS'), port(444, 'b', 'tls')] }, []],
  ['several hosts of TCP with a static address', { resolution: 'STATIC', ...ONE, hosts: ['a.com', 'b.com'], ports: [port(80, 'a', 'TCP')] },
    ['error ports[0].protocol: has 2 hosts, resolution STATIC and a port that is neither HTTP nor TLS']],
  ['one host of TCP', { resolution: 'DNS', ports: [port(80, 'a', 'TCP')] }, []],
])('%s', (_what, spec, found) => {
  expect(foundFor(spec)).toEqual(found);
});

test('the ports that an endpoint can name', () => {
  const [{ remedy }] = problemsOf(rule, JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'store', namespace: 'models' },
    spec: { hosts: ['a.com'], resolution: 'STATIC', ports: [port(80, 'a'), { number: 81 }, port(82, 'b')], endpoints: [{ address: '1.2.3.4', ports: { c: 1 } }] },
  }));
  expect(remedy).toBe('use "a" or "b"');
});
