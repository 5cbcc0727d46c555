import { IConstruct } from 'constructs';
import { ModelProps } from './model-props';

/** The replicas that an object sets. @internal */
export type Scaling = Pick<ModelProps, 'replicas' | 'minReplicas' | 'maxReplicas'>;

/** A Server that the app knows. @internal */
export interface KnownServer {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace?: string;
  /** Its capabilities; undefined if they are not known. */
  readonly capabilities?: readonly string[];
  /** The replicas in its manifest; undefined for an existing Server. */
  readonly scaling?: Scaling;
  /** Maximum number of its replicas; undefined if there is no limit, or it is not known. */
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
  /** The capabilities that it requires of a Server. */
  readonly requirements: readonly string[];
  /** The Server that it names, if any. */
  readonly server?: string;
  /** The replicas in its manifest. */
  readonly scaling: Scaling;
}

/**
 * The initial number of replicas, before an autoscaler changes it. Seldon reads 0 alone as 1.
 *
 * @internal
 */
export function startOf({ replicas, minReplicas }: Scaling): number {
  if (replicas === 0 && minReplicas === undefined) return 1;
  return replicas ?? (minReplicas !== undefined && minReplicas > 0 ? minReplicas : 1);
}
