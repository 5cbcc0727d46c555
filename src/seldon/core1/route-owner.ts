import { IConstruct } from 'constructs';
import { istioAnnotationsIn } from './operator-endpoints';
import { PredictorTraffic, spreadTraffic } from './predictor-traffic';
import { SeldonDeploymentProps } from './seldon-deployment-props';

/** The owner of the routes of a SeldonDeployment. @internal */
export enum Owner {
  /** The app does not specify it. */
  UNKNOWN,
  /** No owner: the operator's routes are disabled, and no route of this app leads to the deployment. */
  DISABLED,
  /** Seldon's operator. */
  OPERATOR,
  /** Routers of this app. */
  LIBRARY,
}

/** The traffic of predictors, by name. @internal */
export type Shares = ReadonlyMap<string, PredictorTraffic>;

type Settings = Pick<SeldonDeploymentProps, 'disableOperatorRoutes' | 'istio' | 'metadata'>;

/**
 * The owner of the routes of a SeldonDeployment. Immutable: each change returns a new value.
 *
 * @internal
 */
export class RouteOwner {
  /** The owner by a deployment's own props. */
  public static of({ disableOperatorRoutes, istio, metadata }: Settings): RouteOwner {
    if (disableOperatorRoutes) return new RouteOwner(Owner.DISABLED, true);
    const configured = istio !== undefined || istioAnnotationsIn(metadata?.annotations).length > 0;
    return configured ? new RouteOwner(Owner.OPERATOR, true) : new RouteOwner(Owner.UNKNOWN, false);
  }

  private constructor(
    public readonly owner: Owner,
    /** Whether the app specifies that the operator writes Istio objects for the deployment, disabled routes included. */
    public readonly operatorWrites: boolean,
    /** The construct that first routed to the deployment; undefined if the deployment's props decide. */
    public readonly by?: IConstruct,
    private readonly answering: readonly string[] = [],
    private readonly shares?: Shares,
  ) {}

  /** Returns the owner after a router of this app adds a route to a predictor. */
  public withRoute(by: IConstruct, predictor: string, answers: boolean): RouteOwner {
    const first = this.owner === Owner.LIBRARY ? this.by : by;
    const answering = answers && !this.answering.includes(predictor) ? [...this.answering, predictor] : this.answering;
    return new RouteOwner(Owner.LIBRARY, this.operatorWrites, first, answering);
  }

  /** Returns the owner after a router of this app leaves the routes to the operator. */
  public asOperator(by: IConstruct, shares?: Shares): RouteOwner {
    return new RouteOwner(Owner.OPERATOR, true, by, [], shares);
  }

  /** Whether the router has set the shares. */
  public get isShared(): boolean {
    return this.shares !== undefined;
  }

  /** The traffic to write for each predictor. */
  public trafficOf(predictors: readonly (PredictorTraffic & { readonly name: string })[]): PredictorTraffic[] {
    if (this.shares !== undefined) return predictors.map(({ name }) => this.shares!.get(name) ?? { traffic: 0 });
    // In the order of the deployment, so that a promotion, which changes weights alone, moves nothing here.
    const answering = predictors.findIndex(({ name }) => this.answering.includes(name));
    return spreadTraffic(predictors.map(({ traffic, shadow }) => ({ traffic, shadow })), answering);
  }
}
