/** A Kubernetes object. */
interface Manifest {
  readonly [field: string]: unknown;
}

/** A layout of objects as clusters have them: the objects for a number of the kind that the layout is about. */
export type Layout = (count: number) => Manifest[];

/** Layouts that an index has to serve as well as the plain one. */
export const LAYOUTS: { readonly [name: string]: Layout } = {
  'wildcard hosts': (count) => [gateway('all', ['*']), ...times<Manifest>(count, (i) => route(i, [`*.team-${i % 100}.example.com`, `m${i}.example.com`], 'istio-system/all'))],
  'a host of its own each': (count) => [gateway('all', ['*']), ...times<Manifest>(count, (i) => route(i, [`m${i}.example.com`], 'istio-system/all'))],
  'many Gateways': (count) => times<Manifest>(count, (i) => [gateway(`g${i}`, [`m${i}.example.com`]), route(i, [`m${i}.example.com`], `istio-system/g${i}`)]),
  'many Gateways of one host': (count) => [
    ...times<Manifest>(count, (i) => gateway(`g${i}`, [`team-${i}/shared.example.com`])),
    ...times<Manifest>(count, (i) => route(i, ['shared.example.com'], `istio-system/g${i}`, `team-${i}`)),
  ],
  'one Gateway with many servers': (count) => [
    object('networking.istio.io/v1', 'Gateway', 'istio-system', 'all', {
      selector: { istio: 'ingressgateway' },
      servers: times<Manifest>(count, (i) => ({ hosts: [`m${i}.example.com`], port: { number: 443, name: `https-${i}`, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: `c${i}` } })),
    }),
    ...times<Manifest>(count, (i) => [
      object('v1', 'Secret', 'istio-system', `c${i}`, undefined, { type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==', 'tls.key': 'YQ==' } }),
      route(i, [`m${i}.example.com`], 'istio-system/all'),
    ]),
  ],
  'delegates of one root': (count) => [
    gateway('all', ['a.example.com']),
    object('networking.istio.io/v1', 'VirtualService', 'istio-system', 'root', {
      hosts: ['a.example.com'],
      gateways: ['istio-system/all'],
      http: times<Manifest>(count, (i) => ({ match: [{ uri: { prefix: `/m${i}/` } }], delegate: { name: `d${i}`, namespace: `team-${i % 50}` } })),
    }),
    ...times<Manifest>(count, (i) => object('networking.istio.io/v1', 'VirtualService', `team-${i % 50}`, `d${i}`, {
      http: [{ match: [{ uri: { prefix: `/m${i}/v1/` } }], route: [to('seldon-mesh.models.svc.cluster.local', `m${i}`)] }, { route: [to('seldon-mesh.models.svc.cluster.local', `n${i}`)] }],
    })),
  ],
  'one delegate of many roots': (count) => [
    gateway('all', ['*']),
    ...times<Manifest>(count, (i) => object('networking.istio.io/v1', 'VirtualService', 'istio-system', `root-${i}`, {
      hosts: [`m${i}.example.com`], gateways: ['istio-system/all'], http: [{ match: [{ uri: { prefix: '/v2/' } }], delegate: { name: 'common', namespace: 'models' } }],
    })),
    object('networking.istio.io/v1', 'VirtualService', 'models', 'common', { http: [{ match: [{ uri: { prefix: '/v2/models/' } }], route: [to('seldon-mesh.models.svc.cluster.local')] }] }),
  ],
  'routes by header only': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => headerRoute(i, { 'seldon-model': { exact: `m${i}` } }))],
  'routes by many headers': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => headerRoute(i, { [`x-header-${i}`]: { exact: 'on' } }))],
  'routes by headers with expressions': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => headerRoute(i, { 'x-group': { regex: `(.*,)?group-${i}(,.*)?` } }))],
  'routes by query': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => object('networking.istio.io/v1', 'VirtualService', 'models', `r${i}`, {
    hosts: ['a.example.com'],
    gateways: ['istio-system/all'],
    http: [{ match: [{ uri: { exact: '/infer' }, queryParams: { model: { exact: `m${i}` } } }], route: [to('seldon-mesh.models.svc.cluster.local', `m${i}`)] }],
  }))],
  'paths that begin with .*': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => pathRoute(i, { regex: `.*/m${i}/.*` }))],
  'different expressions': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => pathRoute(i, { regex: `/v[12]/models/m${i}(/.*)?` }))],
  'paths in any case': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => pathRoute(i, { prefix: `/models/m${i}/` }, { ignoreUriCase: true }))],
  'one catch-all each': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => object('networking.istio.io/v1', 'VirtualService', 'models', `r${i}`, {
    hosts: ['a.example.com'], gateways: ['istio-system/all'], http: [{ match: [{ uri: { prefix: `/m${i}/` } }], route: [to('seldon-mesh.models.svc.cluster.local', `m${i}`)] }],
  })), route(count, ['a.example.com'], 'istio-system/all')],
  'one VirtualService with many rules': (count) => [gateway('all', ['a.example.com']), object('networking.istio.io/v1', 'VirtualService', 'models', 'all', {
    hosts: ['a.example.com'],
    gateways: ['istio-system/all'],
    http: times<Manifest>(count, (i) => ({ match: [{ uri: { prefix: `/v2/models/m${i}/` } }, { uri: { exact: `/v2/models/m${i}` } }], route: [to('seldon-mesh.models.svc.cluster.local', `m${i}`)] })),
  })],
  'one namespace for each team': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => [
    object('v1', 'Namespace', undefined, `team-${i}`, undefined, { metadata: { name: `team-${i}`, labels: { 'istio-injection': 'enabled' } } }),
    model(i, `team-${i}`),
    object('security.istio.io/v1', 'PeerAuthentication', `team-${i}`, 'default', { mtls: { mode: 'STRICT' } }),
    object('security.istio.io/v1', 'AuthorizationPolicy', `team-${i}`, 'own', { action: 'ALLOW', rules: [{ from: [{ source: { namespaces: [`team-${i}`, 'istio-system'] } }] }] }),
    object('networking.istio.io/v1', 'Sidecar', `team-${i}`, 'default', { egress: [{ hosts: ['./*', 'istio-system/*'] }] }),
    pathRoute(i, { prefix: `/team-${i}/` }, {}, `team-${i}`),
  ])],
  'SeldonDeployments': (count) => times<Manifest>(count, (i) => deployment(i)),
  'SeldonDeployments of one namespace with routes': (count) => [gateway('seldon-gateway', ['*']), ...times<Manifest>(count, (i) => [deployment(i), core1Route(i)])],
  'SeldonDeployments with routes, operator\'s disabled': (count) => [
    gateway('seldon-gateway', ['*']), ...times<Manifest>(count, (i) => [deployment(i, { 'seldon.io/istio-host': `m${i}.operator.invalid` }), core1Route(i)]),
  ],
  'models of Core 2': (count) => times<Manifest>(count, (i) => [
    model(i, 'models'),
    object('mlops.seldon.io/v1alpha1', 'Pipeline', 'models', `p${i}`, { steps: [{ name: `m${i}` }, { name: `m${(i + 1) % count}`, inputs: [`m${i}`] }], output: { steps: [`m${(i + 1) % count}`] } }),
    object('mlops.seldon.io/v1alpha1', 'Experiment', 'models', `e${i}`, { default: `m${i}`, candidates: [{ name: `m${i}`, weight: 50 }, { name: `m${(i + 1) % count}`, weight: 50 }] }),
    ...i % 10 === 0 ? [object('mlops.seldon.io/v1alpha1', 'Server', 'models', `s${i}`, { serverConfig: 'mlserver', extraCapabilities: [`team-${i}`] })] : [],
  ]),
  'a chain of Pipelines': (count) => times<Manifest>(count, (i) => [model(i, 'models'), object('mlops.seldon.io/v1alpha1', 'Pipeline', 'models', `p${i}`, {
    ...i === 0 ? {} : { input: { externalInputs: [`p${i - 1}.outputs`] } }, steps: [{ name: `m${i}` }], output: { steps: [`m${i}`] },
  })]),
  'a Pipeline with many steps': (count) => [...times<Manifest>(count, (i) => model(i, 'models')), object('mlops.seldon.io/v1alpha1', 'Pipeline', 'models', 'all', {
    steps: times<Manifest>(count, (i) => ({ name: `m${i}`, ...i === 0 ? {} : { inputs: [`m${i - 1}`] } })), output: { steps: [`m${count - 1}`] },
  })],
  'Experiments on one default': (count) => times<Manifest>(count, (i) => [model(i, 'models'), object('mlops.seldon.io/v1alpha1', 'Experiment', 'models', `e${i}`, {
    default: 'm0', candidates: [{ name: 'm0', weight: 50 }, { name: `m${i}`, weight: 50 }],
  })]),
  'references to unknown models': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => [
    model(i, 'models'), pathRoute(i, { prefix: `/v2/models/m${i}/` }, {}, 'models', to('seldon-mesh.models.svc.cluster.local', `unknown-${i}`)),
    object('mlops.seldon.io/v1alpha1', 'Pipeline', 'models', `p${i}`, { steps: [{ name: `missing-${i}` }], output: { steps: [`missing-${i}`] } }),
    object('mlops.seldon.io/v1alpha1', 'Experiment', 'models', `e${i}`, { candidates: [{ name: `absent-${i}`, weight: 50 }, { name: `gone-${i}`, weight: 50 }] }),
  ])],
  'references to unknown hosts': (count) => times<Manifest>(count, (i) => [
    service(i), route(i, [`m${i}.example.com`], `istio-system/absent-${i}`, 'models', to(`gone-${i}.models.svc.cluster.local`)),
    gateway(`known-${i}`, [`m${i}.example.com`]),
    object('networking.istio.io/v1', 'DestinationRule', 'models', `d${i}`, { host: `absent-${i}.models.svc.cluster.local` }),
  ]),
  'references to unknown subsets': (count) => [
    service(0), object('networking.istio.io/v1', 'DestinationRule', 'models', 'd0', { host: 'svc-0', subsets: times<Manifest>(count, (i) => ({ name: `v${i}`, labels: { version: `v${i}` } })) }),
    ...times<Manifest>(count, (i) => route(i, [`m${i}.example.com`], 'istio-system/all', 'models', { destination: { host: 'svc-0', subset: `absent-${i}`, port: { number: 8000 } } })),
  ],
  'a DestinationRule with many subsets': (count) => [
    service(0), object('networking.istio.io/v1', 'DestinationRule', 'models', 'd0', { host: 'svc-0', subsets: times<Manifest>(count, (i) => ({ name: `v${i}`, labels: { version: `v${i}` } })) }),
    ...times<Manifest>(count, (i) => route(i, [`m${i}.example.com`], 'istio-system/all', 'models', { destination: { host: 'svc-0', subset: `v${i}`, port: { number: 8000 } } })),
    ...times<Manifest>(count, (i) => workload(i, { app: 'svc-0', version: `v${i}` })),
  ],
  'DestinationRules of wildcard hosts': (count) => times<Manifest>(count, (i) => [
    service(i), object('networking.istio.io/v1', 'DestinationRule', 'models', `d${i}`, { host: i % 2 === 0 ? `*.ns-${i}.svc.cluster.local` : `svc-${i}.models.svc.cluster.local`, trafficPolicy: { connectionPool: { http: { http2MaxRequests: 10 } } } }),
  ]),
  'many DestinationRules for one host': (count) => [service(0), ...times<Manifest>(count, (i) => object('networking.istio.io/v1', 'DestinationRule', `team-${i}`, 'd', {
    host: 'svc-0.models.svc.cluster.local', exportTo: ['.'], subsets: [{ name: 'v1', labels: { version: 'v1' } }],
  }))],
  'ServiceEntries': (count) => [gateway('all', ['*']), ...times<Manifest>(count, (i) => [
    object('networking.istio.io/v1', 'ServiceEntry', 'models', `se${i}`, {
      hosts: [i % 2 === 0 ? `*.bucket-${i}.example.org` : `bucket-${i}.example.org`], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: i % 2 === 0 ? 'NONE' : 'DNS',
    }),
    route(i, [`m${i}.example.com`], 'istio-system/all', 'models', to(i % 2 === 0 ? `a.bucket-${i}.example.org` : `bucket-${i}.example.org`)),
  ])],
  'Sidecars': (count) => times<Manifest>(count, (i) => [
    object('networking.istio.io/v1', 'Sidecar', `team-${i % 100}`, `s${i}`, { workloadSelector: { labels: { app: `w${i}` } }, egress: [{ hosts: [`*/svc-${i}.models.svc.cluster.local`, 'istio-system/*'] }] }),
    workload(i, { app: `w${i}` }, `team-${i % 100}`), service(i),
  ]),
  'AuthorizationPolicies at a gateway': (count) => [gateway('all', ['*']), ...times<Manifest>(count, (i) => [
    policy(`deny-${i}`, 'istio-system', {
      selector: { matchLabels: { istio: 'ingressgateway' } },
      action: 'DENY',
      rules: [
        { to: [{ operation: { hosts: [`m${i}.example.com`, `m${i}.example.com:*`], paths: [`/v2/models/m${i}/*`] } }], when: [{ key: 'request.headers[x-team]', notValues: [`t${i}`] }] },
      ],
    }),
    route(i, [`m${i}.example.com`], 'istio-system/all'),
  ])],
  'AuthorizationPolicies at a gateway, one host': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => [
    policy(`deny-${i}`, 'istio-system', {
      selector: { matchLabels: { istio: 'ingressgateway' } },
      action: 'DENY',
      rules: [
        { to: [{ operation: { hosts: ['a.example.com', 'a.example.com:*'], paths: [`/v2/models/m${i}/*`] } }] },
      ],
    }),
    pathRoute(i, { prefix: `/v2/models/m${i}/` }),
  ])],
  'an AuthorizationPolicy with many rules': (count) => [gateway('all', ['a.example.com']),
    policy('all', 'istio-system', {
      selector: { matchLabels: { istio: 'ingressgateway' } },
      action: 'ALLOW',
      rules: times<Manifest>(count, (i) => ({
        from: [{ source: { requestPrincipals: [`https://issuer.example.com/${i}`] } }], to: [{ operation: { hosts: ['a.example.com', 'a.example.com:*'], paths: [`/v2/models/m${i}/*`] } }],
      })),
    }),
    object('security.istio.io/v1', 'RequestAuthentication', 'istio-system', 'jwt', { selector: { matchLabels: { istio: 'ingressgateway' } }, jwtRules: [{ issuer: 'https://issuer.example.com', jwksUri: 'https://issuer.example.com/jwks' }] }),
    ...times<Manifest>(count, (i) => pathRoute(i, { prefix: `/v2/models/m${i}/` }))],
  'a DENY with many rules': (count) => [gateway('all', ['a.example.com']),
    policy('all', 'istio-system', {
      selector: { matchLabels: { istio: 'ingressgateway' } },
      action: 'DENY',
      rules: times<Manifest>(count, (i) => ({
        to: [{ operation: { paths: [`/v2/models/m${i}/*`] } }], when: [{ key: 'request.headers[x-team]', notValues: [`t${i}`] }],
      })),
    }),
    ...times<Manifest>(count, (i) => pathRoute(i, { prefix: `/v2/models/m${i}/` }))],
  'AuthorizationPolicies of workloads': (count) => times<Manifest>(count, (i) => [
    policy(`p${i}`, 'models', { selector: { matchLabels: { app: `w${i}` } }, action: 'ALLOW', rules: [{ from: [{ source: { principals: [`cluster.local/ns/models/sa/w${i}`] } }], to: [{ operation: { methods: ['POST'] } }] }] }),
    object('security.istio.io/v1', 'PeerAuthentication', 'models', `pa${i}`, { selector: { matchLabels: { app: `w${i}` } }, mtls: { mode: 'STRICT' } }),
    object('security.istio.io/v1', 'RequestAuthentication', 'models', `ra${i}`, { selector: { matchLabels: { app: `w${i}` } }, jwtRules: [{ issuer: `https://issuer.example.com/${i}` }] }),
    service(i), workload(i, { app: `w${i}` }),
  ]),
  'policies for pods that do not exist': (count) => times<Manifest>(count, (i) => [
    policy(`p${i}`, 'models', { selector: { matchLabels: { app: `gone${i}` } }, action: 'DENY', rules: [{ to: [{ operation: { paths: ['/metrics'] } }] }] }),
    policy(`q${i}`, 'models', { targetRefs: [{ kind: 'Service', group: '', name: `absent-${i}` }], action: 'DENY', rules: [{ to: [{ operation: { paths: ['/metrics'] } }] }] }),
    workload(i, { app: `w${i}` }), service(i),
  ]),
  'Services with many ports': (count) => [
    object('v1', 'Service', 'models', 'svc-0', { selector: { app: 'svc-0' }, ports: times<Manifest>(count, (i) => ({ name: `http-${i}`, port: 1000 + i })) }),
    ...times<Manifest>(count, (i) => route(i, [`m${i}.example.com`], 'istio-system/all', 'models', { destination: { host: 'svc-0', port: { number: 1000 + i } } })),
  ],
  'mesh routes': (count) => times<Manifest>(count, (i) => [service(i), object('networking.istio.io/v1', 'VirtualService', 'models', `r${i}`, {
    hosts: [`svc-${i}.models.svc.cluster.local`], http: [{ match: [{ uri: { prefix: '/v2/' } }], route: [to(`svc-${i}`)] }, { route: [to(`svc-${i}`)] }],
  })]),
  'mesh routes of one host': (count) => [service(0), ...times<Manifest>(count, (i) => object('networking.istio.io/v1', 'VirtualService', 'models', `r${i}`, {
    hosts: ['svc-0.models.svc.cluster.local'], http: [{ match: [{ uri: { prefix: `/v2/models/m${i}/` } }], route: [to('svc-0')] }],
  }))],
  'a route with many destinations': (count) => [gateway('all', ['a.example.com']), object('networking.istio.io/v1', 'VirtualService', 'models', 'r', {
    hosts: ['a.example.com'], gateways: ['istio-system/all'], http: [{ route: times<Manifest>(count, (i) => ({ ...to(`svc-${i}`), weight: 1 })) }],
  }), ...times<Manifest>(count, service)],
  'a route with many matches': (count) => [gateway('all', ['a.example.com']), object('networking.istio.io/v1', 'VirtualService', 'models', 'r', {
    hosts: ['a.example.com'], gateways: ['istio-system/all'], http: [{ match: times<Manifest>(count, (i) => ({ uri: { prefix: `/m${i}/` } })), route: [to('svc-0')] }],
  }), service(0)],
  'a route with many hosts': (count) => [gateway('all', ['*']), object('networking.istio.io/v1', 'VirtualService', 'models', 'r', {
    hosts: times(count, (i) => `m${i}.example.com`), gateways: ['istio-system/all'], http: [{ match: [{ uri: { prefix: '/v2/' } }], route: [to('svc-0')] }],
  }), service(0)],
  'nested prefixes': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => pathRoute(i, { prefix: `/${'a/'.repeat(i % 200)}${Math.floor(i / 200)}/` }))],
  'equal routes': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => pathRoute(i, { prefix: '/v2/' }))],
  'acceptances': (count) => [gateway('all', ['a.example.com']), ...times<Manifest>(count, (i) => {
    const accepted = pathRoute(i, { prefix: '/v2/' });
    return { ...accepted, metadata: { ...accepted.metadata as object, annotations: { 'cdk8s-seldon-istio.io/accept-overlapping-endpoints': 'intended', 'cdk8s-seldon-istio.io/accept-unknown-model': 'intended' } } };
  })],
};

