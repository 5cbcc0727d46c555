/** Something that istioctl reports and that is right all the same. */
export interface Allowance {
  /** Such as `IST0101`. */
  readonly code: string;
  /** Which object it is about, and in which example. */
  readonly origin: RegExp;
  /** Why it is no fault. */
  readonly reason: string;
}

/** Everything that istioctl may report about the examples. */
export const ALLOWANCES: readonly Allowance[] = [
  { code: 'IST0118', origin: /^Service [^/]+\/seldon-mesh$/, reason: 'Seldon itself names the port of its statistics `stats`' },
];
