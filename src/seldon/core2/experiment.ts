import { Construct, IConstruct } from 'constructs';
import { ExperimentDefaults } from './experiment-defaults';
import { checkCore2Name, kindOf } from './names';
import { PipelineRegistry } from './pipeline-registry';
import { Core2Reference, Core2ReferenceOptions } from './reference';
import { Core2Registry } from './registry';
import { core2Target } from './target';
import { toJson_ExperimentSpec } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { BackendTarget, BackendUse, Core2Experiment, IBackend, ResourceType, SeldonIdentity } from '../../plan/backend';
import { checkInt32, checkInteger, checkObjectName, checkWeights } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';

/** An Experiment of Seldon Core 2: one of this app, or an existing one. */
export interface IExperiment extends IBackend {
  /** The Experiment's `metadata.name`. */
  readonly experimentName: string;

  /** The namespace of the Experiment; undefined if it is not specified. */
  readonly experimentNamespace?: string;
}

/** Describes an existing Experiment. */
export interface ExperimentReferenceOptions extends Core2ReferenceOptions {
  /**
   * Kind of its candidates.
   *
   * @default - not known
   */
  readonly resourceType?: ResourceType;

  /**
   * Number of its candidates, 0 or more. Sticky sessions (`seldonSticky`) need at least two.
   *
   * @default - not known
   */
  readonly candidates?: number;
}

/** A candidate, which answers a share of the requests. */
export interface ExperimentCandidate {
  /** Name of a Model or Pipeline in the namespace of the Experiment. */
  readonly name: string;

  /** Share of the requests: a whole number from 0 to 2147483647, relative to the other weights. */
  readonly weight: number;
}

/** A mirror, which gets mirrored requests. Its responses are discarded. */
export interface ExperimentMirror {
  /** Name of a Model or Pipeline in the namespace of the Experiment. */
  readonly name: string;

  /** Percentage of the requests to mirror: a whole number from 0 to 100. */
  readonly percent: number;
}

/**
 * Properties for `Experiment`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/resources
 */
export interface ExperimentProps extends ManifestProps {
  /** The candidates, each listed once. The list may be empty if there is a mirror. */
  readonly candidates: ExperimentCandidate[];

  /**
   * The mirror, which must not be one of the candidates.
   *
   * @default - none
   */
  readonly mirror?: ExperimentMirror;

  /**
   * Name of the candidate whose requests the Experiment takes over. Only one Experiment of a namespace can have it as its default.
   *
   * @default - none: requests reach the Experiment only by its own name, `<name>.experiment`
   */
  readonly defaultCandidate?: string;

  /**
   * Kind of the candidates and the mirror. For Pipelines, releases of Seldon are suspected to apply wrong weights, since the Envoy
   * configuration seems to contain empty weights as well: count the responses before relying on them.
   *
   * @default - Seldon's default: Models
   */
  readonly resourceType?: ResourceType;
}

/**
 * Splits traffic between Models or Pipelines of Seldon Core 2, and mirrors it to another one, in Seldon's Envoy.
 * Routes send requests to it as a backend, by the header `seldon-model: <name>.experiment`.
 *
 * Its name is the construct id, without a hash, since clients use it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/experiment
 */
export class Experiment extends KubernetesObject implements IExperiment {
  /**
   * Refers to an existing Experiment, which this app does not define.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param experimentName The Experiment's `metadata.name`.
   * @param options Describes the Experiment.
   * @throws an error if the name is not a valid name in Kubernetes, or an option is invalid.
   */
  public static fromExperimentName(scope: Construct, id: string, experimentName: string, options: ExperimentReferenceOptions = {}): IExperiment {
    return new ExperimentReference(scope, id, experimentName, options);
  }

  /** The Experiment's `metadata.name`. */
  public readonly experimentName: string;

  /** The namespace of the Experiment; undefined if it is not specified. */
  public readonly experimentNamespace?: string;

  private readonly known: Omit<Core2Experiment, 'name'>;

