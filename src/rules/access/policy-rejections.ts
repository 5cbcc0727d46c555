import { conditionRejections } from './condition-rejections';
import { Rejection, rejectedTargets } from './rejected-targets';
import { accountRejections, addressRejections, portRejections } from './value-rejections';
import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { whyRejected } from '../../cluster/path-templates';
import { DRY_RUN } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';

const ACTIONS = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'];

const SOURCES = [
  'principals', 'requestPrincipals', 'namespaces', 'serviceAccounts', 'trustDomains', 'ipBlocks', 'remoteIpBlocks',
].flatMap((list) => [list, negationOf(list)]);
const OPERATIONS = ['hosts', 'ports', 'methods', 'paths'].flatMap((list) => [list, negationOf(list)]);

/** Fields of a source and attributes that are not available before the external authorizer is called. */
const NOT_WITH_CUSTOM = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'].flatMap((list) => [list, negationOf(list)]);
const KEYS_NOT_WITH_CUSTOM = /^(source\.(namespace|principal|serviceAccount|trustDomain)$|request\.auth\.)/;

function negationOf(list: string): string {
  return `not${list[0].toUpperCase()}${list.slice(1)}`;
}

/**
 * Why istiod or the API server rejects an AuthorizationPolicy.
 *
 * @internal
 */
export function policyRejections(object: ClusterObject): Rejection[] {
  const { spec } = object;
  return [
    ...actionRejections(spec),
    ...dryRunRejections(object),
    ...rejectedTargets(object),
    ...listOf(spec.rules).flatMap((rule, i) => (isObject(rule) ? ruleRejections(rule, ['spec', 'rules', i], spec.action === 'CUSTOM') : [])),
  ];
}

function actionRejections({ action, provider, rules }: JsonObject): Rejection[] {
  const found: Rejection[] = [];
  if (action !== undefined && action !== null && !ACTIONS.includes(String(action))) {
    const meant = nearest(String(action), ACTIONS);
    found.push({ field: ['spec', 'action'], problem: `${show(action)} is not an action`, remedy: `expected ${meant === undefined ? `one of ${ACTIONS.join(', ')}` : show(meant)}` });
  }
  if ((action === 'DENY' || action === 'CUSTOM') && listOf(rules).length === 0) {
    found.push({ field: ['spec'], problem: `a policy with action ${action} has no rules, so it would match no request`, remedy: 'add rules, or rules: [{}] for all requests' });
  }
  const isNamed = stringOf(objectOf(provider).name) !== undefined;
  if (action === 'CUSTOM' && !isNamed && listOf(rules).length > 0) {
    found.push({ field: ['spec'], problem: 'a policy with action CUSTOM has no provider', remedy: 'set provider.name to an extension provider of the mesh' });
  }
  if (action !== 'CUSTOM' && isObject(provider)) {
    found.push({ field: ['spec', 'provider'], problem: `a policy with action ${show(action ?? 'ALLOW')} has a provider`, remedy: 'set action: CUSTOM, or remove the provider' });
  }
  return found;
}

function dryRunRejections({ annotations, spec }: ClusterObject): Rejection[] {
  const value = annotations[DRY_RUN];
  const field: FieldPath = ['metadata', 'annotations', DRY_RUN];
  if (typeof value !== 'string') return [];
  if (!/^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value)) {
    return [{ field, problem: `the annotation ${DRY_RUN} is ${show(value)}`, remedy: 'expected "true" or "false"' }];
  }
  if (spec.action !== 'CUSTOM' && spec.action !== 'AUDIT') return [];
  return [{ field, problem: `the annotation ${DRY_RUN} is set together with action ${spec.action}`, remedy: 'remove the annotation, which Istio supports for ALLOW and DENY only' }];
}

