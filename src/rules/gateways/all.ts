import { certificateInWrongNamespace } from './certificate-in-wrong-namespace';
import { clientCertificateBypass } from './client-certificate-bypass';
import { conflictingGatewayProtocols } from './conflicting-gateway-protocols';
import { crashingGatewayHosts } from './crashing-gateway-hosts';
import { duplicateTlsHost } from './duplicate-tls-host';
import { invalidGatewayHost } from './invalid-gateway-host';
import { invalidGatewayPort } from './invalid-gateway-port';
import { invalidGatewayTls } from './invalid-gateway-tls';
import { maskedTlsHost } from './masked-tls-host';
import { redirectedGatewayHost } from './redirected-gateway-host';
import { redirectedRoute } from './redirected-route';
import { sharedCertificate } from './shared-certificate';
import { sharedGatewayHost } from './shared-gateway-host';
import { unknownGateway } from './unknown-gateway';
import { unservedHost } from './unserved-host';
import { Rule } from '../rule';

/**
 * The rules about Gateways, ordered by name.
 *
 * @internal
 */
export const GATEWAY_RULES: readonly Rule[] = [
  certificateInWrongNamespace,
  clientCertificateBypass,
  conflictingGatewayProtocols,
  crashingGatewayHosts,
  duplicateTlsHost,
  invalidGatewayHost,
  invalidGatewayPort,
  invalidGatewayTls,
  maskedTlsHost,
  redirectedGatewayHost,
  redirectedRoute,
  sharedCertificate,
  sharedGatewayHost,
  unknownGateway,
  unservedHost,
];
