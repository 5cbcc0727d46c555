import { Construct } from 'constructs';
import { EndpointBinder, targetsOf } from './bound-backends';
import { endpointOf, planRollout } from './endpoint-plan';
import { EndpointProps } from './endpoint-props';
import { scopeFor } from './route-ids';
import { IBackend } from '../plan/backend';
import { invalid } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';
import { targetOf } from '../plan/part-checks';
import { IRollout, Mirror, Plan } from '../plan/plan';
import { ExperimentRouter } from '../routers/experiment-router';
import { IstioRouter } from '../routers/istio-router';

/** Properties for `ShadowDeployment`. */
export interface ShadowDeploymentProps extends EndpointProps {
  /** The backend that answers. */
  readonly primary: IBackend;

  /** Backends that get mirrored requests, and the percentage; their responses are discarded. */
  readonly shadows: Mirror[];
}

/**
 * Mirrors the requests of a model to others, to test them with real traffic.
 *
 * With a primary of Seldon Core 2 it is programmed by an `ExperimentRouter`: all models share one Service, and Istio cannot set the
 * header that selects the model of a mirrored request. With any other primary it is programmed by an `IstioRouter`.
 */
export class ShadowDeployment extends Construct implements IRollout {
  /** The plan that was passed to the router. */
  public readonly plan: Plan;

  /**
   * Mirrors requests of a primary to shadows.
   *
   * @param scope Construct that the shadow deployment belongs to.
   * @param id Name of its objects and, unless `endpoint` is set, of the endpoint.
   * @param props Primary, shadows and endpoint.
   * @throws an error if there is no shadow, a model would shadow itself, a percentage is outside 0 to 100, or the router cannot mirror
   * requests between these backends.
   */
  public constructor(scope: Construct, id: string, props: ShadowDeploymentProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'ShadowDeploymentProps', props, ShadowDeployment);
    const { primary, shadows, router } = props;
    checkList(this, 'shadows', shadows, 'backends with a percent');
    if (shadows.length === 0) {
      throw invalid(this, 'a shadow deployment without shadows', 'name at least one backend that gets mirrored requests, or use a ModelRoute');
    }
    const by = router ?? (targetOf(this, 'primary', primary).seldon?.core2 === undefined ? new IstioRouter() : new ExperimentRouter());
    const binder = new EndpointBinder(this, by, props.policy, 1);
    const bound = binder.arm('primary', primary);
    const mirrors = binder.mirrors(shadows, 'shadows');
    this.plan = planRollout(this, props, endpointOf(this, props, targetsOf([bound])), [bound], mirrors);
    by.route(this, this.plan);
  }
}
