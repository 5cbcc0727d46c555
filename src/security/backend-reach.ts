import { IConstruct } from 'constructs';
import { BackendTarget } from '../plan/backend';
import { CORE2_SERVICE } from '../plan/core2-service';
import { HeaderChanges } from '../plan/headers';
import { explainerService } from '../seldon/core1-names';
import { SeldonDeployments } from '../seldon/core1-registry';
import { OwnedService } from '../seldon/core1-services';
import { Core2Registry } from '../seldon/core2-registry';

const MODEL_HEADER = 'seldon-model';
/** Services that lead to the models of a namespace and know nothing of `seldon-model`. */
const BEHIND_ENVOY = ['seldon-pipelinegateway', 'seldon-modelgateway'];

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
  const names = [...servicesWith(at, service, namespace).map(({ name }) => name)];
  if (target.core1 !== undefined) names.push(explainerService(target.core1.deployment, target.core1.predictor));
  return [...new Set([host, ...names.map((name) => host.replace(service, name))])];
}

/** The Services of a predictor that has one of a name: its own, those of its nodes and of its explainer. */
function servicesWith(at: IConstruct, service: string, namespace: string): readonly OwnedService[] {
  const all = SeldonDeployments.of(at).withService(namespace, service)?._services() ?? [];
  const own = all.find(({ name }) => name === service);
  return own === undefined ? [] : all.filter(({ of }) => of === own.of || of.endsWith(` of ${own.of}`));
}

/** Services that work for another one: nodes for their predictor, and the predictor for its explainer. */
function helpersOf(at: IConstruct, service: string, namespace: string): { readonly name: string; readonly by: string }[] {
  const all = SeldonDeployments.of(at).withService(namespace, service)?._services() ?? [];
  const own = all.find(({ name }) => name === service);
  if (own === undefined) return [];
  const explained = /^the explainer of (.*)$/.exec(own.of)?.[1];
  return all
    .filter(({ of }) => (explained === undefined ? of.startsWith('node ') && of.endsWith(` of ${own.of}`) : of === explained))
    .map(({ name }) => ({ name, by: own.of }));
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
