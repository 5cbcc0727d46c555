import { Answers, ShortRequest } from '../support/answers';

// Requests that the resolver once answered in another way than Envoy, each with what Envoy was seen to do. The conformance suite found them
// with random manifests; here they are as small as they can be.

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
---
apiVersion: v1
kind: Service
metadata: {name: one, namespace: a}
spec: {selector: {app: one}, ports: [{name: http, port: 80}, {name: http-more, port: 8001}]}
---
apiVersion: v1
kind: Service
metadata: {name: three, namespace: a}
spec: {selector: {app: three}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: external, namespace: b}
spec: {hosts: [ext.s.test], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS, exportTo: [., clients]}
---`;

const route = (http: string, hosts = '["*"]', more = 'gateways: [istio-system/gateway]', name = 'routes') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: a, creationTimestamp: '2026-01-01T00:00:00Z'}
spec: {hosts: ${hosts}, ${more}, http: [${http}]}
---`;

const tlsAt = (more: string, mode = 'SIMPLE') => `${at(more)}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: tls, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 443, name: https, protocol: HTTPS}, tls: {mode: ${mode}, credentialName: cert}, hosts: ['*']}]
---`.replace('istio-system/gateway', 'istio-system/tls');

const ONE = 'route: [{destination: {host: one, port: {number: 80}}}]';
const meshAt = (more: string) => `${GATEWAY}${route(`{${ONE}, ${more}}`, '[one]', 'gateways: [mesh]')}`;
const at = (more: string) => `${GATEWAY}${route(`{${ONE}, ${more}}`)}`;

/** An answer with what arrives, and what happens to the response. */
function seen(yaml: string, request: ShortRequest): string {
  const answers = new Answers(yaml);
  const [{ outcomes: [{ delivered, response }], mirrors }] = answers.resolve(request).cases;
  const lines = (delivered?.headers ?? []).map(({ name, value }) => `${name}: ${value}`);
  const headers = [...response?.set ?? [], ...(response?.added ?? []).map(({ name, value }) => [name, value])].map(([name, value]) => `response ${name}: ${value}`);
  const mirrored = mirrors.map(({ share, responder }) => `mirror ${share.toString()} ${responder.kind}`);
  return [answers.to(request), ...lines, ...headers, ...mirrored].join('; ');
}

const inside = (url: string): ShortRequest => ({ url, from: { namespace: 'clients' } });
const MESH = 'gateways: [mesh]';

const sidecar = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: clients}
spec: {${spec}}
---`;
const PORT_80 = '{port: {number: 80, protocol: HTTP, name: http}, hosts: ["a/*"]}';
const PORT_8001 = '{port: {number: 8001, protocol: HTTP, name: http}, hosts: ["b/*"]}';
const MORE = 'route: [{destination: {host: one, port: {number: 8001}}}]';

const WILDCARD = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: wildcard, namespace: b}
spec: {hosts: ['*.w.test'], ports: [{number: 8080, name: http, protocol: HTTP}], resolution: NONE}
---`;

