import { IConstruct } from 'constructs';
import { AuthorizationRule, readsTokens } from './authorization-rule';
import { checkHosts } from './host-checks';
import { invalid, show } from '../../plan/checks/errors';
import { MODEL_HEADER } from '../../plan/core2-service';

/** Fields of a source that are not available with CUSTOM. */
const NOT_WITH_CUSTOM = [
  'namespaces', 'notNamespaces', 'serviceAccounts', 'notServiceAccounts', 'principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals',
];
const KEYS_NOT_WITH_CUSTOM = /^(source\.(namespace|principal|serviceAccount)$|request\.auth\.)/;

const GRPC_CALL = '/inference.GRPCInferenceService/ModelInfer';
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
export function checkUnsafeRules(at: IConstruct, action: string, rules: readonly AuthorizationRule[], restOnly: boolean): void {
  rules.forEach(({ when = [] }, i) => {
    const named = when.find(({ key, values }) => action === 'ALLOW' && isModelHeader(key) && values !== undefined);
    if (named !== undefined) {
      throw invalid(at, `rules[${i}] allows requests by the header seldon-model`,
        'callers can send it twice, and one allowed value is enough to use the other. Deny by path and header at the gateway instead, as GatewayAccessPolicy does');
    }
  });
  checkHosts(at, action, rules);
  if (restOnly || action !== 'DENY') return;
  const aboutCallers = rules.filter(isAboutCallers);
  const first = aboutCallers.find(({ to }) => to?.some(isRestOfModels));
  if (first !== undefined && !aboutCallers.some(matchesGrpcCalls)) {
    throw invalid(at, `a policy that denies ${first.to!.flatMap(({ paths = [] }) => paths).map(show).join(', ')} and no gRPC call`,
      'the path of a gRPC inference call does not contain the model, so it is not denied. Deny it by its path or by the header seldon-model too, or set restOnly');
  }
}

/** Envoy converts header names to lower case. */
function isModelHeader(key: string): boolean {
  return key.toLowerCase() === MODEL_KEY;
}

function isAboutCallers(rule: AuthorizationRule): boolean {
  return (rule.from?.length ?? 0) > 0 || readsTokens(rule);
}

function isRestOfModels({ paths }: { readonly paths?: string[] }): boolean {
  return paths?.some((path) => /^\/v2(\/|\*|$)/.test(path)) ?? false;
}

/** Whether a rule matches a gRPC inference call: by its path, by a header, or as any request. */
function matchesGrpcCalls({ to, when = [] }: AuthorizationRule): boolean {
  return to === undefined || to.some(({ paths }) => (paths === undefined ? true : paths.some((path) => matchesGrpcCall(path))))
    || when.some(({ key, values }) => isModelHeader(key) && values !== undefined && to === undefined);
}

function matchesGrpcCall(path: string): boolean {
  if (path.includes('{')) return true;
  if (path === '*') return true;
  if (path.endsWith('*')) return GRPC_CALL.startsWith(path.slice(0, -1)) || path.startsWith('/inference.GRPCInferenceService/');
  return path.startsWith('*') ? GRPC_CALL.endsWith(path.slice(1)) : path.startsWith('/inference.GRPCInferenceService/');
}
