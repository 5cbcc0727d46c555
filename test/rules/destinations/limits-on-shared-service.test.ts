import { limitsOnSharedService as rule } from '../../../src/rules/destinations/limits-on-shared-service';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule models/seldon-mesh spec.trafficPolicy.outlierDetection',
    problem: 'DestinationRule models/seldon-mesh has outlierDetection for host seldon-mesh.models.svc.cluster.local, so the errors of one model eject the pods of all models of Seldon Core 2 in the namespace',
    remedy: 'remove it, and set timeouts and retries in the routes of the models instead',
    related: [],
  }]);
});
