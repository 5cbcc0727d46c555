import { readFileSync } from 'fs';
import { join } from 'path';
import { folderWith, run } from '../../support/cli';

const MANIFESTS = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: seldon-gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [models.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  gateways: [istio-system/seldon-gateway]
  hosts: [models.example.com]
  http:
  - match: [{ uri: { prefix: /iris/ } }]
    rewrite: { uri: /v2/models/iris/ }
    timeout: 5s
    fault: { delay: { percentage: { value: 10 }, fixedDelay: 2s } }
    route:
    - destination: { host: seldon-mesh.seldon-mesh.svc.cluster.local, port: { number: 80 } }
      headers: { request: { set: { seldon-model: iris } } }
---
apiVersion: v1
kind: Service
metadata: { name: seldon-mesh, namespace: seldon-mesh }
spec: { ports: [{ port: 80, name: http }] }
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris, namespace: seldon-mesh }
spec: { storageUri: "gs://models/iris" }
`;

const page = readFileSync(join(__dirname, '../../../docs/traffic.md'), 'utf8');

test('the documented answer is the one that is written', () => {
  const { out } = run(folderWith({ 'dist/routes.yaml': MANIFESTS }), ['trace', 'dist', '-o', 'json', '--', 'curl', 'http://models.example.com/iris/infer']);
  const { trace, ...answer } = JSON.parse(out);
  expect({ ...answer, trace: trace.slice(0, 1) }).toEqual(JSON.parse(/```json\n(.*?)```/s.exec(page)![1]));
});

test('all kinds of responders and all stages are documented', () => {
  const source = readFileSync(join(__dirname, '../../../src/answers/answer.ts'), 'utf8');
  const values = (field: string) => [...source.matchAll(new RegExp(`readonly ${field}: ((?:'[a-z-]+'(?: \\| )?)+);`, 'g'))].flatMap(([, union]) => union.match(/[a-z-]+/g)!);
  const documented = (line: RegExp) => [...page.matchAll(line)].flatMap(([text]) => [...text.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));

  const kinds = page.split('\n').slice(page.split('\n').findIndex((line) => line.startsWith('| `responder.kind`')) + 2).filter((line) => line.startsWith('|'));
  expect(values('kind').length).toBeGreaterThan(10);
  expect(kinds.flatMap((line) => [...line.split('|')[1].matchAll(/`([a-z-]+)`/g)].map(([, name]) => name))).toEqual(expect.arrayContaining(values('kind')));
  expect(documented(/^\| `trace` \|.*$/gm).sort()).toEqual([...values('stage'), 'stage', 'trace'].sort());
});
