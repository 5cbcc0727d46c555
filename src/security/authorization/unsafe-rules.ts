import { IConstruct } from 'constructs';
import { AuthorizationRule } from './authorization-rule';
import { checkHosts } from './host-checks';
import { invalid } from '../../plan/checks/errors';
import { MODEL_HEADER } from '../../plan/core2-service';

/** Fields of a source that are not available with CUSTOM. */
const NOT_WITH_CUSTOM = [
  'namespaces', 'notNamespaces', 'serviceAccounts', 'notServiceAccounts', 'principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals',
];
const KEYS_NOT_WITH_CUSTOM = /^(source\.(namespace|principal|serviceAccount)|request\.auth\.)/;

const MODEL_KEY = `request.headers[${MODEL_HEADER}]`;

/**
 * Rejects conditions on attributes that are not available before the external authorizer is called.
 *
 * @internal
 */
export function checkCustom(at: IConstruct, rules: readonly AuthorizationRule[]): void {
  rules.forEach(({ from = [], when = [] }, i) => {
    const fields = from.flatMap((source) => Object.entries(source)).filter(([, value]) => value !== undefined).map(([name]) => name);
    const field = fields.find((name) => NOT_WITH_CUSTOM.includes(name));
    const key = field ?? when.find((condition) => KEYS_NOT_WITH_CUSTOM.test(condition.key))?.key;
    if (key !== undefined) throw invalid(at, `${key} in rules[${i}] with action CUSTOM`, 'Istio calls the provider before it authenticates the caller. Leave this check to the provider');
  });
}

/**
 * Rejects rules that look right but allow the wrong requests.
 *
 * @internal
 */
export function checkUnsafeRules(at: IConstruct, action: string, rules: readonly AuthorizationRule[]): void {
  rules.forEach(({ when = [] }, i) => {
    const named = when.find(({ key, values }) => action === 'ALLOW' && isModelHeader(key) && values !== undefined);
    if (named !== undefined) {
      throw invalid(at, `rules[${i}] allows requests by the header seldon-model`,
        'callers can send it twice, and one allowed value is enough to use the other. Deny by path and header at the gateway instead, as GatewayAccessPolicy does');
    }
  });
  checkHosts(at, action, rules);
}

/** Envoy converts header names to lower case. */
function isModelHeader(key: string): boolean {
  return key.toLowerCase() === MODEL_KEY;
}
