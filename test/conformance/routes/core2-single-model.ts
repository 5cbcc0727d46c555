import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';
import { ofKind } from '../harness/manifests';

/** The address at which Seldon's documentation calls its gateway; any address is the caller's to choose. */
const ANY_HOST = '172.21.255.1';

/** One model with its own host, so that its callers send no header. */
export const table: RouteTable = {
  cases: (manifests) => {
    const host = hostOf(manifests, ANY_HOST);
    const prefixes = ofKind(manifests, 'VirtualService').flatMap((one) => one.spec.http)
      .flatMap((rule: any) => rule.match ?? []).map((match: any) => match.uri?.prefix);
    return [
      {
        title: 'the documented curl call is answered by iris',
        request: {
          rest: '/v2/models/iris/infer',
          method: 'POST',
          host,
          headers: { 'content-type': 'application/json', 'user-agent': 'curl/7.47.0', 'accept': '*/*' },
          body: '{"inputs": [{"name": "predict", "shape": [1, 4], "datatype": "FP32", "data": [[1, 2, 3, 4]]}]}',
        },
        expect: { to: core2('iris') },
      },
      {
        title: 'the documented grpcurl call is answered by iris',
        request: { grpc: 'ModelInfer', model: 'iris', host },
        expect: { to: core2('iris') },
      },
      // Triton's clients ask for the health of the server before they ask for anything else.
      ...(prefixes.includes('/v2/health/') ? [{
        title: 'the health route reaches iris', request: { rest: '/v2/health/ready', host }, expect: { to: core2('iris') },
      }] : []),
      ...core2Endpoint({
        name: 'iris',
        host,
        arms: core2('iris'),
        allOnHost: true,
        takesAnyHost: host === ANY_HOST,
        ownsPaths: prefixes.includes('/v2/'),
      }),
    ];
  },
};
