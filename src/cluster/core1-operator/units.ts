import { CONTAINER_PORTS } from './defaults';
import { ContainerManifest, PredictorManifest, UnitManifest } from './manifest';
import { BUILT_IN_IMPLEMENTATIONS } from '../../objects/core1/implementations';

const FIRST_METRICS = 6000;

/** The servers whose containers do not depend on the protocol. */
const TRITON = 'TRITON_SERVER';
const TENSORFLOW = 'TENSORFLOW_SERVER';

/** Names of the Open Inference protocol, for which the operator starts MLServer. */
const OPEN_INFERENCE = new Set(['v2', 'kfserving']);

/**
 * A container as the operator runs it.
 *
 * @internal
 */
export interface PlacedContainer {
  /** Name. */
  readonly name: string;
  /** Whether it serves a node of the graph. */
  readonly unit: boolean;
  /** Named ports. */
  readonly ports: { [name: string]: number };
}

/**
 * The containers of a predictor's components as the operator runs them, servers that it adds included.
 *
 * @internal
 */
export interface PlacedPredictor {
  /** Containers by component. */
  readonly components: PlacedContainer[][];
  /** Index of the component in whose pods the orchestrator runs, unless it has separate pods. */
  readonly orchestrated: number;
}

/**
 * Where the orchestrator of a predictor runs.
 *
 * @internal
 */
export enum Orchestrator {
  /** In the pods of a component. */
  JOINED = 'joined',
  /** In separate pods. */
  SEPARATE = 'separate',
  /** Nowhere. */
  NONE = 'none',
}

/**
 * All nodes of a graph, the root first and each before its children.
 *
 * @internal
 */
export function unitsOf(root: UnitManifest): UnitManifest[] {
  return [root, ...(root.children ?? []).flatMap(unitsOf)];
}

/**
 * Whether a node runs on a prepackaged server.
 *
 * @internal
 */
export function isPrepackaged({ implementation }: UnitManifest): boolean {
  return implementation !== undefined && implementation !== '' && !BUILT_IN_IMPLEMENTATIONS.has(implementation);
}

/**
 * Whether the operator replaces all ports of a node's container by `http` and `grpc`, so that it has no port for metrics: Triton,
 * and MLServer, which runs all servers except TensorFlow's for the Open Inference protocol.
 *
 * @internal
 */
export function losesPorts(unit: UnitManifest, protocol: string | undefined): boolean {
  if (!isPrepackaged(unit) || unit.implementation === TENSORFLOW) return false;
  return unit.implementation === TRITON || OPEN_INFERENCE.has(protocol ?? '');
}

/**
 * The components whose pods the Service of a predictor selects. Separate orchestrators are selected instead of components.
 *
 * @internal
 */
export function servedComponents({ components, orchestrated }: PlacedPredictor, orchestrator: Orchestrator): ReadonlySet<number> {
  switch (orchestrator) {
    case Orchestrator.JOINED: return new Set([orchestrated]);
    case Orchestrator.SEPARATE: return new Set();
    case Orchestrator.NONE: return new Set(components.flatMap((containers, i) => (containers.some(({ unit }) => unit) ? [i] : [])));
  }
}

/**
 * Assigns ports as the operator does: by the names of containers, which are counted across all predictors, so a repeated name has the
 * same ports. A container without a node counts, too. Ports in the container take precedence, except for servers whose ports the
 * operator replaces.
 *
 * @internal
 */
export function placeContainers(predictors: readonly PredictorManifest[], protocol?: string): PlacedPredictor[] {
  const numbers = new Map<string, number>();
  let metrics = FIRST_METRICS;
  const numberOf = (name: string): number => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const serve = ({ name, ports }: PlacedContainer): void => {
    const number = numberOf(name);
    ports.http ??= CONTAINER_PORTS.http + number;
    ports.grpc ??= CONTAINER_PORTS.grpc + number;
    ports.metrics ??= metrics++;
  };
  return predictors.map(({ graph, componentSpecs = [] }) => {
    const units = unitsOf(graph);
    const names = new Set(units.map(({ name }) => name));
    const components = componentSpecs.map(({ spec }) => (spec?.containers ?? []).map((container) => {
      const placed = { name: container.name, unit: names.has(container.name), ports: namedPorts(container) };
      if (placed.unit) serve(placed);
      else numberOf(placed.name);
      return placed;
    }));
    for (const unit of units.filter(isPrepackaged)) {
      if (components.some((component) => component.some(({ name }) => name === unit.name))) continue;
      const placed = { name: unit.name, unit: true, ports: {} };
      serve(placed);
      if (components.length === 0) components.push([]);
      components[0].push(placed);
    }
    const host = units.find((unit) => isPrepackaged(unit) || components[0]?.some(({ name }) => name === unit.name))?.name;
    const replaced = new Set(units.filter((unit) => losesPorts(unit, protocol)).map(({ name }) => name));
    return {
      components: components.map((containers) => containers.map((placed) => (replaced.has(placed.name) ? withCallPorts(placed) : placed))),
      orchestrated: components.findIndex((component) => component.some(({ name }) => name === host)),
    };
  });
}

function withCallPorts({ ports: { http, grpc }, ...container }: PlacedContainer): PlacedContainer {
  return { ...container, ports: { http, grpc } };
}

function namedPorts({ ports = [] }: ContainerManifest): { [name: string]: number } {
  return Object.fromEntries(ports.flatMap(({ name, containerPort }) => (name === undefined ? [] : [[name, containerPort]])));
}
