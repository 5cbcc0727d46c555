import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { namespaceOf } from '../../mesh/manifest';
import { invalid } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { ServerRegistry } from '../core2/server-registry';

/** Selects Servers. */
export interface ServerInventoryOptions {
  /**
   * Namespace of the Servers.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/**
 * The Servers of Seldon Core 2 that an app knows: those that it defines, and those that it refers to by `Server.fromServerName`.
 *
 * Many Servers are installed by Seldon's chart and not known to any app. So a Model that none of the known Servers of its namespace
 * can load is an error only if the app declares that it knows all of them. Otherwise it is a warning if some Servers are known, and
 * not reported if none is. `ServerInventory.unresolvedModels` lists all such Models.
 *
 * A Server can load a Model if it has all capabilities that the Model requires, including its `modelType` and, for an explainer,
 * `alibi-explain`; if the Model does not name another Server; and if it may have as many replicas as the Model or the Model's
 * InferenceAutoscaler.
 */
export class ServerInventory {
  /**
   * Declares that the app knows all Servers of a namespace. Then synthesis fails if none of them can load a Model, or if a
   * Model names a Server that is not among them.
   *
   * @param scope The chart, or any construct in it.
   * @param options The namespace of the Servers.
   * @throws an error if the scope is not in a chart and the namespace is not set.
   */
  public static declareComplete(scope: Construct, options: ServerInventoryOptions = {}): void {
    checkProps(scope, 'ServerInventoryOptions', options);
    if (options.namespace === undefined && !scope.node.scopes.some((each) => Chart.isChart(each))) {
      throw invalid(scope, 'ServerInventory.declareComplete outside a chart without a namespace', 'set the namespace');
    }
    ServerRegistry.of(scope).declareComplete(scope, namespaceOf(scope, options));
  }

  /**
   * Returns a sentence for each Model that is not known to fit on a Server, with the reason.
   *
   * @param scope An App, a Chart or any other construct. Only Models below it are listed.
   */
  public static unresolvedModels(scope: IConstruct): string[] {
    return ServerRegistry.of(scope).unresolvedModels(scope);
  }

  private constructor() {}
}
