import { Core1Callers } from './core1';
import { core2 } from './core2';
import { RouteCase, RouteTable, Target } from '../checks/routed';
import { Headers, Request } from '../harness/clients';
import { print } from '../harness/manifests';
import { operatorMakes } from '../harness/operator';
import { Issuer } from '../harness/tokens';

const HOST = 'models.example.com';

/** The keys of the example's issuer are nowhere, so the tests bring some. */
const login = new Issuer('https://login.example.com');
const keys = print([{
  apiVersion: 'security.istio.io/v1',
  kind: 'RequestAuthentication',
  metadata: { name: 'keys-of-the-tests', namespace: 'istio-system' },
  spec: {
    selector: { matchLabels: { istio: 'ingressgateway' } },
    jwtRules: [{ issuer: login.name, jwks: login.jwks, forwardOriginalToken: true }],
  },
}]);

const calls = (name: string, headers?: Headers): { rest: Request; grpc: Request } => ({
  rest: { rest: `/v2/models/${name}/infer`, host: HOST, headers, port: 443 },
  grpc: { grpc: 'ModelInfer', model: name, host: HOST, headers: { 'seldon-model': name, ...headers }, port: 443 },
});

/** Both ways to call, and who answers. */
function answered(title: string, { rest, grpc }: { rest: Request; grpc: Request }, at: (request: Request) => Target): RouteCase[] {
  return [
    { title: `REST: ${title}`, request: rest, expect: { to: at(rest) } },
    { title: `gRPC: ${title}`, request: grpc, expect: { to: at(grpc) } },
  ];
}

/** REST and gRPC, without an answer. */
function denied(title: string, { rest, grpc }: { rest: Request; grpc: Request }): RouteCase[] {
  return [
    { title: `REST: ${title}`, request: rest, expect: { status: 403 } },
    { title: `gRPC: ${title}`, request: grpc, expect: { grpcStatus: 7 } },
  ];
}

const groups = (...names: string[]) => login.header({ groups: names });
const credit = new Core1Callers('credit', 'scoring', HOST, { subsets: true });
const creditCalls = (headers?: Headers): { rest: Request; grpc: Request } => ({
  rest: { ...credit.rest(undefined, headers), port: 443 },
  grpc: { ...credit.grpc(headers), port: 443 },
});

/** Models for some callers and not for others, as the gateway lets them in. */
export const table: RouteTable = {
  world: { extra: keys },
  made: (manifests) => operatorMakes(manifests, { istio: false }),
  cases: () => [
    ...answered('the risk team calls fraud', calls('fraud', groups('staff', 'risk')), () => core2('fraud-v3')),
    ...answered('the auditors call fraud', calls('fraud', groups('audit')), () => core2('fraud-v3')),
    ...answered('the marketing team calls churn', calls('churn', groups('marketing')), () => core2('churn-v1')),
    ...denied('the marketing team does not call fraud', calls('fraud', groups('marketing'))),
    ...denied('the risk team does not call churn', calls('churn', groups('risk'))),
    ...denied('no one calls fraud without a token', calls('fraud')),
    ...denied('no one calls churn without a token', calls('churn')),
    ...answered('the lenders call credit', creditCalls(groups('lending')), (request) => credit.at('default', request)),
    ...denied('the risk team does not call credit', creditCalls(groups('risk'))),
    ...denied('no one calls credit without a token', creditCalls()),
  ],
};
