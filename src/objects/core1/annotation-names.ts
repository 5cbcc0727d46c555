import { ANNOTATION } from './annotations';
import { distance } from '../../plan/checks/near-miss';

/** Prefix of all annotations that Seldon reads. */
const PREFIX = 'seldon.io/';

/** Names that older releases read, and what replaces them today. */
const OBSOLETE: { readonly [annotation: string]: string } = {
  'seldon.io/rest-read-timeout': `Use ${ANNOTATION.restTimeout}, in milliseconds`,
  'seldon.io/grpc-read-timeout': `Use ${ANNOTATION.grpcTimeout}, in milliseconds`,
  'seldon.io/rest-connection-timeout': 'Leave it out',
  'seldon.io/rest-connect-retries': 'Leave it out',
  'seldon.io/engine-java-opts': 'The orchestrator is no longer written in Java: leave it out',
  'seldon.io/executor': 'There is one orchestrator only: leave it out',
  'seldon.io/ambassador-weight': 'Use traffic of the predictor',
  'seldon.io/ambassador-shadow': 'Use shadow of the predictor',
};

const WHOLE_NUMBER = /^\d+$/;
const FLAG = /^(true|false)$/i;

/** The format of values, and the remedy for others. */
const VALUES: { readonly [annotation: string]: readonly [RegExp, string] } = {
  ...Object.fromEntries([
    ANNOTATION.restTimeout, ANNOTATION.grpcTimeout, ANNOTATION.grpcMaxMessageSize, ANNOTATION.loggerQueueSize, ANNOTATION.loggerWriteTimeout,
    'seldon.io/ambassador-retries',
    ...['connections', 'pending-requests', 'requests', 'retries'].map((what) => `seldon.io/ambassador-circuit-breakers-max-${what}`),
  ].map((name) => [name, [WHOLE_NUMBER, 'expected a whole number, such as "5000", without a unit and without quotes in the value']])),
  ...Object.fromEntries([ANNOTATION.separateEngine, ANNOTATION.noEngine, ANNOTATION.headless, ANNOTATION.noStorageInitializer]
    .map((name) => [name, [FLAG, 'expected "true" or "false"']])),
};

/** Names that Seldon reads; whatever else begins with `seldon.io/engine-` becomes a variable of the orchestrator. */
const KNOWN: readonly string[] = [
  ...Object.values(ANNOTATION), ...Object.keys(VALUES), ...['config', 'service-name', 'header', 'regex-header', 'id'].map((what) => `seldon.io/ambassador-${what}`),
];

/** Maximum number of letters in which a misspelled name differs from the intended one. */
const MAX_SLIPS = 2;

/** A problem of an annotation. @internal */
export interface AnnotationProblem {
  /** Name of the annotation. */
  readonly name: string;
  /** Its value. */
  readonly value: string;
  /** The remedy. */
  readonly remedy: string;
  /** Whether it is a name of an older release, which has no effect today. */
  readonly obsolete: boolean;
}

/**
 * Finds annotations that Seldon's operator or orchestrator misreads or does not read: wrong values, names of older releases, and misspelled
 * names.
 *
 * @internal
 */
export function findAnnotationProblems(annotations: { readonly [name: string]: string }): AnnotationProblem[] {
  return Object.entries(annotations).filter(([name]) => name.startsWith(PREFIX)).flatMap(([name, value]): AnnotationProblem[] => {
    if (Object.hasOwn(OBSOLETE, name)) return [{ name, value, remedy: `no release since 1.17 reads it. ${OBSOLETE[name]}`, obsolete: true }];
    if (Object.hasOwn(VALUES, name)) {
      const [form, remedy] = VALUES[name];
      return form.test(value) ? [] : [{ name, value, remedy, obsolete: false }];
    }
    if (KNOWN.includes(name)) return [];
    const intended = KNOWN.find((known) => distance(name, known) <= MAX_SLIPS);
    return intended === undefined ? [] : [{ name, value, remedy: `Seldon does not read it. Did you mean ${intended}?`, obsolete: false }];
  });
}
