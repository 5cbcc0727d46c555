import { readExternalReference, readReference } from '../../../src/objects/core2/pipeline-reference';

test.each([
  ['a', { step: 'a', side: 'outputs' }],
  ['a.outputs', { step: 'a', side: 'outputs' }],
  ['a.inputs.x', { step: 'a', side: 'inputs', tensor: 'x' }],
  ['p', { side: 'inputs' }],
  ['p.outputs.x', { side: 'outputs', tensor: 'x' }],
])('%s is data of the own Pipeline', (text, data) => {
  expect(readReference(text, 'p')).toEqual(data);
});

test.each(['', '.outputs', 'a.output', 'a.outputs.x.y', 'a.step.b'])('%j is no data of the own Pipeline', (text) => {
  expect(readReference(text, 'p')).toBeUndefined();
});

test.each([
  ['q', { pipeline: 'q', side: 'outputs' }],
  ['q.inputs.x', { pipeline: 'q', side: 'inputs', tensor: 'x' }],
  ['q.step.a', { pipeline: 'q', step: 'a', side: 'outputs' }],
  ['q.step.a.inputs', { pipeline: 'q', step: 'a', side: 'inputs' }],
  ['q.step.a.outputs.x', { pipeline: 'q', step: 'a', side: 'outputs', tensor: 'x' }],
])('%s is data of another Pipeline', (text, data) => {
  expect(readExternalReference(text)).toEqual(data);
});

test.each(['', '.outputs', 'q.step', 'q.step.', 'q.a.outputs', 'q.outputs.x.y', 'q.step.a.b', 'q.step.a.outputs.x.y'])('%j is no data of another Pipeline', (text) => {
  expect(readExternalReference(text)).toBeUndefined();
});
