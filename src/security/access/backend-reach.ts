import { IConstruct } from 'constructs';
import { explainerService } from '../../cluster/core1-operator/names';
import { OwnedService } from '../../cluster/core1-operator/services';
import { BackendTarget } from '../../plan/backend';
import { CORE2_COMPONENT, CORE2_SERVICE, MODEL_HEADER } from '../../plan/core2-service';
import { HeaderChanges } from '../../plan/headers';
import { OwnedBy, SeldonDeployments } from '../../seldon/core1/seldon-deployments';
import { Core2Registry } from '../../seldon/core2/registry';
import { ServerRegistry } from '../../seldon/core2/server-registry';

/** Services that route to the models of a namespace and do not read `seldon-model`. */
const BEHIND_ENVOY: readonly string[] = [CORE2_COMPONENT.pipelineGateway, CORE2_COMPONENT.modelGateway];

/** The Servers that Seldon's Helm chart installs. */
const DEFAULT_SERVERS = ['mlserver', 'triton'];

/** A backend that a route reaches. @internal */
export interface Reached {
  /** Identifies the backend: the Service, and for Seldon Core 2 also the header. */
  readonly key: string;
  /** The objects through which the route reaches it; undefined if the route targets it directly. */
  readonly by?: string;
}

/** The backends that callers reach through a route. @internal */
export interface Reach {
  /** The backends. */
  readonly backends: readonly Reached[];
  /** The Service at which callers can choose any model. */
  readonly allOf?: string;
}

/**
 * The backends that answer requests to a backend: also the candidates of Experiments, the steps of Pipelines, and the nodes of
 * predictors and predictors of explainers of Seldon Core 1, if this app defines them.
 *
 * @internal
 */
export function reachOf(at: IConstruct, target: BackendTarget, changes?: HeaderChanges): Reach {
  const host = target.host.toLowerCase();
  const [service, namespace] = host.split('.');
  if (service === CORE2_SERVICE) {
    const header = selectedModel(target, changes);
    return header === undefined ? { backends: [], allOf: host } : { backends: behind(at, host, namespace, header) };
  }
  if (BEHIND_ENVOY.includes(service)) return { backends: [], allOf: host.replace(service, CORE2_SERVICE) };
  const helpers = helpersOf(at, service, namespace).map((other) => ({ key: host.replace(service, other.name), by: other.by }));
  return { backends: [{ key: host }, ...helpers] };
}

/**
 * The Service of Seldon's Envoy that a backend bypasses, because it is the Service of a replica of an inference server.
 *
 * @internal
 */
export function bypassedEnvoy(at: IConstruct, { host }: BackendTarget): string | undefined {
  const [service, namespace] = host.toLowerCase().split('.');
  const server = /^(.+)-\d+$/.exec(service)?.[1];
  if (server === undefined) return undefined;
  const known = DEFAULT_SERVERS.includes(server) || ServerRegistry.of(at).findServer(at, namespace, server) !== undefined;
  return known ? host.toLowerCase().replace(service, CORE2_SERVICE) : undefined;
}

/**
 * The backends that a policy for a backend restricts: the backend itself, the candidates of an Experiment, and for a predictor of Seldon
 * Core 1 its nodes and its explainer.
 *
 * @internal
 */
export function restrictedWith(at: IConstruct, target: BackendTarget, changes?: HeaderChanges): string[] {
  const host = target.host.toLowerCase();
  const [service, namespace] = host.split('.');
  if (service === CORE2_SERVICE) {
    const header = selectedModel(target, changes);
    if (header === undefined) return [];
    const candidates = Core2Registry.of(at).candidatesOf(namespace, header)?.headers ?? [];
    return [header, ...candidates].map((each) => `${host}\n${each}`);
  }
  const own = SeldonDeployments.of(at).findService(namespace, service);
  const names = own?.service.part === 'predictor' ? partsOf(own).map(({ name }) => name) : [];
  const core1 = target.seldon?.core1;
  if (core1 !== undefined) names.push(explainerService(core1.deployment, core1.predictor));
  return [...new Set([host, ...names.map((name) => host.replace(service, name))])];
}

/** The Services of the predictor to which a Service belongs: its own, and those of its nodes and its explainer. */
function partsOf({ deployment, service }: OwnedBy): OwnedService[] {
  return deployment._services().filter(({ predictor }) => predictor === service.predictor);
}

/** Services that another one calls: a predictor calls its nodes, and an explainer its predictor. */
function helpersOf(at: IConstruct, service: string, namespace: string): { readonly name: string; readonly by: string }[] {
  const own = SeldonDeployments.of(at).findService(namespace, service);
  if (own === undefined || own.service.part === 'node') return [];
  const helping = own.service.part === 'predictor' ? 'node' : 'predictor';
  return partsOf(own).filter(({ part }) => part === helping).map(({ name }) => ({ name, by: own.service.of }));
}

/** The value of the header that selects the model; undefined if callers can choose it. */
function selectedModel({ requestHeaders }: BackendTarget, changes: HeaderChanges | undefined): string | undefined {
  const value = requestHeaders?.[MODEL_HEADER] ?? changes?.set?.[MODEL_HEADER];
  return changes?.add?.[MODEL_HEADER] !== undefined || value?.includes('%') ? undefined : value;
}

function behind(at: IConstruct, host: string, namespace: string, header: string): Reached[] {
  const registry = Core2Registry.of(at);
  const found = new Map<string, Reached>([[header, { key: `${host}\n${header}` }]]);
  const visit = (current: string, path: string | undefined): void => {
    for (const { by, headers } of registry.behind(namespace, current)) {
      for (const each of headers) {
        if (found.has(each)) continue;
        const longer = path === undefined ? by : `${path} and ${by}`;
        found.set(each, { key: `${host}\n${each}`, by: longer });
        visit(each, longer);
      }
    }
  };
  visit(header, undefined);
  return [...found.values()];
}
