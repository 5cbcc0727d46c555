import { Construct } from 'constructs';
import * as library from '../../src/index';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';

type Refer = (scope: Construct, id: string, name: string, options?: unknown) => Construct;

/** `fromXName` of all constructs: a reference to an existing object. */
const REFERENCES = Object.entries(library)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
  .map(([name, value]): [string, unknown] => [name, (value as unknown as { readonly [method: string]: unknown })[`from${name}Name`]])
  .filter((entry): entry is [string, Refer] => entry[1] !== undefined);

const OPTIONS: { readonly [construct: string]: unknown } = { SeldonDeployment: { predictors: [{ name: 'main' }] } };

test('every kind that other objects name has one', () => {
  expect(REFERENCES.map(([name]) => name).sort()).toEqual([
    'Experiment', 'Gateway', 'Model', 'Pipeline', 'RequestAuthentication', 'SeldonConfig', 'SeldonDeployment', 'Server', 'ServerConfig',
  ]);
});

describe.each(REFERENCES)('%s', (construct, refer) => {
  const options = OPTIONS[construct];

  test('is a construct that writes nothing', () => {
    const chart = testChart();
    const reference = refer(chart, 'existing', 'iris', options);
    expect(reference).toBe(chart.node.findChild('existing'));
    expect(reference.node.findAll()).toEqual([reference]);
    expect(Object.values(reference)).toContain('iris');
  });

  test('fails for a name that Kubernetes refuses, with the path of the reference', () => {
    expect(messageOf(() => refer(testChart(), 'existing', 'a b', options))).toMatch(/^name of \w+ "a b".* \(at test\/existing\)$/);
  });
});
