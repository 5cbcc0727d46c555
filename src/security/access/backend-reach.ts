import { IConstruct } from 'constructs';
import { explainerService } from '../../cluster/core1-operator/names';
import { OwnedService } from '../../cluster/core1-operator/services';
import { BackendTarget } from '../../plan/backend';
import { CORE2_SERVICE, MODEL_HEADER } from '../../plan/core2-service';
import { HeaderChanges } from '../../plan/headers';
import { OwnedBy, SeldonDeployments } from '../../seldon/core1/registry';
import { Core2Registry } from '../../seldon/core2/registry';
import { ServerRegistry } from '../../seldon/core2/server-registry';

/** Services that lead to the models of a namespace and know nothing of `seldon-model`. */
const BEHIND_ENVOY = ['seldon-pipelinegateway', 'seldon-modelgateway'];

/** The Servers that Seldon's chart installs. */
const USUAL_SERVERS = ['mlserver', 'triton'];

/** Something that answers, and how a route gets there. @internal */
export interface Reached {
  /** A text that two share when they are the same: the Service, and for Seldon Core 2 the header as well. */
  readonly key: string;
  /** What stands between: nothing when the route names it itself. */
  readonly by?: string;
}

/** What a route lets its callers have. @internal */
export interface Reach {
  /** What answers. */
  readonly backends: readonly Reached[];
  /** The Service where callers choose any model. */
  readonly allOf?: string;
}

/**
 * What answers the requests that a route sends to a backend: also the candidates of Experiments, the steps of Pipelines and what
 * works for predictors and explainers of Seldon Core 1, wherever this app knows them.
 *
 * @internal
 */
export function reachOf(at: IConstruct, target: BackendTarget, changes?: HeaderChanges): Reach {
  const host = target.host.toLowerCase();
  const [service, namespace] = host.split('.');
  if (service === CORE2_SERVICE) {
    const header = pickedBy(target, changes);
    return header === undefined ? { backends: [], allOf: host } : { backends: behind(at, host, namespace, header) };
  }
  if (BEHIND_ENVOY.includes(service)) return { backends: [], allOf: host.replace(service, CORE2_SERVICE) };
  const helpers = helpersOf(at, service, namespace).map((other) => ({ key: host.replace(service, other.name), by: other.by }));
  return { backends: [{ key: host }, ...helpers] };
}

/**
 * The Service of Seldon's Envoy that a backend bypasses: the backend is the Service of a replica of a model server.
 *
 * @internal
 */
export function bypassedEnvoy(at: IConstruct, { host }: BackendTarget): string | undefined {
  const [service, namespace] = host.toLowerCase().split('.');
  const server = /^(.+)-\d+$/.exec(service)?.[1];
  if (server === undefined) return undefined;
  const known = USUAL_SERVERS.includes(server) || ServerRegistry.of(at).findServer(at, namespace, server) !== undefined;
  return known ? host.toLowerCase().replace(service, CORE2_SERVICE) : undefined;
}

/**
 * What a policy for a backend is meant to close: the backend itself, the candidates of an Experiment, and for a predictor of Seldon
 * Core 1 its nodes and its explainer.
 *
 * @internal
 */
export function closedWith(at: IConstruct, target: BackendTarget, changes?: HeaderChanges): string[] {
  const host = target.host.toLowerCase();
  const [service, namespace] = host.split('.');
  if (service === CORE2_SERVICE) {
    const header = pickedBy(target, changes);
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

/** The Services of the predictor that one belongs to: its own, those of its nodes and of its explainer. */
function partsOf({ deployment, service }: OwnedBy): OwnedService[] {
  return deployment._services().filter(({ predictor }) => predictor === service.predictor);
}

/** Services that work for another one: nodes for their predictor, and the predictor for its explainer. */
function helpersOf(at: IConstruct, service: string, namespace: string): { readonly name: string; readonly by: string }[] {
  const own = SeldonDeployments.of(at).findService(namespace, service);
  if (own === undefined || own.service.part === 'node') return [];
  const helping = own.service.part === 'predictor' ? 'node' : 'predictor';
  return partsOf(own).filter(({ part }) => part === helping).map(({ name }) => ({ name, by: own.service.of }));
}

/** The value of the header that picks the model; undefined where callers choose it. */
function pickedBy({ requestHeaders }: BackendTarget, changes: HeaderChanges | undefined): string | undefined {
  const value = requestHeaders?.[MODEL_HEADER] ?? changes?.set?.[MODEL_HEADER];
  return changes?.add?.[MODEL_HEADER] !== undefined || value?.includes('%') ? undefined : value;
}

function behind(at: IConstruct, host: string, namespace: string, header: string): Reached[] {
  const registry = Core2Registry.of(at);
  const found = new Map<string, Reached>([[header, { key: `${host}\n${header}` }]]);
  const visit = (current: string, way: string | undefined): void => {
    for (const { by, headers } of registry.behind(namespace, current)) {
      for (const each of headers) {
        if (found.has(each)) continue;
        const longer = way === undefined ? by : `${way} and ${by}`;
        found.set(each, { key: `${host}\n${each}`, by: longer });
        visit(each, longer);
      }
    }
  };
  visit(header, undefined);
  return [...found.values()];
}
