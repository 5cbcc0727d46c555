import { ApiObject, ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * A construct that writes one Kubernetes object.
 *
 * Labels and annotations can be added after construction, and fields that this library does not know can be patched in.
 *
 * @example
 * const model = new Model(chart, 'iris', { storageUri: 'gs://seldon-models/mlserver/iris' });
 * model.metadata.addLabel('team', 'risk');
 * ApiObject.of(model).addJsonPatch(JsonPatch.add('/spec/newerField', true));
 */
export abstract class KubernetesObject extends Construct {
  /** The object's `metadata.name`. */
  public get name(): string {
    return ApiObject.of(this).name;
  }

  /** The object's `metadata.namespace`; undefined when it is not specified, or the kind has none. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  /** The object's kind. */
  public get kind(): string {
    return ApiObject.of(this).kind;
  }

  /** The object's API version, with its group. */
  public get apiVersion(): string {
    return ApiObject.of(this).apiVersion;
  }

  /** The object's metadata, which labels and annotations can be added to. */
  public get metadata(): ApiObjectMetadataDefinition {
    return ApiObject.of(this).metadata;
  }
}
