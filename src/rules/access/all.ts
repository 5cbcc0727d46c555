import { allowedHostWithAnyPort } from './allowed-host-with-any-port';
import { bypassedByJoinedHeader } from './bypassed-by-joined-header';
import { bypassedByRepeatedHeader } from './bypassed-by-repeated-header';
import { claimsWithoutAuthentication } from './claims-without-authentication';
import { closedHosts } from './closed-hosts';
import { contradictoryPolicy } from './contradictory-policy';
import { crashingPathTemplate } from './crashing-path-template';
import { denyClosesTcp } from './deny-closes-tcp';
import { fixedTrustDomain } from './fixed-trust-domain';
import { gatewayWithoutCertificates } from './gateway-without-certificates';
import { hostBypassedByPort } from './host-bypassed-by-port';
import { impossiblePolicyHost } from './impossible-policy-host';
import { impossiblePolicyPath } from './impossible-policy-path';
import { literalWildcard } from './literal-wildcard';
import { missingPolicyTarget } from './missing-policy-target';
import { optionalToken } from './optional-token';
import { pathOnlyDeny } from './path-only-deny';
import { policyForAllRequests } from './policy-for-all-requests';
import { principalsWithoutMtls } from './principals-without-mtls';
import { rejectedAuthorizationPolicy } from './rejected-authorization-policy';
import { rejectedPeerAuthentication } from './rejected-peer-authentication';
import { rejectedRequestAuthentication } from './rejected-request-authentication';
import { restOnlyDeny } from './rest-only-deny';
import { spiffePrincipal } from './spiffe-principal';
import { tokenNotForwarded } from './token-not-forwarded';
import { unenforcedPolicy } from './unenforced-policy';
import { unknownMethod } from './unknown-method';
import { unknownSourceNamespace } from './unknown-source-namespace';
import { unprotectedRoute } from './unprotected-route';
import { unselectedWorkload } from './unselected-workload';
import { Rule } from '../rule';

/**
 * The rules about access, ordered by name.
 *
 * @internal
 */
export const ACCESS_RULES: readonly Rule[] = [
  allowedHostWithAnyPort,
  bypassedByJoinedHeader,
  bypassedByRepeatedHeader,
  claimsWithoutAuthentication,
  closedHosts,
  contradictoryPolicy,
  crashingPathTemplate,
  denyClosesTcp,
  fixedTrustDomain,
  gatewayWithoutCertificates,
  hostBypassedByPort,
  impossiblePolicyHost,
  impossiblePolicyPath,
  literalWildcard,
  missingPolicyTarget,
  optionalToken,
  pathOnlyDeny,
  policyForAllRequests,
  principalsWithoutMtls,
  rejectedAuthorizationPolicy,
  rejectedPeerAuthentication,
  rejectedRequestAuthentication,
  restOnlyDeny,
  spiffePrincipal,
  tokenNotForwarded,
  unenforcedPolicy,
  unknownMethod,
  unknownSourceNamespace,
  unprotectedRoute,
  unselectedWorkload,
];