  /**
   * Creates an Experiment.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The candidates and the mirror.
   * @throws an error if there is neither a candidate nor a mirror; if they are neither Models nor Pipelines; if Seldon would reject
   * a name, or it appears twice; if a weight is not a whole number of 0 or more, or all are 0; if the mirror's percent is not a
   * whole number from 0 to 100; if the default is not a candidate, or is also the default of another Experiment of the namespace.
   * At synthesis if a candidate is a Pipeline of this app without an output.
   */
  public constructor(scope: Construct, id: string, props: ExperimentProps) {
    super(scope, id);
    checkProps(this, 'ExperimentProps', props, Experiment);
    this.experimentName = nameOf(this, props);
    checkObjectName(this, 'name of Experiment', this.experimentName);
    this.experimentNamespace = namespaceOf(this, props);
    checkExperiment(this, props);
    const { resourceType = ResourceType.MODEL, defaultCandidate } = props;
    if (defaultCandidate !== undefined) ExperimentDefaults.of(this).add(this, resourceType, defaultCandidate);
    if (resourceType === ResourceType.PIPELINE) {
      for (const { name } of props.candidates) PipelineRegistry.of(this).requireOutput(this, this.experimentNamespace, name);
    }
    this.known = { resourceType, candidates: props.candidates.length };
    Core2Registry.of(this).addExperiment(this.experimentNamespace, {
      name: this.experimentName, candidates: props.candidates.map(({ name }) => name), defaultCandidate, type: resourceType,
    });
    const spec = toJson_ExperimentSpec({
      candidates: props.candidates,
      default: props.defaultCandidate,
      mirror: props.mirror,
      resourceType: props.resourceType,
    });
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Experiment', spec: () => spec }, props);
  }

  /**
   * Returns how to reach the Experiment.
   *
   * @param scope The construct that routes to it.
   * @throws an error if the namespace of the Experiment is not specified.
   */
  public target(scope: IConstruct): BackendTarget {
    return experimentTarget(scope, this, this.known);
  }

  /**
   * Binds the Experiment to a route, which changes nothing.
   *
   * @param scope The construct that routes to it.
   * @param _use How the route uses it.
   * @throws an error when the namespace of the Experiment is not specified.
   */
  public bind(scope: IConstruct, _use: BackendUse): BackendTarget {
    return this.target(scope);
  }
}

/** An existing Experiment. */
class ExperimentReference extends Core2Reference implements IExperiment {
  public readonly experimentName = this.objectName;
  public readonly experimentNamespace = this.objectNamespace;
  private readonly known: Omit<Core2Experiment, 'name'>;

  public constructor(scope: Construct, id: string, name: string, options: ExperimentReferenceOptions) {
    super(scope, id, { kind: 'Experiment', name, checkName: checkObjectName }, 'ExperimentReferenceOptions', options);
    checkInt32(this, 'candidates', options.candidates);
    this.known = { resourceType: options.resourceType, candidates: options.candidates };
  }

  public target(scope: IConstruct): BackendTarget {
    return experimentTarget(scope, this, this.known);
  }

  public bind(scope: IConstruct, _use: BackendUse): BackendTarget {
    return this.target(scope);
  }
}

function experimentTarget(scope: IConstruct, experiment: IExperiment, known: Omit<Core2Experiment, 'name'>): BackendTarget {
  const { experimentName: name, experimentNamespace: namespace } = experiment;
  return core2Target(scope, { kind: 'Experiment', name, namespace, header: `${name}.experiment`, seldon: SeldonIdentity.ofExperiment(name, known.resourceType, known.candidates) });
}

function checkExperiment(at: IConstruct, { candidates, mirror, defaultCandidate, resourceType }: ExperimentProps): void {
  if (candidates.length === 0 && mirror === undefined) {
    throw invalid(at, 'neither a candidate nor a mirror', 'add at least one candidate');
  }
  const kind = kindOf(resourceType ?? ResourceType.MODEL);
  const names = new Set<string>();
  for (const { name } of [...candidates, ...(mirror === undefined ? [] : [mirror])]) {
    checkCore2Name(at, `name of ${kind}`, name);
    if (names.has(name)) throw invalid(at, `${kind} ${show(name)} appears twice`, 'list each Model or Pipeline once among the candidates and the mirror');
    names.add(name);
  }
  checkWeights(at, candidates);
  if (mirror !== undefined) checkInteger(at, `percent of mirror ${show(mirror.name)}`, mirror.percent, 0, 100);
  if (defaultCandidate !== undefined && !candidates.some(({ name }) => name === defaultCandidate)) {
    const known = candidates.map(({ name }) => show(name)).join(', ');
    throw invalid(at, `default ${show(defaultCandidate)} is not a candidate`, known === '' ? 'there is none' : `expected one of ${known}`);
  }
}
