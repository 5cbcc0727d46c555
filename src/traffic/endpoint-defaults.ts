import { Construct } from 'constructs';
import { namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { BackendTarget, EndpointDefaults } from '../plan/backend';
import { invalid } from '../plan/checks/errors';
import { GrpcCalls } from '../plan/endpoint';
import { inferenceCalls, inferencePaths, ownCalls, ownPaths } from '../plan/endpoint-defaults';
import { InferenceProtocol } from '../plan/inference-protocol';
import { StringMatch } from '../plan/string-match';
import { core1Endpoint } from '../seldon/core1/endpoint';

/**
 * What callers ask for where an endpoint does not say it. Never what one of several backends says: when they take turns,
 * callers would have to follow.
 *
 * @internal
 */
export class DefaultsFor {
  /**
   * Looks at an endpoint.
   *
   * @param scope Where messages point to.
   * @param props May say the namespace.
   * @param name Name of the endpoint.
   * @param backends Who answers.
   * @param renamed Whether callers ask by the endpoint's name in any case, since the backends' own paths are taken.
   */
  public constructor(
    private readonly scope: Construct, private readonly props: ManifestProps,
    private readonly name: string, private readonly backends: readonly BackendTarget[], private readonly renamed: boolean,
  ) {}

  /** REST paths. */
  public paths(): StringMatch[] {
    const own = ownPaths(this.backends, this.name);
    if (own.length === 0) return this.usualPaths();
    this.checkMixture('paths', 'paths: […], and policy: { rewrite: … } where a backend wants other ones');
    if (this.isCore1 && (own.length > 1 || this.renamed)) return this.core1().paths;
    if (own.length > 1) {
      throw invalid(this.scope, `backends with different paths of their own (${own.map((paths) => paths.join(', ')).join('; ')})`,
        'specify paths of the endpoint that each of them understands; InferenceServices understand the same ones when they have the same modelName');
    }
    return own[0];
  }

  /** gRPC calls. */
  public calls(): GrpcCalls {
    const own = ownCalls(this.backends);
    if (own.length === 0) return inferenceCalls(this.name);
    this.checkMixture('gRPC calls', 'grpc: GrpcCalls.byHeader(…)');
    if (this.isCore1 && (own.length > 1 || this.renamed)) return this.core1().grpc;
    if (own.length > 1) {
      throw invalid(this.scope, `backends with different gRPC calls of their own (${own.map((calls) => JSON.stringify(calls.headerSets)).join('; ')})`,
        'say the gRPC calls of the endpoint, so that callers keep them whichever backend answers');
    }
    return own[0];
  }

  private usualPaths(): StringMatch[] {
    const plain = this.backends.find(({ inferenceProtocol }) => inferenceProtocol === InferenceProtocol.HTTP);
    if (plain === undefined) return inferencePaths(this.name);
    throw invalid(this.scope, `${plain.description} is a plain HTTP server, and endpoint "${this.name}" has no paths`,
      `specify them, such as paths: [StringMatch.prefix("/${this.name}/")], or prefix "/" on a host of its own`);
  }

  /** A path of Seldon Core 1 is gone when the last predictor is: the callers of a migration would have to follow. */
  private checkMixture(what: string, remedy: string): void {
    if (this.isCore1 || this.backends.every(({ seldon }) => seldon?.core1 === undefined)) return;
    throw invalid(this.scope, `predictors of Seldon Core 1 beside other backends, and no ${what}`,
      `say those of the endpoint, so that callers keep them whichever backend answers: ${remedy}`);
  }

  private get isCore1(): boolean {
    return this.backends.every(({ seldon }) => seldon?.core1 !== undefined);
  }

  private core1(): EndpointDefaults {
    const namespace = namespaceOf(this.scope, this.props);
    if (namespace === undefined) {
      throw invalid(this.scope, `endpoint "${this.name}" before SeldonDeployments with different paths, and no namespace`,
        'say the namespace of the chart or of the rollout, which is part of its path, or the paths and gRPC calls of the endpoint');
    }
    return core1Endpoint(this.name, namespace);
  }
}
