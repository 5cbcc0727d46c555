import { IConstruct } from 'constructs';
import { BackendBinding, BackendUse, IBackend } from './backend';
import { invalid, show } from './checks/errors';

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
    throw invalid(by, `${what} has no method bind`, 'a backend has the methods target(scope) and bind(scope, use): bind may return this.target(scope)');
  }
  const { binding } = arm!;
  return binding?._isFor(by, arm!.backend, use) ? binding : BackendBinding._of(by, arm!.backend, use);
}
