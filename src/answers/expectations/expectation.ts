/**
 * What a test expects of the answer to a request. All of it must be true, in each case of the answer.
 *
 * @internal
 */
export interface Expectation {
  /** Who answers all requests. */
  readonly servedBy?: string;
  /** Who answers which share, in percent. There are no others. */
  readonly split?: { readonly [name: string]: number };
  /** Who receives which share of the requests as mirrored ones, in percent; any share above zero if undefined. */
  readonly mirrorTo?: { readonly [name: string]: number | undefined };
  /** Whether no request is mirrored. */
  readonly noMirrors?: boolean;
  /** Whether a policy rejects all requests, with 403 or, for a token that is not valid, 401. */
  readonly denied?: boolean;
  /** The policy that denies them. */
  readonly deniedBy?: string;
  /** The address to which all requests are redirected. */
  readonly redirectTo?: string;
  /** Whether there is no one who could answer: 404, 503, or a closed connection. */
  readonly unanswered?: boolean;
  /** The status of all answers of a proxy. Those to gRPC calls have 200. */
  readonly status?: number;
  /** The gRPC status of all answers of a proxy, by name. */
  readonly grpcStatus?: string;
  /** What all backends receive. */
  readonly path?: string;
  /** The `Host` header that all backends receive. */
  readonly host?: string;
  /** Headers that all backends receive, with these values only. */
  readonly headers?: { readonly [name: string]: string };
  /** Headers that no backend receives. */
  readonly withoutHeaders?: readonly string[];
  /** The time limit, as written. */
  readonly timeout?: string;
  /** The delay by a fault. */
  readonly delay?: ExpectedDelay;
}

/**
 * A delay that a test expects.
 *
 * @internal
 */
export interface ExpectedDelay {
  /** How long, as written. */
  readonly duration: string;
  /** The share of the requests, in percent; any share above zero if undefined. */
  readonly percentage?: number;
}

/**
 * An expectation that an answer does not satisfy.
 *
 * @internal
 */
export interface Mismatch {
  /** What was expected. */
  readonly expected: string;
  /** What the answer is. */
  readonly actual: string;
  /** What to expect instead, as a sentence, if something else was probably intended. */
  readonly remedy?: string;
  /** The condition of the case, if the answer has several. */
  readonly condition?: string;
}