function ruleRejections(rule: JsonObject, field: FieldPath, isCustom: boolean): Rejection[] {
  return [
    ...listOf(rule.from).flatMap((entry, i) => partRejections(objectOf(entry).source, [...field, 'from', i, 'source'], SOURCES)),
    ...listOf(rule.to).flatMap((entry, i) => partRejections(objectOf(entry).operation, [...field, 'to', i, 'operation'], OPERATIONS)),
    ...listOf(rule.when).flatMap((condition, i) => conditionRejections(objectOf(condition), [...field, 'when', i])),
    ...isCustom ? customRejections(rule, field) : [],
  ];
}

function partRejections(part: unknown, field: FieldPath, lists: readonly string[]): Rejection[] {
  const name = String(field[field.length - 1]);
  const json = objectOf(part);
  if (!lists.some((list) => listOf(json[list]).length > 0)) return [{ field, problem: `the ${name} is empty`, remedy: `set a field of the ${name}, or remove the item` }];
  const account = ['serviceAccounts', 'notServiceAccounts'].find((list) => listOf(json[list]).length > 0);
  const other = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].find((list) => listOf(json[list]).length > 0);
  return [
    ...account !== undefined && other !== undefined
      ? [{ field, problem: `the source has both ${account} and ${other}`, remedy: 'set only one of them, since a service account already has a namespace' }] : [],
    ...lists.flatMap((list) => listRejections(list, json[list], [...field, list])),
  ];
}

function listRejections(list: string, values: unknown, field: FieldPath): Rejection[] {
  const kind = list.replace(/^not/, '').toLowerCase();
  const found: Rejection[] = kind === 'serviceaccounts' && listOf(values).length > 16 ? [{ field, problem: `${list} has ${listOf(values).length} entries`, remedy: 'Istio accepts at most 16' }] : [];
  return [...found, ...listOf(values).flatMap((value, i): Rejection[] => {
    const at = [...field, i];
    if (typeof value !== 'string') return [{ field: at, problem: `${show(value)} in ${list} is not a string`, remedy: `write it in quotes, as "${String(value)}"` }];
    if (value === '') return [{ field: at, problem: `${list} has an empty string`, remedy: 'remove it' }];
    switch (kind) {
      case 'ipblocks':
      case 'remoteipblocks': return addressRejections(value, at);
      case 'ports': return portRejections(value, at);
      case 'serviceaccounts': return accountRejections(value, at);
      case 'paths': return pathRejections(value, at);
      case 'trustdomains': return trustDomainRejections(value, at);
      default: return [];
    }
  })];
}

function pathRejections(value: string, field: FieldPath): Rejection[] {
  const why = whyRejected(value);
  return why === undefined ? [] : [{ field, problem: `${show(value)} is not a path that Istio accepts, since ${why}`, remedy: 'use "{*}" for one whole segment, and "{**}" once, as the last template' }];
}

function trustDomainRejections(value: string, field: FieldPath): Rejection[] {
  if (!value.includes('/') && !(value === '*' ? '' : value.replace(/^\*|\*$/, '')).includes('*')) return [];
  return [{ field, problem: `${show(value)} is not a valid trust domain`, remedy: 'expected a trust domain such as "cluster.local", with "*" at most at its start or end' }];
}

function customRejections(rule: JsonObject, field: FieldPath): Rejection[] {
  const remedy = 'leave this check to the provider, since Istio calls it before it authenticates the caller';
  return [
    ...listOf(rule.from).flatMap((entry, i) => {
      const source = objectOf(objectOf(entry).source);
      return NOT_WITH_CUSTOM.filter((list) => listOf(source[list]).length > 0)
        .map((list) => ({ field: [...field, 'from', i, 'source', list], problem: `${list} is not supported with action CUSTOM`, remedy }));
    }),
    ...listOf(rule.when).flatMap((condition, i) => {
      const key = stringOf(objectOf(condition).key) ?? '';
      return KEYS_NOT_WITH_CUSTOM.test(key) ? [{ field: [...field, 'when', i, 'key'], problem: `${show(key)} is not supported with action CUSTOM`, remedy }] : [];
    }),
  ];
}
