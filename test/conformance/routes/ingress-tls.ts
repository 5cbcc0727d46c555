import { Core1Callers, core1Endpoint } from './core1';
import { RouteCase, RouteTable } from '../checks/routed';
import { Authority, tlsSecret } from '../harness/certificates';
import { Request } from '../harness/clients';
import { operatorMakes } from '../harness/operator';

const PUBLIC = 'models.example.com';
const PARTNER = 'partner.example.com';
const TEAM = 'wine.models.internal';
const OWN_PORT = 31400;
const REDIRECTED = 301;
const NOT_FOUND = 404;
const UNIMPLEMENTED = 12;

const ours = new Authority('our authority');
const partners = new Authority('the authority of the partner');
const scoring = partners.sign(['scoring.partner.example']);
const stranger = ours.sign(['scoring.partner.example']);

const iris = new Core1Callers('iris', 'models', PUBLIC, { subsets: true });
const fraud = new Core1Callers('fraud', 'models', PARTNER, { subsets: true });
const wine = new Core1Callers('wine', 'models', TEAM, { subsets: true });

/** The same lines for callers who come another way. */
const by = (way: string, more: Partial<Request>, cases: readonly RouteCase[]): RouteCase[] =>
  cases.map((route) => ({ ...route, title: `${way}, ${route.title}`, request: { ...route.request, ...more } as Request }));

const both = (callers: Core1Callers): Request[] => [callers.rest(), callers.grpc()];
const kindOf = (request: Request): string => 'rest' in request ? 'REST' : 'gRPC';

const refused = (title: string, callers: Core1Callers, more: Partial<Request>): RouteCase[] => both(callers).map((request) => ({
  title: `${kindOf(request)} ${title}`, request: { ...request, port: 443, ...more } as Request, expect: { refused: true },
}));

const nowhere = (title: string, requests: readonly Request[], more: Partial<Request>): RouteCase[] => requests.map((request) => ({
  title: `${kindOf(request)} ${title}`,
  request: { ...request, ...more } as Request,
  expect: 'rest' in request ? { status: NOT_FOUND } : { grpcStatus: UNIMPLEMENTED },
}));

/** Three servers: for the public, for a partner with a certificate, and the team's own. */
export const table: RouteTable = {
  made: operatorMakes,
  world: { secrets: [tlsSecret('seldon-ssl-cert', ours.sign([PARTNER]), partners)] },
  cases: () => [
    ...by('the public over TLS', { port: 443 }, core1Endpoint({ callers: iris, arms: { main: 1 }, hidesMetrics: false })),
    ...by('the partner with a certificate', { port: 443, clientCertificate: scoring }, core1Endpoint({ callers: fraud, arms: { main: 1 }, hidesMetrics: true })),
    ...by('the team', { port: OWN_PORT }, core1Endpoint({ callers: wine, arms: { main: 1 }, hidesMetrics: true })),

    ...[iris, fraud].map((callers): RouteCase => ({
      title: `${callers.deployment} without TLS is a redirect`, request: callers.rest(), expect: { status: REDIRECTED },
    })),
    ...refused('without a certificate is rejected by the partner\'s server', fraud, {}),
    ...refused('with a certificate of another authority is rejected by the partner\'s server', fraud, { clientCertificate: stranger }),
    ...refused('at a host that no server has is rejected', iris, { host: 'other.example.com' }),

    ...nowhere('for fraud at the public server is not found', both(fraud), { host: PUBLIC, port: 443 }),
    ...nowhere('for iris at the partner\'s server is not found', both(iris), { host: PARTNER, port: 443, clientCertificate: scoring }),
    ...nowhere('for iris at the team\'s server is not found', both(iris), { host: TEAM, port: OWN_PORT }),
    ...nowhere('at another host of the team\'s server is not found', both(wine), { host: 'iris.models.internal', port: OWN_PORT }),
  ],
};
