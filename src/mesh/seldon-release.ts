import { IConstruct } from 'constructs';
import { isBefore, parseRelease, Release } from './release';
import { invalid, show } from '../plan/checks/errors';

/** The oldest releases that this library writes for. */
const OLDEST: { readonly [major: number]: Release } = { 1: { major: 1, minor: 17 }, 2: { major: 2, minor: 6 } };

/** Fields of one kind: path, and the release that brought them. */
type Newer = readonly (readonly [path: string, since: string])[];

/** The release that brought these is not known more precisely than that 2.6 does not have them. */
const LATER_THAN_2_6 = '2.7';

const CONFIGURATION: Newer = [
  ['spec.config.scalingConfig', '2.10'],
  ['spec.config.kafkaConfig.consumerGroupIdPrefix', LATER_THAN_2_6],
  ['spec.config.kafkaConfig.topics', LATER_THAN_2_6],
  ['spec.config.tracingConfig.otelExporterProtocol', LATER_THAN_2_6],
];

const CLAIMS: Newer = ['containers', 'initContainers']
  .map((list) => [`spec.predictors[].componentSpecs[].spec.${list}[].resources.claims`, '1.18'] as const);

/**
 * Fields of Seldon's kinds that came after the oldest releases. `[]` stands for the items of a list.
 *
 * @see https://docs.seldon.ai/seldon-core-2/installation/upgrading
 */
const NEWER_FIELDS: { readonly [kind: string]: Newer } = {
  SeldonDeployment: CLAIMS,
  Model: [['spec.llm', '2.9'], ['spec.dataflow.cleanTopicsOnDelete', '2.10']],
  Pipeline: [['spec.allowCycles', '2.10'], ['spec.maxStepRevisits', '2.10'], ['spec.dataflow.cleanTopicsOnDelete', '2.10']],
  Server: [['spec.deploymentStrategy', LATER_THAN_2_6], ['spec.statefulSetPersistentVolumeClaimRetentionPolicy', '2.8']],
  SeldonConfig: [['spec.components[].annotations', LATER_THAN_2_6], ['spec.components[].labels', LATER_THAN_2_6], ...CONFIGURATION],
  SeldonRuntime: [['spec.overrides[].podSpec', '2.8'], ...CONFIGURATION],
};

/** The API groups of these kinds: others have kinds of the same names. */
const GROUPS: { readonly [group: string]: 1 | 2 } = { 'machinelearning.seldon.io': 1, 'mlops.seldon.io': 2 };

/** A field that a release does not have. @internal */
export interface NewerField {
  /** Where it is. */
  readonly path: string;
  /** The release that brought it. */
  readonly since: string;
}

/**
 * The releases of Seldon Core 1 and 2 in a mesh. Where none is stated no field is refused.
 *
 * @internal
 */
export class SeldonReleases {
  public static parse(at: IConstruct, seldonVersion: string | undefined, seldonCore1Version: string | undefined): SeldonReleases {
    const stated = new Map<number, Stated>();
    for (const [option, text] of Object.entries({ seldonVersion, seldonCore1Version })) {
      if (text === undefined) continue;
      const release = typeof text === 'string' ? parseRelease(text) : undefined;
      if (release === undefined) throw invalid(at, `${option} ${show(text)}`, 'expected a release such as "2.9" or "2.9.1"');
      const oldest = OLDEST[release.major];
      if (oldest === undefined || isBefore(release, oldest)) throw invalid(at, `${option} ${show(text)}`, 'expected 1.17 or later of Seldon Core 1, or 2.6 or later of Seldon Core 2');
      if (option === 'seldonCore1Version' && release.major !== 1) throw invalid(at, `${option} ${show(text)}`, 'expected a release of Seldon Core 1, such as "1.18"');
      if (stated.has(release.major)) throw invalid(at, `seldonVersion ${show(seldonVersion)} and seldonCore1Version ${show(text)}`, 'set the release of Seldon Core 1 once');
      stated.set(release.major, { option, text, release });
    }
    return new SeldonReleases(stated);
  }

  private constructor(private readonly stated: ReadonlyMap<number, Stated>) {}

  /** Whether the release is stated that an object of an API group is for. */
  public judges(apiGroup: string): boolean {
    return this.stated.has(GROUPS[apiGroup]);
  }

  /** Refuses a feature of one generation of Seldon Core that its stated release does not have. */
  public require(at: IConstruct, feature: string, since: string): void {
    const { major, ...rest } = parseRelease(since)!;
    const stated = this.stated.get(major);
    if (stated !== undefined && isBefore(stated.release, { major, ...rest })) throw invalid(at, `${feature} with ${stated.option} ${show(stated.text)}`, remedyFor(since));
  }

  /** Refuses what the stated release does not have. */
  public check(at: IConstruct, apiGroup: string, kind: string, manifest: unknown): void {
    for (const { path, since } of this.find(apiGroup, kind, manifest)) this.require(at, `${path} of ${kind}`, since);
  }

  /** What a message says about each field of an object that its stated release does not have. */
  public problems(apiGroup: string, kind: string, manifest: unknown): string[] {
    const { option, text } = this.stated.get(GROUPS[apiGroup])!;
    return this.find(apiGroup, kind, manifest).map(({ path, since }) => `${path} of ${kind} with ${option} ${show(text)}: ${remedyFor(since)}`);
  }

  private find(apiGroup: string, kind: string, manifest: unknown): NewerField[] {
    return findNewerFields(kind, manifest, this.stated.get(GROUPS[apiGroup])!.release);
  }
}

/** A release as it was stated. */
interface Stated {
  readonly option: string;
  readonly text: string;
  readonly release: Release;
}

/**
 * Finds the fields of an object that a release of Seldon does not have.
 *
 * @internal
 */
export function findNewerFields(kind: string, manifest: unknown, release: Release): NewerField[] {
  if (!Object.hasOwn(NEWER_FIELDS, kind)) return [];
  return NEWER_FIELDS[kind].filter(([path, since]) => isBefore(release, parseRelease(since)!) && isSet(manifest, path.split('.')))
    .map(([path, since]) => ({ path, since }));
}

function remedyFor(since: string): string {
  const known = since === LATER_THAN_2_6 ? 'releases later than 2.6 have it' : `Seldon has it since ${since}`;
  return `${known}, and in an older one a strict apply refuses it and a loose one drops it: leave it out, or state the release that the cluster has`;
}

/** Whether something is at a path of an object; `[]` stands for any item of a list. */
function isSet(value: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return value !== undefined && value !== null;
  if (typeof value !== 'object' || value === null) return false;
  const isList = first.endsWith('[]');
  const below = (value as { readonly [field: string]: unknown })[isList ? first.slice(0, -2) : first];
  return isList ? Array.isArray(below) && below.some((item) => isSet(item, rest)) : isSet(below, rest);
}
