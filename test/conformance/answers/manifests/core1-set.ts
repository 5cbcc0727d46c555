import { gatewayOf, http } from './raw-set';
import { AnswerSet, CLIENTS, EntryPoint, Names, SetService } from './set';
import { networking } from './virtual-services';
import { isIstio, Manifest } from '../../harness/manifests';
import { operatorMakes } from '../../harness/operator';
import { servicesOf } from '../../harness/services';
import { plain, Random } from '../random';

const PREDICTORS = ['main', 'candidate', 'third'];

function predictor(random: Random, name: string, traffic: number | undefined, shadow: boolean): object {
  return plain({
    name,
    replicas: 1,
    traffic,
    shadow: shadow ? true : undefined,
    graph: { name: 'classifier', implementation: 'SKLEARN_SERVER', modelUri: `gs://models/${name}` },
    annotations: random.maybe(0.1, () => ({ 'seldon.io/no-engine': 'true' })),
    explainer: random.maybe(0.15, () => ({ type: 'AnchorTabular', modelUri: 'gs://models/explainer' })),
  });
}

/** Shares of predictors as users write them. */
function traffics(random: Random, amount: number): (number | undefined)[] {
  if (amount === 1) return [random.pick([undefined, 100])];
  const first = random.pick([0, 1, 10, 50, 75, 99]);
  const second = amount === 2 ? first : random.pick([0, first]);
  return amount === 2 ? [100 - first, second] : [100 - first, second, first - second];
}

function deployment(random: Random, name: string, names: Names, gateway: string): Manifest {
  const amount = random.pick([1, 2, 2, 3]);
  const shadow = amount > 1 && random.chance(0.35) ? amount - 1 : -1;
  const live = shadow < 0 ? amount : amount - 1;
  const shares = traffics(random, live);
  return {
    apiVersion: 'machinelearning.seldon.io/v1',
    kind: 'SeldonDeployment',
    metadata: {
      name,
      namespace: names.a,
      annotations: plain<Record<string, string>>({
        'seldon.io/istio-gateway': gateway,
        'seldon.io/istio-host': random.pick([names.hosts.a, names.hosts.wild, `${names.hosts.a},${names.hosts.b}`]),
        ...random.chance(0.3) ? { 'seldon.io/istio-retries': '3', ...random.chance(0.5) ? { 'seldon.io/istio-retries-timeout': '5' } : {} } : {},
      }),
    },
    spec: {
      protocol: random.pick(['seldon', 'v2', 'tensorflow']),
      predictors: PREDICTORS.slice(0, amount).map((each, i) => (
        predictor(random, each, i === shadow ? random.pick([0, 50, 100]) : shares[i], i === shadow)
      )),
    },
  };
}

/** A route of the team's own for a predictor, next to those of the operator or instead of them. */
function ownRoute(random: Random, names: Names, gateway: string, services: readonly SetService[]): Manifest {
  const arms = random.some(services, 1, 2);
  const weights = arms.length === 1 ? [undefined] : [random.pick([1, 30, 50]), 50];
  return networking('VirtualService', 'own-routes', names.a, {
    hosts: [random.pick([names.hosts.a, names.hosts.wild])],
    gateways: [gateway],
    http: [{
      name: `own-${names.index}`,
      match: random.maybe(0.7, () => [{ uri: { prefix: random.pick(['/seldon/', `/seldon/${names.a}/iris/`, '/v2/', '/']) } }]),
      rewrite: random.maybe(0.5, () => ({ uri: '/' })),
      route: arms.map(({ name, namespace, ports }, i) => plain({
        destination: { host: `${name}.${namespace}.svc.cluster.local`, port: { number: random.pick(ports).number } }, weight: weights[i],
      })),
    }],
  });
}

/** SeldonDeployments of Seldon Core 1, whose routes the operator writes, or a team of its own. */
export function core1Set(seed: number, index: number): AnswerSet {
  const random = new Random(seed);
  const names = new Names(index);
  const gateway = `istio-system/gw-${index}`;
  const isOperators = random.chance(0.65);
  const deployments = random.some(['iris', 'wine'], 1, 2).map((name) => deployment(random, name, names, gateway));
  const made = operatorMakes(deployments, { istio: isOperators });
  const services = servicesOf(made).map(({ name, namespace, ports }): SetService => ({ name, namespace, ports }));
  const base = [gatewayOf(`gw-${index}`, 'istio-system', { istio: 'ingressgateway' }, [http(names.port, ['*'])])];
  const routes = !isOperators || random.chance(0.3) ? [ownRoute(random, names, gateway, services)] : [];
  // Either the objects are read from the cluster, or the operator creates them later.
  const isLive = random.chance(0.5);
  const hosts = [names.hosts.a, names.hosts.b, `x.${names.domain}`];
  const entryPoint: EntryPoint = { kind: 'gateway', proxy: 'istio=ingressgateway', port: names.port, hosts };
  const ports = services.flatMap((service) => service.ports.map(({ number }) => number));
  // On a port that no Service of the set has, it depends on other sets whether there is a listener.
  const port = ports.includes(8000) ? 8000 : ports[0];
  const clients = CLIENTS.map(({ name }): EntryPoint => ({ kind: 'client', proxy: name, port, hosts: services.map((service) => `${service.name}.${names.a}`) }));
  const calls = deployments.map(({ metadata: { name } }) => name);
  return {
    seed,
    index,
    kind: `Core 1, ${isOperators ? 'operator' : 'own routes'}${isLive ? ', live' : ''}`,
    manifests: [...base, ...routes, ...made.filter(isIstio)],
    readByResolver: [...base, ...routes, ...deployments, ...isLive ? made.filter(({ kind }) => kind !== 'Pod') : []],
    services,
    absent: [],
    entryPoints: [entryPoint, entryPoint, entryPoint, ...clients],
    settings: { core1Routes: isOperators ? 'operator' : 'library' },
    hints: {
      paths: calls.flatMap((name) => [
        `/seldon/${names.a}/${name}/api/v1.0/predictions`, `/seldon/${names.a}/${name}/v2/models/classifier/infer`, `/seldon/${names.a}/${name}`, `/seldon/${names.a}/${name}x/`,
        `/seldon/${names.a}/${name}-explainer/main/api/v1.0/explain`, '/seldon.protos.Seldon/Predict', '/inference.GRPCInferenceService/ModelInfer', '/tensorflow.serving.PredictionService/Predict',
      ]),
      headers: [...calls.map((name) => ['seldon', name] as const), ['seldon', 'other'], ['namespace', names.a], ['namespace', names.b]],
    },
  };
}
