import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Cluster } from '../cluster/cluster';
import { ignoredDifferences } from '../gitops/argo-cd/ignored-differences';
import { ARGO_CD_LABELS, argoCdEntries } from '../gitops/argo-cd/settings';
import { KubernetesObject } from '../mesh/kubernetes-object';
import { checkMetadata } from '../mesh/manifest';
import { isUnchanged } from '../mesh/written-objects';
import { checkDnsLabel } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { objectsIn } from '../synthesis/app-objects';

/** Name of the ConfigMap that Argo CD reads. */
const NAME = 'argocd-cm';
const NAMESPACE = 'argocd';

/** Fields of one object that an autoscaler changes, for `spec.ignoreDifferences` of an Argo CD Application. */
export interface ArgoCdIgnoredDifference {
  /** API group of the object. */
  readonly group: string;

  /** Its kind. */
  readonly kind: string;

  /** Its name. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the Application's destination
   */
  readonly namespace?: string;

  /** The fields, as JSON pointers. */
  readonly jsonPointers: string[];
}

/** Properties for `ArgoCdSettings`. */
export interface ArgoCdSettingsProps {
  /**
   * Namespace of Argo CD.
   *
   * @default "argocd"
   */
  readonly namespace?: string;

  /**
   * Labels and annotations of the ConfigMap. Its name cannot be changed.
   *
   * @default - the labels that Argo CD looks for
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Argo CD's settings for Seldon: health checks for Models, Pipelines, Experiments, Servers, SeldonRuntimes and SeldonDeployments, for which
 * Argo CD has none. Without them Argo CD takes each of these objects for ready as soon as it exists, and sync waves do not wait for models.
 *
 * The construct writes a ConfigMap `argocd-cm` that holds only these entries. Apply it with server-side apply, which leaves the other entries as
 * they are. Where Argo CD is installed by its chart, put `ArgoCdSettings.healthChecks()` into the value `configs.cm` instead.
 *
 * Seldon does not report `observedGeneration`. Shortly after a change, an object can still have the status of the version before.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export class ArgoCdSettings extends KubernetesObject {
  /**
   * The health checks as entries of the ConfigMap `argocd-cm`, for the value `configs.cm` of Argo CD's chart: scripts in Lua by their keys.
   */
  public static healthChecks(): { [key: string]: string } {
    return { ...argoCdEntries() };
  }

  /**
   * The fields that autoscalers change below a scope, for `spec.ignoreDifferences` of an Application: `spec.replicas` of Models and Servers
   * with `minReplicas` or `maxReplicas`, and of what a HorizontalPodAutoscaler scales. The Application also needs the option
   * `RespectIgnoreDifferences=true`, otherwise a sync still resets the fields.
   *
   * @param scope An App, a Chart or any other construct. Objects that are created later are not found.
   */
  public static ignoreDifferences(scope: IConstruct): ArgoCdIgnoredDifference[] {
    const objects = objectsIn(scope.node.findAll(), isUnchanged, false);
    return ignoredDifferences(new Cluster(objects.map(({ object }) => object))).map((each) => ({ ...each, jsonPointers: [...each.jsonPointers] }));
  }

  /**
   * Creates the settings.
   *
   * @param scope The construct that they belong to.
   * @param id Id of the construct.
   * @param props The namespace of Argo CD, `argocd` by default, and further metadata.
   * @throws an error if the metadata set another name: Argo CD reads only `argocd-cm`.
   */
  public constructor(scope: Construct, id: string, props: ArgoCdSettingsProps = {}) {
    super(scope, id);
    checkProps(this, 'ArgoCdSettingsProps', props, ArgoCdSettings);
    checkMetadata(this, props);
    const { metadata, namespace = metadata?.namespace ?? NAMESPACE } = props;
    if (metadata?.name !== undefined && metadata.name !== NAME) throw invalid(this, `name ${show(metadata.name)}`, `Argo CD reads only the ConfigMap "${NAME}". Leave the name out`);
    checkDnsLabel(this, 'namespace', namespace);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: NAME, namespace, labels: { ...ARGO_CD_LABELS, ...metadata?.labels } },
      data: argoCdEntries(),
    });
  }
}
