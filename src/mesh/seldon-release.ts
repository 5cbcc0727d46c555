import { IConstruct } from 'constructs';
import { isBefore, parseRelease, Release } from './release';
import { inSentences, invalid, show } from '../plan/checks/errors';

/** The oldest releases that this library supports. */
const OLDEST: { readonly [major: number]: Release } = { 1: { major: 1, minor: 17 }, 2: { major: 2, minor: 6 } };

/** Newer fields of one kind: the path, and the release that introduced the field. */
type Newer = readonly (readonly [path: string, since: string])[];

/** The exact release that introduced these fields is not known, only that 2.6 does not have them. */
const LATER_THAN_2_6 = '2.7';

const CONFIGURATION: Newer = [
  ['spec.config.scalingConfig', '2.10'],
  ['spec.config.kafkaConfig.consumerGroupIdPrefix', LATER_THAN_2_6],
  ['spec.config.kafkaConfig.topics', LATER_THAN_2_6],
  ['spec.config.tracingConfig.otelExporterProtocol', LATER_THAN_2_6],
];

const RESOURCE_CLAIMS: Newer = ['containers', 'initContainers']
  .map((list) => [`spec.predictors[].componentSpecs[].spec.${list}[].resources.claims`, '1.18'] as const);

/**
 * Fields of Seldon's kinds that the oldest supported releases do not have. `[]` stands for the items of a list.
 *
 * @see https://docs.seldon.ai/seldon-core-2/installation/upgrading
 */
const NEWER_FIELDS: { readonly [kind: string]: Newer } = {
  SeldonDeployment: RESOURCE_CLAIMS,
  Model: [['spec.llm', '2.9'], ['spec.dataflow.cleanTopicsOnDelete', '2.10']],
  Pipeline: [['spec.allowCycles', '2.10'], ['spec.maxStepRevisits', '2.10'], ['spec.dataflow.cleanTopicsOnDelete', '2.10']],
  Server: [['spec.deploymentStrategy', LATER_THAN_2_6], ['spec.statefulSetPersistentVolumeClaimRetentionPolicy', '2.8']],
  SeldonConfig: [['spec.components[].annotations', LATER_THAN_2_6], ['spec.components[].labels', LATER_THAN_2_6], ...CONFIGURATION],
  SeldonRuntime: [['spec.overrides[].podSpec', '2.8'], ...CONFIGURATION],
};

/** The API groups of these kinds. Kinds in other groups can have the same names. */
const GROUPS: { readonly [group: string]: 1 | 2 } = { 'machinelearning.seldon.io': 1, 'mlops.seldon.io': 2 };

/** A field that a release does not have. @internal */
export interface NewerField {
  /** Path of the field. */
  readonly path: string;
  /** The release that introduced it. */
  readonly since: string;
}

/**
 * The releases of Seldon Core 1 and 2 in a mesh. Without a configured release no field is rejected.
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

  /** Whether a release is configured for the objects of an API group. */
  public covers(apiGroup: string): boolean {
    return this.stated.has(GROUPS[apiGroup]);
  }

  /** Rejects a feature of Seldon Core 1 or 2 that the configured release does not have. */
  public require(at: IConstruct, feature: string, since: string): void {
    const { major, ...rest } = parseRelease(since)!;
    const stated = this.stated.get(major);
    if (stated !== undefined && isBefore(stated.release, { major, ...rest })) throw invalid(at, `${feature} with ${stated.option} ${show(stated.text)}`, remedyFor(since));
  }

  /** Rejects fields that the configured release does not have. */
  public check(at: IConstruct, apiGroup: string, kind: string, manifest: unknown): void {
    for (const { path, since } of this.find(apiGroup, kind, manifest)) this.require(at, `${path} of ${kind}`, since);
  }

  /** A message about each field of an object that the configured release does not have. */
  public problems(apiGroup: string, kind: string, manifest: unknown): string[] {
    const { option, text } = this.stated.get(GROUPS[apiGroup])!;
    return this.find(apiGroup, kind, manifest).map(({ path, since }) => inSentences(`${path} of ${kind} with ${option} ${show(text)}`, remedyFor(since)));
  }

  private find(apiGroup: string, kind: string, manifest: unknown): NewerField[] {
    return findNewerFields(kind, manifest, this.stated.get(GROUPS[apiGroup])!.release);
  }
}

/** A configured release, and the option that set it. */
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
  const support = since === LATER_THAN_2_6 ? 'only releases later than 2.6 have it' : `Seldon has it only since ${since}`;
  return `${support}. With an older release kubectl apply rejects it, or drops it without strict validation. Leave it out, or set the release of the cluster`;
}

/** Whether an object has a value at a path. `[]` stands for any item of a list. */
function isSet(value: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return value !== undefined && value !== null;
  if (typeof value !== 'object' || value === null) return false;
  const isList = first.endsWith('[]');
  const below = (value as { readonly [field: string]: unknown })[isList ? first.slice(0, -2) : first];
  return isList ? Array.isArray(below) && below.some((item) => isSet(item, rest)) : isSet(below, rest);
}
