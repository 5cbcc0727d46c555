import { IConstruct } from 'constructs';
import { BackendTarget, BackendUse, IBackend } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';

/** A predictor of a SeldonDeployment, as a backend. */
export interface IPredictor extends IBackend {
  /** Name of the predictor. */
  readonly predictorName: string;

  /** Name of its Service. */
  readonly serviceName: string;
}

/** A SeldonDeployment of this app, or an existing one. */
export interface ISeldonDeployment extends IConstruct {
  /** The SeldonDeployment's `metadata.name`. */
  readonly deploymentName: string;

  /** The namespace of the SeldonDeployment; undefined when it is not specified. */
  readonly deploymentNamespace?: string;

  /**
   * Returns one of its predictors, as a backend.
   *
   * @param name Name of the predictor.
   * @throws an error when there is none of that name.
   */
  predictor(name: string): IPredictor;

  /**
   * Returns the explainer of one of its predictors, as a backend for a route of this library.
   *
   * @param predictor Name of the predictor.
   * @throws an error when there is no predictor of that name, or it has no explainer.
   */
  explainer(predictor: string): IBackend;
}

/**
 * A predictor as a backend, which its deployment describes and binds.
 *
 * @internal
 */
export class Predictor implements IPredictor {
  constructor(
    public readonly predictorName: string,
    public readonly serviceName: string,
    private readonly reach: IBackend,
  ) {}

  /** Describes how to reach it. */
  public target(scope: IConstruct): BackendTarget {
    return this.reach.target(scope);
  }

  /** Binds it to a route. */
  public bind(scope: IConstruct, use: BackendUse): BackendTarget {
    return this.reach.bind(scope, use);
  }
}

/**
 * Finds a predictor by its name.
 *
 * @internal
 */
export function findPredictor(at: IConstruct, predictors: ReadonlyMap<string, IPredictor>, name: string): IPredictor {
  const found = predictors.get(name);
  if (found === undefined) {
    throw invalid(at, `no predictor ${show(name)}`, `expected one of ${[...predictors.keys()].map(show).join(', ')}`);
  }
  return found;
}
