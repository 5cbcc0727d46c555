import { BUILT_IN_IMPLEMENTATIONS } from './implementations';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf } from '../json';

/** A node of a graph. @internal */
export interface WrittenNode {
  /** Its name; empty if it has none. */
  readonly name: string;
  /** Its field. */
  readonly field: FieldPath;
  /** The server or the function that it runs; undefined if it runs in a container of its name. */
  readonly implementation: string | undefined;
  /** The whole node. */
  readonly json: JsonObject;
}

/** A container of a predictor. @internal */
export interface WrittenContainer {
  /** Its name. */
  readonly name: string;
  /** Its field. */
  readonly field: FieldPath;
  /** Index of its component. */
  readonly component: number;
  /** Its image, if specified. */
  readonly image: string | undefined;
}

/** A predictor. @internal */
export interface WrittenPredictor {
  /** Its name; empty if it has none. */
  readonly name: string;
  /** Its field. */
  readonly field: FieldPath;
  /** Whether it gets mirrored requests. */
  readonly isShadow: boolean;
  /** Its percentage, if specified. */
  readonly traffic: number | undefined;
  /** The nodes of its graph, each before its children. */
  readonly nodes: readonly WrittenNode[];
  /** Its containers. */
  readonly containers: readonly WrittenContainer[];
  /** Its components. */
  readonly components: readonly { readonly field: FieldPath; readonly json: JsonObject }[];
  /** Its annotations. */
  readonly annotations: JsonObject;
  /** The whole predictor. */
  readonly json: JsonObject;
}

/** A SeldonDeployment. @internal */
export interface WrittenDeployment {
  /** Its predictors. */
  readonly predictors: readonly WrittenPredictor[];
  /** Its `spec`. */
  readonly spec: JsonObject;
}

/** More levels than the CRD has. The API server drops what is below them. */
const MAX_LEVELS = 20;

/**
 * Reads a SeldonDeployment.
 *
 * @internal
 */
export function readDeployment(manifest: JsonObject): WrittenDeployment {
  const spec = objectOf(manifest.spec);
  return {
    spec,
    predictors: listOf(spec.predictors).flatMap((json, i) => (isObject(json) ? [predictorOf(json, ['spec', 'predictors', i])] : [])),
  };
}

function predictorOf(json: JsonObject, field: FieldPath): WrittenPredictor {
  const components = listOf(json.componentSpecs).map((component, i) => ({ field: [...field, 'componentSpecs', i], json: objectOf(component) }));
  return {
    name: stringOf(json.name) ?? '',
    field,
    isShadow: json.shadow === true,
    traffic: numberOf(json.traffic),
    nodes: isObject(json.graph) ? nodesOf(json.graph, [...field, 'graph'], 0) : [],
    containers: components.flatMap((component, i) => listOf(objectOf(component.json.spec).containers).flatMap((container, j) => {
      const name = stringOf(objectOf(container).name);
      if (name === undefined) return [];
      return [{ name, component: i, image: stringOf(objectOf(container).image), field: [...component.field, 'spec', 'containers', j] }];
    })),
    components,
    annotations: objectOf(json.annotations),
    json,
  };
}

function nodesOf(json: JsonObject, field: FieldPath, level: number): WrittenNode[] {
  const implementation = stringOf(json.implementation);
  const children = level >= MAX_LEVELS ? [] : listOf(json.children);
  return [
    { name: stringOf(json.name) ?? '', field, json, implementation: implementation === 'UNKNOWN_IMPLEMENTATION' ? undefined : implementation },
    ...children.flatMap((child, i) => (isObject(child) ? nodesOf(child, [...field, 'children', i], level + 1) : [])),
  ];
}

/**
 * Whether a node runs on a server that the operator adds.
 *
 * @internal
 */
export function isOnServer({ implementation }: WrittenNode): boolean {
  return implementation !== undefined && !BUILT_IN_IMPLEMENTATIONS.has(implementation);
}
