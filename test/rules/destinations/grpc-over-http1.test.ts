import { grpcOverHttp1 as rule } from '../../../src/rules/destinations/grpc-over-http1';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination',
    problem: 'prefix "/inference.GRPCInferenceService/" in spec.http[0] of VirtualService models/iris is gRPC and leads to port 80 (named data) of host seldon-mesh.models.svc.cluster.local, to which Istio connects with HTTP/1.1, so the status of each call is lost',
    remedy: 'set config.serviceConfig.grpcServicePrefix of the SeldonRuntime in namespace models to "http2-"',
    related: [],
  }]);
});