const CASES: readonly (readonly [title: string, yaml: string, request: ShortRequest, answer: string])[] = [
  ['values that are joined are joined without empty ones', at('match: [{headers: {accept: {exact: W}}}]'), { url: 'http://h.test/', headers: ['accept: ', 'accept: W'] }, 'one.a:80; accept: ; accept: W'],
  ['the methods that preflights ask for are joined', at('match: [{headers: {access-control-request-method: {exact: PUT}}}]'),
    { url: 'http://h.test/', headers: ['access-control-request-method: PUT', 'access-control-request-method: GET'] }, 'not-found 404'],
  ['a first cookie that is empty is dropped over HTTP/2', at('match: [{headers: {cookie: {exact: a=b}}}]'), { url: 'http://h.test/', http: '2', headers: ['cookie: ', 'cookie: a=b'] }, 'one.a:80; cookie: ; cookie: a=b'],
  ['an empty cookie alone is absent over HTTP/2', at('match: [{headers: {cookie: {}}}]'), { url: 'http://h.test/', http: '2', headers: ['cookie: '] }, 'not-found 404'],
  ['an empty cookie alone is present over HTTP/1.1', at('match: [{headers: {cookie: {}}}]'), { url: 'http://h.test/', headers: ['cookie: '] }, 'one.a:80; cookie: '],
  ['a variable reads a request header after removals', at('headers: {request: {set: {x-two: "%REQ(x-one)%"}, remove: [x-one]}}'), { url: 'http://h.test/', headers: ['x-one: v'] }, 'one.a:80'],
  ['a variable of the response reads the request as it is sent on', at('rewrite: {uri: /new}, headers: {request: {set: {x-one: w}}, response: {set: {x-path: "%REQ(:path)% %REQ(x-one)%"}}}'),
    { url: 'http://h.test/a?q' }, 'one.a:80; x-one: w; response x-path: /newa?q w'],
  ['the response header server stays as Envoy sets it', at('headers: {response: {set: {server: mine}, add: {server: more}}}'), { url: 'http://h.test/' }, 'one.a:80'],
  ['a response with status 204 has no body', `${GATEWAY}${route('{directResponse: {status: 204, body: {string: text}}}')}`, { url: 'http://h.test/' }, 'response 204'],
  ['nothing is mirrored if the destination does not exist', `${GATEWAY}${route('{route: [{destination: {host: absent.a.svc.cluster.local}}], mirrors: [{destination: {host: one, port: {number: 80}}}]}')}`,
    { url: 'http://h.test/' }, 'unavailable 503'],
  ['a fault aborts preflight requests', at('fault: {abort: {httpStatus: 418, percentage: {value: 50}}}, corsPolicy: {allowOrigins: [{exact: https://o.test}]}'),
    { url: 'http://h.test/', method: 'OPTIONS', headers: ['origin: https://o.test', 'access-control-request-method: GET'] }, '1/2 fault 418, 1/2 response 200'],
  ['a ServiceEntry that the gateway does not see is no destination', `${GATEWAY}${route('{route: [{destination: {host: ext.s.test}}]}')}`, { url: 'http://h.test/' }, 'unavailable 503'],
  ['a sidecar uses its port for a destination without one', `${GATEWAY}${route('{route: [{destination: {host: three}}]}', '[one]', MESH)}`, inside('http://one.a:8001/'), 'unavailable 503'],
  ['the short name of a Service has no form with a dot', `${GATEWAY}${route(`{${ONE}}`, '[one]', MESH)}`, inside('http://one.a./'), 'external one.a.:80'],
  ['the full name of a Service has a form with a dot', `${GATEWAY}${route(`{${ONE}}`, '[one]', MESH)}`, inside('http://one.a.svc.cluster.local./'), 'one.a:80'],
  ['a host of a VirtualService that is no Service has no form with a dot', `${GATEWAY}${route(`{${ONE}}`, '[h.test]', MESH)}`, inside('http://h.test./'), 'external h.test.:80'],
  ['a wildcard with a ServiceEntry below it is for that one only', `${GATEWAY}${route(`{${ONE}}`, '["*.s.test"]', MESH)}`, inside('http://other.s.test/'), 'external other.s.test:80'],
  ['that ServiceEntry is routed', `${GATEWAY}${route(`{${ONE}}`, '["*.s.test"]', MESH)}`, inside('http://ext.s.test/'), 'one.a:80'],
  ['other hosts of a VirtualService are known on the ports of its Services', `${GATEWAY}${route(`{${ONE}}`, '[h.test, one]', MESH)}`, inside('http://h.test:8001/'), 'one.a:80'],
  ['and on no other port', `${GATEWAY}${route(`{${ONE}}`, '[h.test, three]', MESH)}`, inside('http://h.test:8001/'), 'external h.test:8001'],
  ['a host below the wildcard of a ServiceEntry has its own VirtualService on port 80 only',
    `${GATEWAY}${WILDCARD}${route(`{match: [{uri: {exact: /x}}], ${ONE}}`, '[h.w.test]', MESH)}`, inside('http://h.w.test:8080/'), 'external *.w.test:8080'],
  ['and there, not that of the ServiceEntry', `${GATEWAY}${WILDCARD}${route(`{match: [{uri: {exact: /x}}], ${ONE}}`, '[h.w.test]', MESH)}`, inside('http://h.w.test/'), 'not-found 404'],
  ['a wildcard below that of a ServiceEntry has no effect', `${GATEWAY}${WILDCARD}${route(`{${ONE}}`, '["*.x.w.test"]', MESH)}`, inside('http://h.x.w.test:8080/'), 'external *.w.test:8080'],
  ['but on ports that the ServiceEntry does not have', `${GATEWAY}${WILDCARD}${route(`{${ONE}}`, '["*.x.w.test"]', MESH)}`, inside('http://h.x.w.test/'), 'one.a:80'],
  ['a VirtualService with the wildcard is for the ServiceEntry', `${GATEWAY}${WILDCARD}${route(`{${ONE}}`, '["*.w.test"]', MESH)}`, inside('http://h.w.test:8080/'), 'one.a:80'],
  ['a Sidecar with the host ~/* knows nothing, whatever else it lists', `${GATEWAY}${sidecar('egress: [{hosts: ["a/*", "~/*"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}')}`,
    inside('http://one.a/'), 'refused'],
  ['a listener of a Sidecar exists only if a Service that it imports has its port', `${GATEWAY}${sidecar(`egress: [${PORT_8001}, {hosts: ["a/*"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}`)}`,
    inside('http://x.test:9000/'), 'refused'],
  ['another listener for all ports may be there, whose Services are not known', `${GATEWAY}${sidecar(`egress: [${PORT_8001}, {hosts: ["a/*"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}`)}`,
    inside('http://one.a:8001/'), 'unavailable 502'],
  ['the rules for a Service that the sidecar does not know apply to its full name', `${GATEWAY}${sidecar('egress: [{hosts: ["a/other.test", "b/*"]}]')}${route(`{${ONE}}`, '[other.test, one]', MESH)}`,
    inside('http://one.a.svc.cluster.local/'), 'one.a:80'],
  ['and not to its short name', `${GATEWAY}${sidecar('egress: [{hosts: ["a/other.test", "b/*"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}')}${route(`{${ONE}}`, '[other.test, one]', MESH)}`,
    inside('http://one.a/'), 'unavailable 502'],
  ['a Service that is imported for one port is no destination on another', `${GATEWAY}${sidecar(`egress: [${PORT_80}]`)}${route(`{${MORE}}`, '[h.test]', MESH)}`,
    inside('http://h.test/'), 'unavailable 503'],
  ['one that is not imported is', `${GATEWAY}${sidecar('egress: [{hosts: ["a/h.test", "b/*"]}]')}${route(`{${MORE}}`, '[h.test]', MESH)}`, inside('http://h.test/'), 'one.a:8001'],
  ['the address of a Service that the sidecar does not know can be reached', `${GATEWAY}${sidecar('egress: [{hosts: ["b/*"]}]')}`, inside('http://one.a/'), 'one.a:80'],
  ['an address without its port cannot', `${GATEWAY}${sidecar('egress: [{hosts: ["b/*"]}]')}`, inside('http://three.a:8001/'), 'refused'],
  ['a listener for all ports knows the destinations of its rules', `${GATEWAY}${sidecar(`egress: [${PORT_80}, {hosts: ["a/h.test"]}]`)}${route(`{${MORE}}`, '[h.test]', MESH)}`,
    inside('http://h.test/'), 'one.a:8001'],
  ['gateways set x-forwarded-proto', at('match: [{headers: {x-forwarded-proto: {exact: http}}}]'), { url: 'http://h.test/', headers: ['x-forwarded-proto: https'] }, 'one.a:80'],
  ['sidecars keep that of the client', meshAt('match: [{headers: {x-forwarded-proto: {exact: https}}}]'), { ...inside('http://one.a/'), headers: ['x-forwarded-proto: https'] },
    'one.a:80; x-forwarded-proto: https'],
  ['and set it if there is none', meshAt('match: [{headers: {x-forwarded-proto: {exact: http}}}]'), inside('http://one.a/'), 'one.a:80'],
  ['without a value of it there is no route', meshAt('match: [{uri: {prefix: /}}]'), { ...inside('http://one.a/'), headers: ['x-forwarded-proto: '] }, 'not-found 404'],
  ['every request has an id', at('match: [{headers: {x-request-id: {}}}]'), { url: 'http://h.test/' }, 'one.a:80'],
  ['gateways replace the id of the client', at('match: [{headers: {x-request-id: {exact: v}}}]'), { url: 'http://h.test/', headers: ['x-request-id: v'] }, 'not-found 404'],
  ['gateways know the addresses of clients', at('match: [{headers: {x-forwarded-for: {}, x-envoy-external-address: {}}}]'), { url: 'http://h.test/' }, 'one.a:80'],
  ['controls of retries are removed', at('match: [{headers: {x-envoy-max-retries: {}}}]'), { url: 'http://h.test/', headers: ['x-envoy-max-retries: 3'] }, 'not-found 404'],
  ['gateways remove the original path', at('match: [{headers: {x-envoy-original-path: {}}}]'), { url: 'http://h.test/', headers: ['x-envoy-original-path: /'] }, 'not-found 404'],
  ['sidecars keep it', meshAt('match: [{headers: {x-envoy-original-path: {}}}]'), { ...inside('http://one.a/'), headers: ['x-envoy-original-path: /'] }, 'one.a:80; x-envoy-original-path: /'],
  ['lines of x-forwarded-host are joined', at('match: [{headers: {x-forwarded-host: {exact: "a,b"}}}]'), { url: 'http://h.test/', headers: ['x-forwarded-host: a', 'x-forwarded-host: b'] },
    'one.a:80; x-forwarded-host: a; x-forwarded-host: b'],
  ['a server that asks for no certificate gets none', tlsAt('match: [{headers: {x-forwarded-client-cert: {}}}]'), { url: 'https://h.test/', principal: 'cluster.local/ns/a/sa/b' }, 'not-found 404'],
  ['one that asks for it gets it', tlsAt('match: [{headers: {x-forwarded-client-cert: {}}}]', 'MUTUAL'), { url: 'https://h.test/', principal: 'cluster.local/ns/a/sa/b' }, 'one.a:80'],
  ['a host with a dot at the end is below the wildcard of a ServiceEntry', `${GATEWAY}${WILDCARD}`, inside('http://h.w.test.:8080/'), 'external *.w.test:8080'],
  ['and no VirtualService has it', `${GATEWAY}${WILDCARD}${route(`{${ONE}}`, '["h.w.test"]', MESH)}`, inside('http://h.w.test.:8080/'), 'external *.w.test:8080'],
  ['but that with the wildcard', `${GATEWAY}${WILDCARD}${route(`{${ONE}}`, '["*.w.test"]', MESH)}`, inside('http://h.w.test.:8080/'), 'one.a:80'],
  ['on other ports the sidecar does not know it', `${GATEWAY}${WILDCARD}`, inside('http://h.w.test./'), 'external h.w.test.:80'],
  ['direct responses have no CORS policy', `${GATEWAY}${route('{corsPolicy: {allowOrigins: [{exact: https://o.test}]}, directResponse: {status: 503}}')}`,
    { url: 'http://h.test/', method: 'OPTIONS', headers: ['origin: https://o.test', 'access-control-request-method: GET'] }, 'response 503'],
  ['only te: trailers is kept', at('match: [{headers: {te: {exact: trailers}}}]'), { url: 'http://h.test/', http: '2', headers: ['te: trailers'] }, 'one.a:80; te: trailers'],
  ['other values of te are removed', at('match: [{headers: {te: {}}}]'), { url: 'http://h.test/', headers: ['te: gzip'] }, 'not-found 404'],
];

test.each(CASES)('%s', (_title, yaml, request, answer) => {
  expect(seen(yaml, request)).toBe(answer);
});
