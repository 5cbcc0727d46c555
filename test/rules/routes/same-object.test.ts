import { lostMeshRoutes } from '../../../src/rules/routes/lost-mesh-routes';
import { overlappingEndpoints } from '../../../src/rules/routes/overlapping-endpoints';
import { repeatedHeaderOverlap } from '../../../src/rules/routes/repeated-header-overlap';
import { twoCore1RouteOwners } from '../../../src/rules/routes/two-core1-route-owners';
import { levelsOf, problemsOf } from '../../support/cluster';

function onMesh(name: string, path: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: {hosts: [reviews], http: [{match: [{uri: {prefix: ${path}}}], route: [{destination: {host: reviews}}]}]}
`;
}

function onGateway(backend: string, match: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec: {hosts: [shop.example.com], gateways: [istio-system/gateway], http: [{match: [${match}], route: [{destination: {host: ${backend}}}]}]}
`;
}

test('an object that several manifests define is one object inside the mesh', () => {
  expect(levelsOf(lostMeshRoutes, [onMesh('a', '/a'), onMesh('a', '/b')].join('---\n'))).toEqual([]);
  expect(levelsOf(lostMeshRoutes, [onMesh('a', '/a'), onMesh('b', '/b')].join('---\n'))).toEqual(['error']);
});

test('an object that several manifests define does not match requests of itself', () => {
  const variants = [onGateway('web', '{uri: {prefix: /a}}'), onGateway('other', '{uri: {prefix: /a}}')].join('---\n');
  expect(levelsOf(overlappingEndpoints, variants)).toEqual([]);
  expect(levelsOf(overlappingEndpoints, variants.replace('name: web', 'name: second'))).toEqual(['error']);
});

test('an object that several manifests define does not match repeated headers of itself', () => {
  const variants = [onGateway('web', '{headers: {x: {exact: a}}}'), onGateway('other', '{headers: {x: {exact: b}}}')].join('---\n');
  expect(levelsOf(repeatedHeaderOverlap, variants)).toEqual([]);
  expect(levelsOf(repeatedHeaderOverlap, variants.replace('name: web', 'name: second'))).toEqual(['info']);
});

test('the last manifest of an object is compared with other objects', () => {
  const narrow = onGateway('web', '{uri: {prefix: /b}}');
  const wide = onGateway('web', '{uri: {prefix: /a}}');
  const other = onGateway('other', '{uri: {prefix: /a}}').replace('name: web', 'name: other');
  expect(levelsOf(overlappingEndpoints, [narrow, wide, other].join('---\n'))).toEqual(['error']);
  expect(levelsOf(overlappingEndpoints, [wide, narrow, other].join('---\n'))).toEqual([]);
});

test('a VirtualService with the name of the operator\'s one is still another object', () => {
  expect(problemsOf(twoCore1RouteOwners, `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris, namespace: seldon}
spec: {predictors: [{name: default, graph: {implementation: SKLEARN_SERVER, modelUri: gs://a/b, name: classifier}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: seldon}
spec: {hosts: ["*"], gateways: [istio-system/seldon-gateway], http: [{match: [{uri: {prefix: /seldon/seldon/iris/}}], route: [{destination: {host: iris-default, port: {number: 8000}}}]}]}
`).map(({ at }) => at)).toEqual(['warning at VirtualService seldon/iris spec.http[0].match[0]']);
});
