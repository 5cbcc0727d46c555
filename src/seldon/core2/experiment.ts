import { Construct, IConstruct } from 'constructs';
import { ExperimentDefaults } from './experiment-defaults';
import { checkCore2Name, kindOf } from './names';
import { PipelineRegistry } from './pipeline-registry';
import { Core2ReferenceOptions } from './reference';
import { Core2Registry } from './registry';
import { core2Target } from './target';
import { toJson_ExperimentSpec } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { BackendTarget, BackendUse, Core2Experiment, IBackend, ResourceType, SeldonIdentity } from '../../plan/backend';
import { checkInt32, checkInteger, checkNoNamespace, checkObjectName, checkWeights } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';

export * from './reference';

/** An Experiment of Seldon Core 2: one of this app, or one that lives elsewhere. */
export interface IExperiment extends IBackend {
  /** The Experiment's `metadata.name`. */
  readonly experimentName: string;

  /** The namespace of the Experiment; undefined when nobody said it. */
  readonly experimentNamespace?: string;
}

/** What is known of an Experiment that lives elsewhere. */
export interface ExperimentReferenceOptions extends Core2ReferenceOptions {
  /**
   * What it chooses between.
   *
   * @default - not known
   */
  readonly resourceType?: ResourceType;

  /**
   * How many candidates it chooses between, 0 or more. Callers can stay with one of them (`seldonSticky`) only when two or
   * more are known.
   *
   * @default - not known
   */
  readonly candidates?: number;
}

/** One that answers a share of the requests. */
export interface ExperimentCandidate {
  /** Name of a Model or Pipeline in the namespace of the Experiment. */
  readonly name: string;

  /** Share of the requests: a whole number from 0 to 2147483647, relative to the other weights. */
  readonly weight: number;
}

/** One that gets copies of requests; its answers are thrown away. */
export interface ExperimentMirror {
  /** Name of a Model or Pipeline in the namespace of the Experiment. */
  readonly name: string;

  /** Share of the requests that are copied: a whole number from 0 to 100. */
  readonly percent: number;
}

/**
 * What an Experiment takes.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/resources
 */
export interface ExperimentProps extends ManifestProps {
  /** Who answers, each once. The list may be empty when there is a mirror. */
  readonly candidates: ExperimentCandidate[];

  /**
   * Who gets copies; none of the candidates.
   *
   * @default - nobody
   */
  readonly mirror?: ExperimentMirror;

  /**
   * Name of the candidate whose own requests the Experiment takes over. Only one Experiment of a namespace may have it.
   *
   * @default - none: requests reach the Experiment by its own name only, `<name>.experiment`
   */
  readonly defaultCandidate?: string;

  /**
   * What the candidates and the mirror are. Releases of Seldon are suspected to share wrongly between Pipelines, since what they
   * tell Envoy seems to hold empty shares as well: count the answers before relying on the weights.
   *
   * @default - Seldon's: Models
   */
  readonly resourceType?: ResourceType;
}

/**
 * Shares requests between Models or Pipelines of Seldon Core 2, and copies them to another one, in Seldon's own Envoy.
 * Routes send requests to it as a backend, by the header `seldon-model: <name>.experiment`.
 *
 * Its name is the construct id, without a hash, since clients name it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/experiment
 */
export class Experiment extends KubernetesObject implements IExperiment {
  /**
   * An Experiment that another chart, another repository or another tool makes.
   *
   * @param scope The construct that it is named for.
   * @param id Id of the construct.
   * @param experimentName The Experiment's `metadata.name`.
   * @param options What is known of it.
   * @throws an error when Kubernetes would not take the name, or what is known of it cannot be.
   */
  public static fromExperimentName(scope: Construct, id: string, experimentName: string, options: ExperimentReferenceOptions = {}): IExperiment {
    return new ExperimentReference(scope, id, experimentName, options);
  }

  /** The Experiment's `metadata.name`. */
  public readonly experimentName: string;

  /** The namespace of the Experiment; undefined when nobody said it. */
  public readonly experimentNamespace?: string;

  private readonly known: Omit<Core2Experiment, 'name'>;

  /**
   * Makes an Experiment.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props Who answers, and who gets copies.
   * @throws an error when there is neither a candidate nor a mirror; when they are neither Models nor Pipelines; when a name is
   * one that Seldon would not take, or appears twice; when a weight is no whole number of 0 or more, or all are 0; when the
   * mirror's percent is no whole number from 0 to 100; when the default is no candidate, or another Experiment of the namespace
   * has it too. At synthesis when a candidate is a Pipeline of this app that has no output.
   */
  public constructor(scope: Construct, id: string, props: ExperimentProps) {
    super(scope, id);
    checkProps(this, 'ExperimentProps', props, Experiment);
    this.experimentName = nameOf(this, props);
    checkObjectName(this, 'name of Experiment', this.experimentName);
    this.experimentNamespace = namespaceOf(this, props);
    checkExperiment(this, props);
    const { resourceType = ResourceType.MODEL, defaultCandidate } = props;
    if (defaultCandidate !== undefined) ExperimentDefaults.of(this).claim(this, resourceType, defaultCandidate);
    if (resourceType === ResourceType.PIPELINE) {
      for (const { name } of props.candidates) PipelineRegistry.of(this).ask(this, this.experimentNamespace, name);
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
   * Says how to reach the Experiment.
   *
   * @param scope The construct that routes to it.
   * @throws an error when nobody said the Experiment's namespace.
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

/** An Experiment that lives elsewhere. */
class ExperimentReference extends Construct implements IExperiment {
  public readonly experimentName: string;
  public readonly experimentNamespace?: string;
  private readonly known: Omit<Core2Experiment, 'name'>;

  public constructor(scope: Construct, id: string, experimentName: string, options: ExperimentReferenceOptions) {
    super(scope, id);
    checkProps(this, 'ExperimentReferenceOptions', options);
    checkNoNamespace(this, 'Experiment', experimentName);
    checkObjectName(this, 'name of Experiment', experimentName);
    this.experimentName = experimentName;
    this.experimentNamespace = namespaceOf(this, options);
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
    throw invalid(at, 'neither a candidate nor a mirror', 'give at least one candidate');
  }
  const kind = kindOf(resourceType ?? ResourceType.MODEL);
  const names = new Set<string>();
  for (const { name } of [...candidates, ...(mirror === undefined ? [] : [mirror])]) {
    checkCore2Name(at, `name of ${kind}`, name);
    if (names.has(name)) throw invalid(at, `${kind} ${show(name)} appears twice`, 'name each once among the candidates and the mirror');
    names.add(name);
  }
  checkWeights(at, candidates);
  if (mirror !== undefined) checkInteger(at, `percent of mirror ${show(mirror.name)}`, mirror.percent, 0, 100);
  if (defaultCandidate !== undefined && !candidates.some(({ name }) => name === defaultCandidate)) {
    const known = candidates.map(({ name }) => show(name)).join(', ');
    throw invalid(at, `default ${show(defaultCandidate)} is no candidate`, known === '' ? 'there is none' : `expected one of ${known}`);
  }
}
