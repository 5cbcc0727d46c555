import { AnswerSet, CLIENTS, EntryPoint, SetService } from './set';
import { generateApps } from '../../generator/apps';
import { Accepted, isRoutable } from '../../generator/judge';
import { listenersOf } from '../../generator/promises';
import { isIstio, Manifest, namespaceOf, ofKind } from '../../harness/manifests';
import { InnerWorld } from '../../harness/seldon-envoy';
import { servicesOf } from '../../harness/services';

/** The objects that the proxies get: of DestinationRules that are written as given, only the tools judge. */
const isServed = (object: Manifest) => object.metadata.name !== 'raw-rule';

function entryPointsOf({ app, slot }: Accepted, manifests: readonly Manifest[]): EntryPoint[] {
  const hosts = [...new Set(ofKind(manifests, 'VirtualService').flatMap(({ spec }) => (spec.hosts ?? []) as string[]))];
  const outside = [...new Set(listenersOf(app, slot).filter(({ tls }) => !tls).map(({ port }) => port))]
    .map((port): EntryPoint => ({ kind: 'gateway', proxy: '', port, hosts: hosts.length === 0 ? [slot.text('a.app.test')] : hosts }));
  const isMesh = ofKind(manifests, 'VirtualService').some(({ spec }) => (spec.gateways ?? ['mesh']).includes('mesh'));
  const services = servicesOf(manifests);
  const inside = services.flatMap(({ name, namespace, ports }) => ports.map(({ number }): EntryPoint => (
    { kind: 'client', proxy: CLIENTS[0].name, port: number, hosts: [`${name}.${namespace}.svc.cluster.local`] }
  )));
  return [...outside, ...isMesh ? inside : []];
}

/** What runs in Seldon Core 2, if all that Experiments name is among the objects. */
function innerWorlds(manifests: readonly Manifest[]): { readonly [namespace: string]: InnerWorld } {
  const namespaces = [...new Set(manifests.filter(({ kind }) => ['Model', 'Pipeline'].includes(kind)).map(namespaceOf))];
  const within = (kind: string, namespace: string) => ofKind(manifests, kind).filter((object) => namespaceOf(object) === namespace);
  return Object.fromEntries(namespaces.map((namespace) => [namespace, innerWorld((kind) => within(kind, namespace))]));
}

/** Seldon has no route for an Experiment before all that it names is there. */
function innerWorld(within: (kind: string) => readonly Manifest[]): InnerWorld {
  const models = new Map(within('Model').map(({ metadata }) => [metadata.name, 1]));
  const partsOf = ({ candidates, mirror }: Manifest['spec']) => [...candidates, ...mirror === undefined ? [] : [mirror]];
  const isComplete = ({ spec }: Manifest) => partsOf(spec).every(({ name }) => models.has(name));
  return {
    models: Object.fromEntries(models),
    pipelines: within('Pipeline').map(({ metadata }) => metadata.name),
    experiments: Object.fromEntries(within('Experiment').filter(isComplete).map(({ metadata, spec }) => [metadata.name, {
      candidates: Object.fromEntries(spec.candidates.map(({ name, weight }: any) => [name, weight])), takesOver: spec.default, mirror: spec.mirror,
    }])),
  };
}

/** Sets that constructs of this library wrote, of random apps. */
export function constructSets(seed: number, amount: number, firstIndex: number): AnswerSet[] {
  return generateApps([seed], amount).flatMap(({ index, accepted }): AnswerSet[] => {
    if (accepted === undefined || !isRoutable(accepted) || accepted.app.access.length > 0) return [];
    const manifests = accepted.manifests.filter(isServed);
    const services = servicesOf(manifests).map(({ name, namespace, ports }): SetService => ({ name, namespace, ports }));
    const entryPoints = entryPointsOf(accepted, manifests);
    if (entryPoints.length === 0) return [];
    const models = [...manifests.filter(({ kind }) => ['Model', 'Experiment', 'Pipeline'].includes(kind)).map(({ metadata }) => metadata.name), 'iris', 'wine'];
    return [{
      seed: index,
      index: firstIndex + index,
      kind: 'constructs',
      manifests: manifests.filter(isIstio),
      readByResolver: manifests,
      services,
      absent: [],
      entryPoints,
      settings: {},
      inner: innerWorlds(manifests),
      hints: {
        paths: [...models.flatMap((name) => [`/v2/models/${name}/infer`, `/v2/models/${name}`]), '/inference.GRPCInferenceService/ModelInfer', '/v2/health/ready', '/api/predict', '/'],
        headers: models.map((name) => ['seldon-model', name] as const),
      },
    }];
  });
}

