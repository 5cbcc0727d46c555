/** A response as it came over the wire. */
export interface RawResponse {
  /** Undefined if the connection was closed without a response. */
  readonly status?: number;
  /** Lines in order, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Why there is no response. */
  readonly error?: string;
}

/** The values of a header of a response. */
export const valuesOf = ({ headers }: RawResponse, name: string): string[] => headers.filter(([each]) => each === name).map(([, value]) => value);
