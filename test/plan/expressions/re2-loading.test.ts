import { App, Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { StringMatch } from '../../../src/plan/string-match';
import { Model } from '../../../src/seldon/core2/model';
import { TrafficSplit } from '../../../src/traffic/traffic-split';

jest.mock('re2js', () => { throw new Error('the engine is loaded'); });

test('an app without expressions does not load the engine', () => {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  const gateways = [new Gateway(chart, 'gateway', { namespace: 'istio-system' })];
  const [iris1, iris2] = ['iris1', 'iris2'].map((id) => new Model(chart, id, { storageUri: 'gs://models/iris', requirements: ['sklearn'] }));
  new TrafficSplit(chart, 'iris', { gateways, arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }] });
  app.synthYaml();
});

test('the first expression loads it', () => {
  expect(() => StringMatch.regex('/v2/.*')).toThrow(new Error('the engine is loaded'));
});
