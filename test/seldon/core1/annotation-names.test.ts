import { Warnings } from '../../../src/mesh/warnings';
import { findAnnotationProblems } from '../../../src/seldon/core1/annotation-names';
import { deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

const NUMBER = 'expected a whole number, such as "5000", without a unit and without quotes in the value';
const FLAG = 'expected "true" or "false"';

function remedyOf(name: string, value = '5000'): string | undefined {
  return findAnnotationProblems({ [name]: value })[0]?.remedy;
}

describe('annotations of Seldon', () => {
  test.each([
    ['seldon.io/rest-timeout', '5000'], ['seldon.io/grpc-max-message-size', '1'], ['seldon.io/engine-separate-pod', 'True'], ['seldon.io/no-engine', 'false'],
    ['seldon.io/engine-log-level', 'DEBUG'], ['seldon.io/ambassador-header', 'location:london'], ['seldon.io/ambassador-retries', '3'], ['seldon.io/svc-name', 'iris'],
    ['seldon.io/istio-host', '*'], ['seldon.io/team', 'a'], ['example.com/rest-timout', 'x'], ['rest-timeout', '5s'],
  ])('%s may be %j', (name, value) => {
    expect(remedyOf(name, value)).toBeUndefined();
  });

  test.each([
    ['seldon.io/rest-timeout', '5s', NUMBER], ['seldon.io/rest-timeout', '"5000"', NUMBER], ['seldon.io/grpc-timeout', '', NUMBER],
    ['seldon.io/grpc-max-message-size', '10MB', NUMBER], ['seldon.io/executor-logger-queue-size', '-1', NUMBER], ['seldon.io/executor-logger-write-timeout-ms', '1.5', NUMBER],
    ['seldon.io/ambassador-circuit-breakers-max-requests', 'many', NUMBER],
    ['seldon.io/no-engine', '\'true\'', FLAG], ['seldon.io/engine-separate-pod', 'yes', FLAG], ['seldon.io/headless-svc', '1', FLAG], ['seldon.io/no-storage-initializer', '', FLAG],
  ])('%s cannot be %j', (name, value, remedy) => {
    expect(remedyOf(name, value)).toEqual(remedy);
  });

  test.each([
    ['seldon.io/rest-timout', 'seldon.io/rest-timeout'], ['seldon.io/grpc-timeouts', 'seldon.io/grpc-timeout'], ['seldon.io/istio-hosts', 'seldon.io/istio-host'],
    ['seldon.io/engine-seperate-pod', 'seldon.io/engine-separate-pod'], ['seldon.io/no_engine', 'seldon.io/no-engine'],
    ['seldon.io/ambassador-retry', undefined], ['seldon.io/ambassador-retrys', 'seldon.io/ambassador-retries'],
  ])('%s is a misspelling of %s', (name, intended) => {
    expect(remedyOf(name)).toEqual(intended === undefined ? undefined : `Seldon does not read it. Did you mean ${intended}?`);
  });

  test.each([
    ['seldon.io/rest-read-timeout', 'Use seldon.io/rest-timeout, in milliseconds'], ['seldon.io/grpc-read-timeout', 'Use seldon.io/grpc-timeout, in milliseconds'],
    ['seldon.io/rest-connection-timeout', 'Leave it out'], ['seldon.io/ambassador-weight', 'Use traffic of the predictor'],
  ])('%s is a name of older releases', (name, remedy) => {
    expect(findAnnotationProblems({ [name]: '1' })).toEqual([{ name, value: '1', remedy: `no release since 1.17 reads it. ${remedy}`, obsolete: true }]);
  });
});

describe('a SeldonDeployment', () => {
  const bad = { 'seldon.io/rest-timeout': '5s' };
  const pods = { spec: { containers: [{ name: 'classifier' }] } };

  test.each([
    ['the spec', () => deployment({ annotations: bad })],
    ['predictor "main"', () => deployment({ predictors: [predictor('main', { annotations: bad })] })],
    ['the metadata of componentSpecs[0] of predictor "main"', () => deployment({ predictors: [predictor('main', { componentSpecs: [{ ...pods, metadata: { annotations: bad } }] })] })],
  ])('fails for a wrong value on %s', (where, make) => {
    expect(messageOf(make)).toEqual(`annotation seldon.io/rest-timeout "5s" on ${where}. ${NUMBER.replace('expected', 'Expected')} (at chart/iris)`);
  });

  test('fails for a typo in the metadata', () => {
    expect(messageOf(() => deployment({ metadata: { annotations: { 'seldon.io/istio-hots': 'a.test' } } }))).toEqual(
      'annotation seldon.io/istio-hots "a.test" on the metadata. Seldon does not read it. Did you mean seldon.io/istio-host? (at chart/iris)');
  });

  test('is warned of a name of older releases', () => {
    jest.spyOn(console, 'warn').mockImplementation();
    expect(Warnings.find(deployment({ annotations: { 'seldon.io/rest-read-timeout': '1' } }))).toEqual([
      'annotation seldon.io/rest-read-timeout "1" on the spec. No release since 1.17 reads it. Use seldon.io/rest-timeout, in milliseconds (at chart/iris)',
    ]);
  });
});
