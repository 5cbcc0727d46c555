import { Construct } from 'constructs';
import { RouteEngine } from './backend-use';
import { Plan } from './plan';

/**
 * Turns a plan into objects of one engine, or refuses it with a reason.
 *
 * A rollout binds its backends before it calls the router: `arm.binding.target` is how to reach each of them.
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
