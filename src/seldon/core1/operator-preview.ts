import { IConstruct } from 'constructs';
import { OperatorEnvironment, OperatorTlsMode } from '../../cluster/core1-operator/environment';
import { SeldonDeploymentManifest } from '../../cluster/core1-operator/manifest';
import { OperatorObjects } from '../../cluster/core1-operator/objects';
import { operatorObjects } from '../../cluster/core1-operator/operator-objects';
import { checkPort } from '../../plan/checks/checks';
import { invalid, pathOf } from '../../plan/checks/errors';
import { checkMember } from '../../plan/checks/type-checks';

/**
 * The objects that Seldon's operator creates for the SeldonDeployment of a construct.
 *
 * @param at The construct.
 * @param manifest Its manifest.
 * @param environment Settings of the operator.
 * @throws an error when a setting is wrong or the operator would fail.
 * @internal
 */
export function previewOperator(at: IConstruct, manifest: SeldonDeploymentManifest, environment: OperatorEnvironment): OperatorObjects {
  checkEnvironment(at, environment);
  return operatorObjects(manifest, environment, pathOf(at));
}

function checkEnvironment(at: IConstruct, { httpPort, grpcPort, tlsMode }: OperatorEnvironment): void {
  if (httpPort !== undefined) checkPort(at, 'httpPort of the operator', httpPort);
  if (grpcPort !== undefined) checkPort(at, 'grpcPort of the operator', grpcPort);
  if ((tlsMode as string | undefined) === 'STRICT') {
    throw invalid(at, 'tlsMode "STRICT" of the operator', 'Istio has no such mode for clients, so the operator turns TLS off. Use ISTIO_MUTUAL');
  }
  checkMember(at, 'tlsMode of the operator', tlsMode, OperatorTlsMode);
}
