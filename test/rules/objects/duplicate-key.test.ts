import { duplicateKey } from '../../../src/rules/objects/duplicate-key';
import { problemsOf } from '../../support/cluster';

const service = (spec: string, metadata = '{ name: iris, namespace: models }') => `apiVersion: v1\nkind: Service\nmetadata: ${metadata}\nspec: ${spec}\n`;

test('two values', () => {
  expect(problemsOf(duplicateKey, service('{ clusterIP: None, ports: [{ port: 80, name: a, port: 81 }] }'))).toEqual([{
    at: 'error at Service models/iris spec.ports[0].port',
    problem: 'the key "port" occurs twice in one object, and kubectl uses only the last one',
    remedy: 'remove one of them, or write the values of both under one key',
    related: [],
  }]);
});

test('the same value twice', () => {
  expect(problemsOf(duplicateKey, service('{ selector: { app: iris }, selector: { app: "iris" } }'))).toEqual([{
    at: 'warning at Service models/iris spec.selector',
    problem: 'the key "selector" occurs twice in one object, and kubectl uses only the last one',
    remedy: 'remove one of them',
    related: [],
  }]);
});

test('of each object its own', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n${['a', 'b'].map((name) => `- ${service('{ a: 1, a: 2 }', `{ name: ${name} }`).trim().replaceAll('\n', '\n  ')}\n`).join('')}`;
  expect(problemsOf(duplicateKey, list).map(({ at }) => at)).toEqual(['error at Service default/a spec.a', 'error at Service default/b spec.a']);
});

test('also of kinds that no other rule looks at', () => {
  expect(problemsOf(duplicateKey, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { x: "1", x: "2" }\n').map(({ at }) => at))
    .toEqual(['error at ConfigMap default/a data.x']);
});

test('keys of different objects, and merged ones', () => {
  expect(problemsOf(duplicateKey, service('{ a: { x: 1 }, b: { x: 1 } }'))).toEqual([]);
  expect(problemsOf(duplicateKey, service('\n  a: &a { x: 1 }\n  b: { <<: *a, x: 2, y: 3, y: 3 }'))).toHaveLength(1);
});
