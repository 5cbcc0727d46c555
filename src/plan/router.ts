import { Construct } from 'constructs';
import { Plan } from './plan';

/**
 * Turns a plan into objects of one engine, or refuses with a reason.
 */
export interface IRouter {
  /**
   * Writes the objects of a plan below a construct.
   *
   * @param scope The construct that the objects belong to.
   * @param plan What is to be done with requests.
   */
  route(scope: Construct, plan: Plan): void;
}
