import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { endpointExamples } from '../../src/answers/endpoints/examples';
import { TrafficModel } from '../../src/answers/traffic-model';
import { Cluster } from '../../src/cluster/cluster';
import { clustersIn } from '../../src/cluster/partition';
import { readManifests } from '../../src/cluster/yaml/read-manifests';
import { clusterOf, EmbeddedData, EmbeddedObjects } from '../../src/preview/embedded/embedded-clusters';
import { answerJson } from '../../src/report/answers/json';
import { RULES } from '../../src/rules/all';
import { POLICY, ROUTES } from '../support/traffic';

const root = resolve(__dirname, '../..');

function read(text: string, file: string = 'a.yaml'): ReturnType<typeof readManifests>['objects'] {
  return readManifests(text, { file }).objects;
}

/** A cluster as a page has it: through JSON. */
function embedded(cluster: Cluster): Cluster {
  const objects = new EmbeddedObjects();
  const indices = objects.add(cluster);
  const data: EmbeddedData = JSON.parse(JSON.stringify({ objects: objects.all, clusters: [], examples: [] }));
  return clusterOf(data, indices, cluster.settings);
}

/** The manifests that a page has. */
function manifestsIn(text: string): unknown[] {
  const objects = new EmbeddedObjects();
  objects.add(new Cluster(read(text)));
  return objects.all.map(({ manifest }) => manifest);
}

/** The answers to an example for each route, in a page and by the command. */
function answersTo(cluster: Cluster): { readonly inPage: object[]; readonly byCommand: object[] } {
  const [inPage, byCommand] = [new TrafficModel(embedded(cluster)), new TrafficModel(cluster)];
  const inputs = endpointExamples(byCommand).flatMap(({ input }) => (input === undefined ? [] : [input]));
  return { inPage: inputs.map((input) => answerJson(inPage.ask(input))), byCommand: inputs.map((input) => answerJson(byCommand.ask(input))) };
}

test('answers in a page are those of the command, with all places and traces: examples', () => {
  const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).sort();
  const objects = files.flatMap((file) => read(readFileSync(join(root, 'dist', file), 'utf8'), file));
  for (const cluster of clustersIn(objects)) {
    const { inPage, byCommand } = answersTo(new Cluster(cluster));
    expect(inPage).toEqual(byCommand);
  }
});

test('answers in a page are those of the command, with all places and traces: pages of rules', () => {
  const asked = RULES.flatMap(({ page }) => [page.wrong, page.right]).map((text) => {
    const settings = { core1Routes: 'operator' } as const;
    const { inPage, byCommand } = answersTo(new Cluster(read(text), settings));
    expect(inPage).toEqual(byCommand);
    return byCommand.length;
  });
  expect(asked.filter((count) => count > 0).length).toBeGreaterThan(50);
});

const SECRET = 's3cr3t';

const WITH_SECRETS = `${ROUTES}${POLICY}---
apiVersion: v1
kind: Secret
metadata: { name: tls, namespace: istio-system }
stringData: { password: ${SECRET} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: tls, namespace: istio-system }
spec: { secretName: ${SECRET} }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: models
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"password":"${SECRET}"}'
    vault.example.com/token: ${SECRET}
    wrong: { password: ${SECRET} }
spec:
  template:
    metadata:
      labels: { app: web }
      annotations: { sidecar.istio.io/inject: "true", example.com/password: ${SECRET} }
    spec:
      serviceAccountName: web
      imagePullSecrets: [{ name: ${SECRET} }]
      containers:
        - name: web
          image: registry.example.com/${SECRET}
          command: [web, "--password=${SECRET}"]
          args: ["--password=${SECRET}"]
          env: [{ name: PASSWORD, value: ${SECRET} }]
          ports: [{ name: http, containerPort: 8080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: models }
spec: { containers: [{ name: web, env: [{ name: PASSWORD, value: ${SECRET} }] }] }
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris, namespace: models }
spec: { storageUri: "s3://user:${SECRET}@models/iris", secretName: ${SECRET} }
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, namespace: models, annotations: { seldon.io/istio-host: iris.example.com, token: ${SECRET} } }
spec:
  name: iris
  annotations: { seldon.io/rest-timeout: "1000", token: ${SECRET} }
  predictors:
    - name: default
      annotations: { seldon.io/no-engine: "true", token: ${SECRET} }
      labels: { version: v1 }
      graph:
        name: iris
        implementation: SKLEARN_SERVER
        modelUri: s3://user:${SECRET}@models/iris
        envSecretRefName: ${SECRET}
        parameters: [{ name: password, value: ${SECRET}, type: STRING }]
        children: [{ name: child, type: MODEL, modelUri: "s3://${SECRET}" }]
      engineResources: { env: [{ name: PASSWORD, value: ${SECRET} }] }
      svcOrchSpec: { env: [{ name: PASSWORD, value: ${SECRET} }] }
      componentSpecs:
        - spec:
            containers: [{ name: iris, image: iris, env: [{ name: PASSWORD, value: ${SECRET} }], ports: [{ name: http, containerPort: 9000 }] }]
            volumes: [{ name: data, secret: { secretName: ${SECRET} } }]
      explainer: { type: AnchorTabular, modelUri: "s3://${SECRET}", containerSpec: { name: explainer, env: [{ name: PASSWORD, value: ${SECRET} }] } }
`;

