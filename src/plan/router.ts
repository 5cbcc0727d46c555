import { Construct } from 'constructs';
import { RouteEngine } from './backend-use';
import { Plan } from './plan';

/**
 * Turns a plan into objects of one engine, or rejects it with a reason, such as a backend that the engine cannot reach.
 *
 * A rollout binds its backends before it calls the router: `arm.binding.target` is how to reach each of them.
 *
 * A router of your own with engine `OPERATOR` has to call `OperatorRouter`, which sets the traffic of the predictors. Routes that a
 * router writes without `IstioRouter` are not compared with those of other endpoints, and access policies do not know them.
 */
export interface IRouter {
  /** What decides about each request once the objects are applied. Backends are bound to it. */
  readonly engine: RouteEngine;

  /**
   * Creates the objects of a plan.
   *
   * @param scope The construct that the objects belong to.
   * @param plan The plan of a rollout. Arms and mirrors of a plan that no rollout built have no binding; a router may bind them itself.
   */
  route(scope: Construct, plan: Plan): void;
}
