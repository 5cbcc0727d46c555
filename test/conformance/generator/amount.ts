/** How much is generated, and how long that may take. */
export interface Amount {
  /** Seeds of the apps. */
  readonly seeds: readonly number[];
  /** Apps made of each seed. */
  readonly appsOfSeed: number;
  /** Requests sent to each app. */
  readonly requestsOfApp: number;
  /** How long one test may take. */
  readonly timeoutMs: number;
  /** Whether all of it are the defaults, and not some apps that a user chose. */
  readonly isWhole: boolean;
}

const SAMPLE = { seeds: [1, 2], appsOfSeed: 520, requestsOfApp: 20, timeoutMs: 600_000 };
const DEEP = { seeds: [1, 2, 3, 4, 5, 6, 7, 8], appsOfSeed: 1_000, requestsOfApp: 60, timeoutMs: 4 * 3_600_000 };

/** Requests to one app that is looked at again. */
const REQUESTS_OF_ONE = 200;

/** The amount that the variables of the environment ask for: a sample, or with CONFORMANCE_DEEP all. */
export function amountOf(environment: NodeJS.ProcessEnv): Amount {
  const { CONFORMANCE_DEEP, CONFORMANCE_SEED, CONFORMANCE_APPS, CONFORMANCE_REQUESTS, CONFORMANCE_PATH } = environment;
  const usual = CONFORMANCE_DEEP === 'true' ? DEEP : SAMPLE;
  return {
    ...usual,
    seeds: CONFORMANCE_SEED?.split(',').map(Number) ?? usual.seeds,
    appsOfSeed: Number(CONFORMANCE_APPS ?? usual.appsOfSeed),
    requestsOfApp: Number(CONFORMANCE_REQUESTS ?? (CONFORMANCE_PATH === undefined ? usual.requestsOfApp : REQUESTS_OF_ONE)),
    isWhole: [CONFORMANCE_SEED, CONFORMANCE_APPS, CONFORMANCE_REQUESTS, CONFORMANCE_PATH].every((given) => given === undefined),
  };
}
