import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { HEALTH_EXPRESSIONS } from '../gitops/flux/health-expressions';
import { nameOf } from '../mesh/default-name';
import { KubernetesObject } from '../mesh/kubernetes-object';
import { checkMetadata } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { checkDnsLabel, checkDuration, checkObjectName, formatDuration } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';

/** A health check of Flux for one kind, an entry of `spec.healthCheckExprs` of a Kustomization. The expressions are in CEL. */
export interface FluxHealthCheck {
  /** API version of the kind, with its group. */
  readonly apiVersion: string;

  /** The kind. */
  readonly kind: string;

  /** Whether an object is ready. */
  readonly current: string;

  /** Whether an object has failed, so that Flux stops waiting. */
  readonly failed: string;
}

/** Properties for `FluxKustomization`. */
export interface FluxKustomizationProps extends ManifestProps {
  /** Folder of the manifests in the source, such as `./dist/production`. */
  readonly path: string;

  /** Name of the source, in the namespace of the Kustomization. */
  readonly sourceName: string;

  /**
   * Kind of the source.
   *
   * @default FluxSourceKind.GIT_REPOSITORY
   */
  readonly sourceKind?: FluxSourceKind;

  /**
   * Time between two reconciliations.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long Flux waits until the objects are healthy. A model that loads slowly needs more.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;

  /**
   * Whether Flux deletes objects whose manifests are gone.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Names of Kustomizations that must be ready first, such as that of the models for one with routes.
   *
   * @default - none
   */
  readonly dependsOn?: string[];
}

/** Kind of a source of Flux. */
export enum FluxSourceKind {
  /** A Git repository. */
  GIT_REPOSITORY = 'GitRepository',
  /** An OCI artifact. */
  OCI_REPOSITORY = 'OCIRepository',
  /** A bucket. */
  BUCKET = 'Bucket',
}

/**
 * A Kustomization of Flux that waits until models are ready. Without the health checks Flux takes a Model without a status, and a SeldonDeployment in
 * any state, for ready.
 *
 * Flux applies all objects of a Kustomization at once. To change routes only after models are ready, keep them in two folders, and let the
 * Kustomization of the routes depend on that of the models (`dependsOn`).
 *
 * Seldon does not report `observedGeneration`. Shortly after a change, an object can still have the status of the version before.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 */
export class FluxKustomization extends KubernetesObject {
  /** The health checks for all kinds of Seldon, for `spec.healthCheckExprs` of an existing Kustomization. */
  public static healthChecks(): FluxHealthCheck[] {
    return HEALTH_EXPRESSIONS.map((each) => ({ ...each }));
  }

  /**
   * Creates a Kustomization.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one.
   * @param props The source, and how to apply it.
   * @throws an error if the path or a name is empty or invalid, or if a time is not positive.
   */
  public constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id);
    checkProps(this, 'FluxKustomizationProps', props, FluxKustomization);
    checkMetadata(this, props);
    const { path, sourceName, sourceKind = FluxSourceKind.GIT_REPOSITORY, prune = true, dependsOn = [] } = props;
    const { interval = Duration.minutes(10), timeout = Duration.minutes(10) } = props;
    checkPath(this, path);
    checkObjectName(this, 'sourceName', sourceName);
    for (const name of dependsOn) checkObjectName(this, 'dependsOn', name);
    checkDuration(this, 'interval', interval);
    checkDuration(this, 'timeout', timeout);
    const { metadata, namespace = metadata?.namespace } = props;
    if (namespace !== undefined) checkDnsLabel(this, 'namespace', namespace);
    const name = nameOf(this, props);
    checkObjectName(this, 'name of Kustomization', name);
    new ApiObject(this, 'Resource', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { ...metadata, name, ...namespace === undefined ? {} : { namespace } },
      spec: {
        interval: formatDuration(interval),
        timeout: formatDuration(timeout),
        path,
        prune,
        wait: true,
        sourceRef: { kind: sourceKind, name: sourceName },
        ...dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map((each) => ({ name: each })) },
        healthCheckExprs: HEALTH_EXPRESSIONS,
      },
    });
  }
}

/** Flux does not leave the source. */
function checkPath(at: Construct, path: string): void {
  const isInside = typeof path === 'string' && path.trim() !== '' && !path.startsWith('/') && !path.split('/').includes('..');
  if (!isInside) throw invalid(at, `path ${show(path)}`, 'expected a folder in the source, such as "./dist/production"');
}
