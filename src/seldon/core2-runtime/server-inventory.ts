import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { namespaceOf } from '../../mesh/manifest';
import { invalid } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { ServerRegistry } from '../core2/server-registry';

/** Which Servers are meant. */
export interface ServerInventoryOptions {
  /**
   * Their namespace.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/**
 * The Servers of Seldon Core 2 that an app knows: those that it makes, and those that it names by `Server.fromServerName`.
 *
 * Many Servers come from Seldon's chart, where no app sees them. So a Model that none of the known Servers of its namespace can
 * load is an error only where the app says that it knows them all. Elsewhere it is a warning when it knows some of them, and
 * nothing is said when it knows none; `ServerInventory.unresolvedModels` tells it all.
 *
 * A Server can load a Model when it can do all that the Model requires, its `modelType` and, for an explainer, `alibi-explain`
 * included; when the Model names no other one; and when it may have as many replicas as the Model, or as its InferenceAutoscaler
 * may give it.
 */
export class ServerInventory {
  /**
   * Says that the app knows all Servers of a namespace. Synthesis fails then when none of them can load a Model, and when a
   * Model is for a Server that is not among them.
   *
   * @param scope The chart, or any construct in it.
   * @param options Their namespace.
   * @throws an error when the scope is in no chart and nobody says the namespace.
   */
  public static declareComplete(scope: Construct, options: ServerInventoryOptions = {}): void {
    checkProps(scope, 'ServerInventoryOptions', options);
    if (options.namespace === undefined && !scope.node.scopes.some((each) => Chart.isChart(each))) {
      throw invalid(scope, 'ServerInventory.declareComplete outside a chart without a namespace', 'say the namespace that is meant');
    }
    ServerRegistry.of(scope).declareComplete(scope, namespaceOf(scope, options));
  }

  /**
   * For each Model of which the app does not know whether a Server can load it: a sentence that says why.
   *
   * @param scope An App, a Chart or any other construct; Models of its mesh below it are looked at.
   */
  public static unresolvedModels(scope: IConstruct): string[] {
    return ServerRegistry.of(scope).unresolvedModels(scope);
  }

  private constructor() {}
}
