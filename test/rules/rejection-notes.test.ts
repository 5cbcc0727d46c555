import { RequestInput } from '../../src/answers/input/request-input';
import { TrafficModel } from '../../src/answers/traffic-model';
import { rejectionNotes } from '../../src/rules/rejection-notes';
import { clusterOf } from '../support/cluster';
import { ROUTES } from '../support/traffic';

const notesOn = (yaml: string, input: RequestInput) => new TrafficModel(clusterOf(yaml), rejectionNotes).ask({ host: 'models.example.com', ...input }).notes;
const INFER = { path: '/v2/models/iris/infer' };

test('answers on objects that are accepted have no notes', () => {
  expect(notesOn(ROUTES, INFER)).toEqual([]);
});

test.each<[title: string, yaml: string, note: string]>([
  ['the VirtualService', ROUTES.replace('timeout: 5s', 'timeout: 0.1ms'), 'VirtualService models/iris is rejected, and the answer is as if it were not: '],
  ['the Gateway', ROUTES.replace('hosts: [models.example.com]', 'hosts: ["*.*.com", models.example.com]'), 'Gateway istio-system/gateway is rejected, and the answer is as if it were not: '],
  ['the DestinationRule of the backend', ROUTES.replace('{ name: v2, labels', '{ name: v1, labels: { version: v3 } }\n    - { name: v2, labels'),
    'DestinationRule models/iris is rejected, and the answer is as if it were not: '],
])('an answer that %s decides notes that it is rejected', (_title, yaml, note) => {
  const notes = notesOn(yaml, INFER);
  expect(notes).toHaveLength(1);
  expect(notes[0].slice(0, note.length)).toBe(note);
  expect(notes[0]).not.toMatch(/so (?:Istio|the API server) rejects/);
});

test('an answer that it does not decide has none', () => {
  const other = ROUTES.split('---')[1].replace('name: iris', 'name: other').replace('hosts: [models.example.com]', 'hosts: [other.example.com]').replace('timeout: 5s', 'timeout: 0.1ms');
  const yaml = `${ROUTES.replace('hosts: [models.example.com]\n---', 'hosts: ["*.example.com"]\n---')}---${other}`;
  expect(notesOn(yaml, INFER)).toEqual([]);
  expect(notesOn(yaml, { ...INFER, host: 'other.example.com' })).toHaveLength(1);
});