function times<T>(count: number, make: (i: number) => T | readonly T[]): T[] {
  return Array.from({ length: count }, (_, i) => make(i)).flat() as T[];
}

function object(apiVersion: string, kind: string, namespace: string | undefined, name: string, spec?: object, more: object = {}): Manifest {
  return { apiVersion, kind, metadata: { name, ...namespace === undefined ? {} : { namespace } }, ...spec === undefined ? {} : { spec }, ...more };
}

function gateway(name: string, hosts: readonly string[]): Manifest {
  return object('networking.istio.io/v1', 'Gateway', 'istio-system', name, {
    selector: { istio: 'ingressgateway' }, servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  });
}

function policy(name: string, namespace: string, spec: object): Manifest {
  return object('security.istio.io/v1', 'AuthorizationPolicy', namespace, name, spec);
}

function model(i: number, namespace: string): Manifest {
  return object('mlops.seldon.io/v1alpha1', 'Model', namespace, `m${i}`, { storageUri: `gs://models/m${i}`, requirements: ['sklearn'], memory: '100Ki' });
}

function service(i: number): Manifest {
  return object('v1', 'Service', 'models', `svc-${i}`, { selector: { app: `svc-${i}` }, ports: [{ name: 'http', port: 8000 }] });
}

function workload(i: number, labels: object, namespace = 'models'): Manifest {
  return object('apps/v1', 'Deployment', namespace, `w${i}`, {
    selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'server', image: 'server', ports: [{ containerPort: 8000 }] }] } },
  });
}

