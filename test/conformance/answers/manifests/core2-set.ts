import { gatewayOf, http } from './raw-set';
import { AnswerSet, CLIENTS, EntryPoint, Names } from './set';
import { networking } from './virtual-services';
import { Manifest } from '../../harness/manifests';
import { InnerExperiment, InnerWorld } from '../../harness/seldon-envoy';
import { SELDON_MESH_PORTS } from '../../harness/services';
import { plain, Random } from '../random';

const MODELS = ['iris1', 'iris2', 'iris3', 'iris4'];

const seldon = (kind: string, name: string, namespace: string, spec: object): Manifest => (
  { apiVersion: 'mlops.seldon.io/v1alpha1', kind, metadata: { name, namespace }, spec: plain(spec) }
);

/** An Experiment, as Seldon reads it and as its stand-in does. */
interface MadeExperiment {
  readonly name: string;
  readonly manifest: Manifest;
  readonly inner: InnerExperiment;
}

function experiment(random: Random, name: string, namespace: string, takesOver?: string): MadeExperiment {
  const others = random.some(MODELS.filter((model) => model !== takesOver), takesOver === undefined ? 1 : 0, 2);
  const models = [...takesOver === undefined ? [] : [takesOver], ...others];
  const candidates = models.map((model) => ({ name: model, weight: random.pick([1, 30, 50, 70, 100]) }));
  const left = MODELS.filter((model) => !candidates.some((candidate) => candidate.name === model));
  const mirror = random.maybe(0.4, () => ({ name: random.pick(left), percent: random.pick([30, 100]) }));
  return {
    name,
    manifest: seldon('Experiment', name, namespace, { default: takesOver, resourceType: random.maybe(0.3, () => 'model'), candidates, mirror }),
    inner: { candidates: Object.fromEntries(candidates.map((each) => [each.name, each.weight])), takesOver, mirror },
  };
}

/** A rule that sends requests to Seldon Core 2. */
function rule(random: Random, name: string, names: Names, targets: readonly string[]): object {
  const destination = { host: `seldon-mesh.${names.a}.svc.cluster.local`, port: { number: 80 } };
  const remove = ['seldon-internal-model', ...random.chance(0.6) ? ['x-seldon-route'] : []];
  const arms = random.some(targets, 1, 2);
  return plain({
    name,
    match: random.maybe(0.85, () => [random.either<object>(
      () => ({ uri: { prefix: `/v2/models/${random.pick(targets)}/` } }), () => ({ uri: { exact: '/v2/models/iris/infer' } }),
      () => ({ uri: { prefix: '/inference.GRPCInferenceService' }, headers: { 'seldon-model': { exact: random.pick(['iris', ...targets]) } } }), () => ({ uri: { prefix: '/v2' } }),
    )]),
    route: arms.map((target) => ({
      destination,
      weight: arms.length === 1 ? undefined : random.pick([10, 50, 90]),
      headers: random.chance(0.85) ? { request: { [random.chance(0.9) ? 'set' : 'add']: { 'seldon-model': target }, remove } } : undefined,
    })),
    rewrite: random.maybe(0.2, () => ({ uri: random.pick(['/v2/models/iris1/', '/']) })),
    mirrors: random.maybe(0.1, () => [{ destination: { host: `two.${names.a}.svc.cluster.local`, port: { number: 8001 } }, percentage: { value: 100 } }]),
  });
}

/** Models, Experiments and Pipelines of Seldon Core 2, and routes to them. */
export function core2Set(seed: number, index: number): AnswerSet {
  const random = new Random(seed);
  const names = new Names(index);
  const experiments = [
    experiment(random, 'split', names.a), ...random.chance(0.5) ? [experiment(random, 'other', names.a)] : [],
    ...random.chance(0.5) ? [experiment(random, 'takeover', names.a, random.pick(MODELS))] : [],
  ];
  const inner: InnerWorld = {
    models: Object.fromEntries(MODELS.map((model) => [model, 1])),
    experiments: Object.fromEntries(experiments.map((each) => [each.name, each.inner])),
    pipelines: ['pipe'],
  };
  const targets = [...MODELS, ...experiments.map(({ name }) => `${name}.experiment`), 'pipe.pipeline', 'pipe', 'split', 'unknown'];
  const gateway = `istio-system/gw-${index}`;
  const base = [gatewayOf(`gw-${index}`, 'istio-system', { istio: 'ingressgateway' }, [http(names.port, ['*'])])];
  const hosts = [names.hosts.a, names.hosts.wild];
  const routes = random.list(1, 2, (i) => networking('VirtualService', `models-${i}`, names.a, {
    hosts: [hosts[i]], gateways: [gateway], http: random.list(1, 4, (k) => rule(random, `${index}-${i}-${k}`, names, targets)),
  }));
  const two = { name: 'two', namespace: names.a, ports: [{ number: 8001, name: 'http' }] };
  const entryPoint: EntryPoint = { kind: 'gateway', proxy: 'istio=ingressgateway', port: names.port, hosts: [names.hosts.a, names.hosts.b] };
  const clients = CLIENTS.map(({ name }): EntryPoint => ({ kind: 'client', proxy: name, port: 80, hosts: [`seldon-mesh.${names.a}`, `seldon-mesh.${names.a}.svc.cluster.local`] }));
  const objects = [
    ...MODELS.map((name) => seldon('Model', name, names.a, { storageUri: `gs://models/${name}`, requirements: ['sklearn'] })),
    ...experiments.map(({ manifest }) => manifest),
    seldon('Pipeline', 'pipe', names.a, { steps: [{ name: 'iris1' }, { name: 'iris2', inputs: ['iris1'] }], output: { steps: ['iris2'] } }),
  ];
  return {
    seed,
    index,
    kind: 'Core 2',
    manifests: [...base, ...routes],
    readByResolver: [...base, ...routes, ...objects],
    services: [two, { name: 'seldon-mesh', namespace: names.a, ports: SELDON_MESH_PORTS }],
    absent: [],
    entryPoints: [entryPoint, entryPoint, ...clients],
    settings: {},
    inner: { [names.a]: inner },
    hints: {
      paths: [
        ...targets.map((name) => `/v2/models/${name}/infer`), '/v2/pipelines/pipe/infer', '/v2/health/ready', '/v1/models/iris1:predict', '/v2', '/v2models/iris1', '/v2/models/iris1', '/v2/models//infer',
        '/inference.GRPCInferenceService/ModelInfer', '/inference.GRPCInferenceServiceX/ModelInfer', '/v2/models/iris1%2Finfer',
      ],
      headers: [
        ...targets.map((name) => ['seldon-model', name] as const), ['seldon-model', ''], ['seldon-internal-model', 'iris4'],
        ...[':iris1_1:', ':iris2_1:', ':iris2_0:', ':iris9_1:', 'iris1_1', ''].map((value) => ['x-seldon-route', value] as const),
      ],
    },
  };
}
