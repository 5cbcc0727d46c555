import { IConstruct } from 'constructs';
import { BackendBinding, BackendTarget, BackendUse, IBackend } from './backend';
import { RouteEngine } from './backend-use';
import { checkPort } from './checks/checks';
import { invalid, show } from './checks/errors';
import { checkPart } from './checks/props';
import { checkMember } from './checks/type-checks';

/** The last target whose fields are known to be valid. A backend is bound as soon as its target is made, so one is enough. */
let lastChecked: BackendTarget | undefined;

/**
 * Declares that the fields of a target are valid, since the library has just made it of values that it has checked, and returns it.
 *
 * @internal
 */
export function asChecked(target: BackendTarget): BackendTarget {
  lastChecked = target;
  return target;
}

/** A backend, and its binding if it has one. @internal */
export interface Bindable {
  /** Who answers. */
  readonly backend: IBackend;
  /** Its binding. */
  readonly binding?: BackendBinding;
}

/**
 * Binds the backend of an arm or a mirror, unless it is bound to that use already.
 *
 * @param by The construct that routes.
 * @param what How messages refer to the backend: `arms[0].backend`.
 * @param arm The arm or mirror.
 * @param use How it is used.
 * @internal
 */
export function bindBackend(by: IConstruct, what: string, arm: Bindable | undefined, use: BackendUse): BackendBinding {
  const backend: Partial<IBackend> | null | undefined = arm?.backend;
  if (typeof backend?.target !== 'function') {
    throw invalid(by, `${what} ${show(backend)}`, 'expected a backend, such as a Model or ServiceBackend.of(…)');
  }
  if (typeof backend.bind !== 'function') {
    throw invalid(by, `${what} has no method bind`, 'A backend has the methods target(scope) and bind(scope, use). In the simplest case bind returns this.target(scope)');
  }
  checkMember(by, 'engine of the router', use.engine, RouteEngine);
  const { binding } = arm!;
  if (binding instanceof BackendBinding && binding._isFor(by, arm!.backend, use)) return binding;
  const bound = BackendBinding._of(by, arm!.backend, use);
  if (bound.target !== lastChecked) checkTarget(by, `target of ${what}`, bound.target);
  return bound;
}

/**
 * How the route of an arm or a mirror reaches its backend. A backend may be reached in another way once it is bound.
 *
 * @internal
 */
export function reachedTarget(at: IConstruct, { backend, binding }: Bindable): BackendTarget {
  return binding?.target ?? backend.target(at);
}

function checkTarget(by: IConstruct, what: string, target: BackendTarget): void {
  checkPart(by, what, 'BackendTarget', target);
  checkPort(by, `port of ${what}`, target.port);
  if (target.grpc !== undefined) checkPort(by, `port of grpc of ${what}`, target.grpc.port);
}