test('values that are only for pods are not in a page, and neither are Secrets nor annotations of other tools', () => {
  const manifests = manifestsIn(WITH_SECRETS);
  expect(JSON.stringify(manifests)).not.toContain(SECRET);
  expect(manifests.filter((manifest) => ['Secret', 'Certificate'].includes((manifest as { kind: string }).kind))).toEqual([]);
});

test('of workloads and SeldonDeployments, a page has what decides where requests go', () => {
  const manifests = manifestsIn(WITH_SECRETS) as { readonly kind: string; readonly metadata: { readonly name: string } }[];
  expect(manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    // An annotation that is no string stays one, since it is a mistake.
    metadata: { name: 'web', namespace: 'models', annotations: { wrong: {} } },
    spec: {
      template: {
        metadata: { labels: { app: 'web' }, annotations: { 'sidecar.istio.io/inject': 'true' } },
        spec: { serviceAccountName: 'web', containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
    },
  });
  expect(manifests.find(({ kind }) => kind === 'SeldonDeployment')).toEqual({
    apiVersion: 'machinelearning.seldon.io/v1',
    kind: 'SeldonDeployment',
    metadata: { name: 'iris', namespace: 'models', annotations: { 'seldon.io/istio-host': 'iris.example.com' } },
    spec: {
      annotations: { 'seldon.io/rest-timeout': '1000' },
      predictors: [{
        name: 'default',
        annotations: { 'seldon.io/no-engine': 'true' },
        labels: { version: 'v1' },
        graph: { name: 'iris', implementation: 'SKLEARN_SERVER', modelUri: '…', children: [{ name: 'child', type: 'MODEL', modelUri: '…' }] },
        componentSpecs: [{ spec: { containers: [{ name: 'iris', ports: [{ name: 'http', containerPort: 9000 }] }], volumes: [{ name: 'data' }] } }],
        explainer: { type: 'AnchorTabular', containerSpec: { name: 'explainer' } },
      }],
    },
  });
});

test('a value of the wrong type stays one, without its content', () => {
  const deployment = (spec: string) => `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, annotations: 5 }
spec: ${spec}
`;
  const spec = (text: string) => (manifestsIn(deployment(text))[0] as { readonly spec: unknown }).spec;
  expect(spec('{ predictors: text }')).toEqual({ predictors: '' });
  expect(spec('{ predictors: { a: 1 } }')).toEqual({ predictors: {} });
  expect(spec('{ predictors: [[1], 2, true, null, { graph: [1] }] }')).toEqual({ predictors: [[], 0, false, null, { graph: [] }] });
  expect(spec('{ predictors: [{ graph: { modelUri: "" } }, { graph: { modelUri: 7 } }] }')).toEqual({ predictors: [{ graph: { modelUri: '' } }, { graph: { modelUri: 0 } }] });
  expect(spec('text')).toBe('');
});

test('an object of two states is in a page once', () => {
  const objects = new EmbeddedObjects();
  const now = objects.add(new Cluster(read(ROUTES)));
  const before = objects.add(new Cluster(read(ROUTES.replace('weight: 75', 'weight: 90').replace('weight: 25', 'weight: 10'))));
  expect(now).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(before).toEqual([0, 8, 2, 3, 4, 5, 6, 7]);
});

test('objects without a namespace have that of the command, and files of other teams keep their names', () => {
  const { objects } = readManifests('apiVersion: v1\nkind: Service\nmetadata: { name: a }\n', { file: 'others/a.yaml', context: true, defaultNamespace: 'models' });
  const [service] = embedded(new Cluster(objects)).objects;
  expect([service.toString(), service.origin.file, service.origin.position?.(['metadata', 'name', 'more'])]).toEqual(['Service models/a', 'others/a.yaml', { line: 3, column: 13 }]);
});

test('fields without a known position have none in a page', () => {
  const [service] = read('apiVersion: v1\nkind: Service\nmetadata: { name: a }\n');
  const plain = Object.assign(Object.create(Object.getPrototypeOf(service)), service, { origin: { file: 'a.yaml' } });
  const [copy] = embedded(new Cluster([plain])).objects;
  expect(copy.origin).toEqual({ file: 'a.yaml', position: undefined });
});
