/** A share of the requests, and who receives it. */
export interface TrafficShare {
  /**
   * Who receives it: `Model models/iris`, `Pipeline models/iris`, `Predictor models/iris/main` for a predictor of SeldonDeployment `iris`, the
   * host and the port of a Service, followed by `subset v1` if there is one, or what a proxy answers, such as `403 denied`.
   */
  readonly name: string;

  /** The share in percent, from 0 to 100. */
  readonly percentage: number;

  /**
   * When it is so.
   *
   * @default - always
   */
  readonly condition?: string;
}
