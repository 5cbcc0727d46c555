import { Construct } from 'constructs';
import { namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { BackendTarget, EndpointDefaults } from '../plan/backend';
import { invalid } from '../plan/checks/errors';
import { GrpcCalls } from '../plan/endpoint';
import { inferenceCalls, inferencePaths, ownCalls, ownPaths } from '../plan/endpoint-defaults';
import { InferenceProtocol } from '../plan/inference-protocol';
import { StringMatch } from '../plan/string-match';
import { core1Endpoint } from '../seldon/core1/default-endpoint';

/**
 * Default paths and calls of an endpoint. They never come from one of several backends, so that callers need not change when the
 * backends do.
 *
 * @internal
 */
export class InferredDefaults {
  /**
   * Prepares the defaults.
   *
   * @param scope The rollout, which messages refer to.
   * @param props Its props, which may set the namespace.
   * @param name Name of the endpoint.
   * @param backends The backends that answer.
   * @param renamed Whether the endpoint's name identifies it in any case, since the backends' own paths are in use.
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
      throw invalid(this.scope, `backends with different paths (${own.map((paths) => paths.join(', ')).join('; ')})`,
        'specify paths of the endpoint that each of them serves; InferenceServices serve the same ones if they have the same modelName');
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
      throw invalid(this.scope, `backends with different gRPC calls (${own.map((calls) => JSON.stringify(calls.headerSets)).join('; ')})`,
        'set the gRPC calls of the endpoint, so that they do not depend on the backend that answers');
    }
    return own[0];
  }

  private usualPaths(): StringMatch[] {
    const plain = this.backends.find(({ inferenceProtocol }) => inferenceProtocol === InferenceProtocol.HTTP);
    if (plain === undefined) return inferencePaths(this.name);
    throw invalid(this.scope, `${plain.description} is a plain HTTP server, and endpoint "${this.name}" has no paths`,
      `specify them, such as paths: [StringMatch.prefix("/${this.name}/")], or prefix "/" on a separate host`);
  }

  /** A path of Seldon Core 1 disappears with the last predictor, so callers would have to change during a migration. */
  private checkMixture(what: string, remedy: string): void {
    if (this.isCore1 || this.backends.every(({ seldon }) => seldon?.core1 === undefined)) return;
    throw invalid(this.scope, `predictors of Seldon Core 1 together with other backends, and no ${what}`,
      `set those of the endpoint, so that they do not depend on the backend that answers, with ${remedy}`);
  }

  private get isCore1(): boolean {
    return this.backends.every(({ seldon }) => seldon?.core1 !== undefined);
  }

  private core1(): EndpointDefaults {
    const namespace = namespaceOf(this.scope, this.props);
    if (namespace === undefined) {
      throw invalid(this.scope, `endpoint "${this.name}" for SeldonDeployments with different paths, and no namespace`,
        'set the namespace of the chart or of the rollout, which is part of the path, or the paths and gRPC calls of the endpoint');
    }
    return core1Endpoint(this.name, namespace);
  }
}
