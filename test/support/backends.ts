import { IConstruct } from 'constructs';
import { BackendTarget, BackendUse, IBackend } from '../../src/plan/backend';

/** A backend that someone else wrote: it remembers who bound it, and how. */
export class ForeignBackend implements IBackend {
  public readonly bound: { readonly by: IConstruct; readonly use: BackendUse }[] = [];

  constructor(private readonly reach: BackendTarget | ((scope: IConstruct) => BackendTarget)) {}

  public target(scope: IConstruct): BackendTarget {
    return typeof this.reach === 'function' ? this.reach(scope) : this.reach;
  }

  public bind(by: IConstruct, use: BackendUse): BackendTarget {
    this.bound.push({ by, use });
    return this.target(by);
  }
}

/** A backend with other properties of its target. */
export function backendWith(backend: IBackend, change: Partial<BackendTarget>): IBackend {
  return {
    target: (scope) => ({ ...backend.target(scope), ...change }),
    bind: (scope, use) => ({ ...backend.bind(scope, use), ...change }),
  };
}
