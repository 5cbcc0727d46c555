import { IConstruct } from 'constructs';
import { BackendBinding, BackendTarget, BackendUse, IBackend } from '../plan/backend';
import { bindBackend } from '../plan/bind';
import { Arm, Mirror } from '../plan/plan';
import { RoutePolicy } from '../plan/policy';
import { IRouter } from '../plan/router';

/**
 * A backend that is bound to the router of a rollout.
 *
 * @internal
 */
export interface BoundBackend {
  /** The backend. */
  readonly backend: IBackend;
  /** Its binding. */
  readonly binding: BackendBinding;
}

/** An arm whose backend is bound. @internal */
export type BoundArm = Arm & BoundBackend;

/** A mirror whose backend is bound. @internal */
export type BoundMirror = Mirror & BoundBackend;

/**
 * Binds the backends of one endpoint to the router of its rollout, each of them once.
 *
 * @internal
 */
export class EndpointBinder {
  /**
   * Prepares the bindings.
   *
   * @param at The rollout.
   * @param router Its router.
   * @param policy Policy of the endpoint.
   * @param arms Number of backends that answer.
   */
  public constructor(
    private readonly at: IConstruct, private readonly router: IRouter,
    private readonly policy: RoutePolicy | undefined, private readonly arms: number,
  ) {}

  /** Binds a backend that answers. */
  public arm(what: string, backend: IBackend): BoundBackend {
    return this.bind(what, backend, false);
  }

  /** Binds the backends of mirrors. */
  public mirrors(mirrors: readonly Mirror[], what = 'mirrors'): BoundMirror[] {
    return mirrors.map((mirror, i) => ({ ...mirror, ...this.bind(`${what}[${i}].backend`, mirror?.backend, true) }));
  }

  private bind(what: string, backend: IBackend, mirror: boolean): BoundBackend {
    const use: BackendUse = { engine: this.router.engine, mirror, shared: this.arms > 1, timeout: this.policy?.timeout };
    return { backend, binding: bindBackend(this.at, what, { backend }, use) };
  }
}

/**
 * The targets of bound backends.
 *
 * @internal
 */
export function targetsOf(bound: readonly BoundBackend[]): BackendTarget[] {
  return bound.map(({ binding }) => binding.target);
}
