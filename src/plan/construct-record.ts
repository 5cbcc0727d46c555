/**
 * The name of a file next to the manifests with the constructs of their objects. It is written when `cdk8s synth` has validations, and removed by
 * the validation that reads it. Neither kubectl nor a GitOps controller reads a file with such a name.
 *
 * @internal
 */
export const CONSTRUCT_RECORD = '.seldon-istio-constructs';

/**
 * An object and the construct that the user wrote.
 *
 * @internal
 */
export interface RecordedConstruct {
  /** API group and version. */
  readonly apiVersion: string;
  /** Kind. */
  readonly kind: string;
  /** Namespace; the default one if undefined. */
  readonly namespace?: string;
  /** Name. */
  readonly name: string;
  /** Path of the construct. */
  readonly path: string;
}
