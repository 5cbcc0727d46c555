import { invalidGatewayPort as rule } from '../../../src/rules/gateways/invalid-gateway-port';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[1].port.name',
    problem: 'the ports of servers[0] and servers[1] are both named "http", so Istio rejects Gateway istio-system/models',
    remedy: 'give each server of the Gateway its own port name',
    related: [],
  }]);
});

test('a Gateway without servers', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
`)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers',
    problem: 'Gateway istio-system/models has no server',
    remedy: 'add at least one server, since Istio rejects a Gateway without any',
    related: [],
  }]);
});

test('servers without a port, with a wrong number and with a wrong protocol', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {hosts: ['*']}
  - {port: {number: 0, name: a, protocol: HTTP}, hosts: ['*']}
  - {port: {number: 81, name: b, protocol: WS}, hosts: ['*']}
  - {port: {number: 82, protocol: HTTP}, hosts: ['*']}
`)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0]',
    problem: 'servers[0] has no port, so Istio rejects Gateway istio-system/models',
    remedy: 'set its number, name and protocol',
    related: [],
  }, {
    at: 'error at Gateway istio-system/models spec.servers[1].port.number',
    problem: 'the port of servers[1] has number 0, so Istio rejects Gateway istio-system/models',
    remedy: 'set an integer from 1 to 65535',
    related: [],
  }, {
    at: 'error at Gateway istio-system/models spec.servers[2].port.protocol',
    problem: 'the port of servers[2] has protocol "WS", which Istio does not know, so Istio rejects Gateway istio-system/models',
    remedy: 'set one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, HTTP_PROXY, TLS, TCP, UDP, MONGO, REDIS, MYSQL',
    related: [],
  }, {
    at: 'error at Gateway istio-system/models spec.servers[3].port.name',
    problem: 'the port of servers[3] has no name, so Istio rejects Gateway istio-system/models',
    remedy: 'give each port a name, such as "http" or "https"',
    related: [],
  }]);
});

test('a Unix socket has no port', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {bind: 'unix:///run/a', port: {number: 0, name: a, protocol: HTTP}, hosts: ['*']}
`)).toEqual([]);
});

test('a Unix socket with a port', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {bind: 'unix:///run/a', port: {number: 80, name: a, protocol: HTTP}, hosts: ['*']}
`)).toEqual(['error']);
});

test('the case of protocols makes no difference', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: a, protocol: http}, hosts: ['*']}
`)).toEqual([]);
});

test('equal names in two Gateways', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [b.example.com]}
`)).toEqual([]);
});

test('malformed manifests', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - text
  - {port: text, hosts: ['*']}
`)).toEqual(['error', 'error']);
});

test.each([['80', 'write it without quotes'], ['0', 'set an integer from 1 to 65535'], ['http', 'set an integer from 1 to 65535']])('the remedy for the text "%s"', (number, remedy) => {
  const server = { port: { number, name: 'a', protocol: 'HTTP' }, hosts: ['*'] };
  const found = problemsOf(rule, JSON.stringify({
    apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'models', namespace: 'istio-system' }, spec: { servers: [server] },
  }));
  expect(found.map((each) => each.remedy)).toEqual([remedy]);
});

/** What is found for one server. */
const foundFor = (server: object) => problemsOf(rule, JSON.stringify({
  apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'models', namespace: 'istio-system' }, spec: { servers: [server] },
})).map(({ at, problem }) => `${at.replace('error at Gateway istio-system/models spec.servers[0].', '')}: ${problem}`);

test.each<[object, string[]]>([
  [{ port: { number: 65535, name: 'a', protocol: 'HTTP' } }, []],
  [{ port: { number: 1, name: 'a', protocol: 'HTTP' } }, []],
  [{ port: { number: 65536, name: 'a', protocol: 'HTTP' } }, ['port.number: the port of servers[0] has number 65536, so Istio rejects Gateway istio-system/models']],
  [{ port: { number: 80.5, name: 'a', protocol: 'HTTP' } }, ['port.number: the port of servers[0] has number 80.5, so Istio rejects Gateway istio-system/models']],
  [{ port: { number: '80', name: 'a', protocol: 'HTTP' } }, ['port.number: the port of servers[0] has number "80", so Istio rejects Gateway istio-system/models']],
  [{ port: { name: 'a', protocol: 'HTTP' } }, ['port.number: the port of servers[0] has no number, so Istio rejects Gateway istio-system/models']],
  [{ port: { number: 80, name: 'a' } }, ['port.protocol: the port of servers[0] has no protocol, so Istio rejects Gateway istio-system/models']],
  [{ bind: 'unix:///run/a', port: { name: 'a', protocol: 'HTTP' } }, []],
  [{ bind: 'unix:///run/a', port: { number: 80, name: 'a', protocol: 'HTTP' } },
    ['port.number: servers[0] is bound to a Unix socket and has port 80, so Istio rejects Gateway istio-system/models']],
  [{ bind: '10.0.0.1', port: { number: 0, name: 'a', protocol: 'HTTP' } },
    ['port.number: the port of servers[0] has number 0, so Istio rejects Gateway istio-system/models']],
])('%j', (server, found) => {
  expect(foundFor({ hosts: ['*'], ...server })).toEqual(found);
});