function deployment(i: number, annotations: object = {}): Manifest {
  const predictor = (name: string, traffic: number) => (
    { name, replicas: 1, traffic, graph: { name: 'iris', implementation: 'SKLEARN_SERVER', modelUri: `gs://models/iris-${i}` } });
  return object('machinelearning.seldon.io/v1', 'SeldonDeployment', 'models', `iris-${i}`, { annotations, predictors: [predictor('stable', 90), predictor('canary', 10)] });
}

function core1Route(i: number): Manifest {
  return object('networking.istio.io/v1', 'VirtualService', 'models', `route-${i}`, {
    hosts: ['*'],
    gateways: ['istio-system/seldon-gateway'],
    http: [{
      match: [{ uri: { prefix: `/seldon/models/iris-${i}/` } }],
      rewrite: { uri: '/' },
      route: [
        { destination: { host: `iris-${i}-stable.models.svc.cluster.local`, port: { number: 8000 } }, weight: 50 },
        { destination: { host: `iris-${i}-canary.models.svc.cluster.local`, port: { number: 8000 } }, weight: 50 },
      ],
    }],
  });
}

function to(host: string, seldonModel?: string): Manifest {
  return {
    destination: { host, port: { number: 80 } },
    ...seldonModel === undefined ? {} : { headers: { request: { set: { 'seldon-model': seldonModel }, remove: ['x-seldon-route', 'seldon-internal-model'] } } },
  };
}

function route(i: number, hosts: readonly string[], gatewayName: string, namespace = 'models', destination = to('seldon-mesh.models.svc.cluster.local', `m${i}`)): Manifest {
  return object('networking.istio.io/v1', 'VirtualService', namespace, `r${i}`, {
    hosts, gateways: [gatewayName], http: [{ match: [{ uri: { prefix: '/v2/' } }], route: [destination] }, { route: [destination] }],
  });
}

function headerRoute(i: number, headers: object): Manifest {
  return object('networking.istio.io/v1', 'VirtualService', 'models', `r${i}`, {
    hosts: ['a.example.com'],
    gateways: ['istio-system/all'],
    http: [{ match: [{ headers }], route: [to('seldon-mesh.models.svc.cluster.local', `m${i}`)] }],
  });
}

function pathRoute(i: number, uri: object, more: object = {}, namespace = 'models', destination = to('seldon-mesh.models.svc.cluster.local', `m${i}`)): Manifest {
  return object('networking.istio.io/v1', 'VirtualService', namespace, `r${i}`, {
    hosts: ['a.example.com'], gateways: ['istio-system/all'], http: [{ match: [{ uri, ...more }], route: [destination] }],
  });
}
