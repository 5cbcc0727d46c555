import { IConstruct } from 'constructs';
import { ModelProps } from './model-props';

/** How many replicas an object says that it has. @internal */
export type Scaling = Pick<ModelProps, 'replicas' | 'minReplicas' | 'maxReplicas'>;

/** A Server that the app knows of. @internal */
export interface KnownServer {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace?: string;
  /** What it can do; undefined when that is not known. */
  readonly capabilities?: readonly string[];
  /** What its manifest says; undefined when it lives elsewhere. */
  readonly scaling?: Scaling;
  /** Most replicas that it may have; undefined when there is no limit, or it is not known. */
  readonly maximum?: number;
}

/** A Model of the app. @internal */
export interface KnownModel {
  /** Its construct. */
  readonly at: IConstruct;
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace?: string;
  /** What a Server must be able to do. */
  readonly requirements: readonly string[];
  /** The one Server that may have it. */
  readonly server?: string;
  /** What its manifest says. */
  readonly scaling: Scaling;
}

/**
 * How many replicas there are before anybody scales. Seldon takes 0 alone for 1.
 *
 * @internal
 */
export function startOf({ replicas, minReplicas }: Scaling): number {
  if (replicas === 0 && minReplicas === undefined) return 1;
  return replicas ?? (minReplicas !== undefined && minReplicas > 0 ? minReplicas : 1);
}
