import { IConstruct } from 'constructs';
import { AuthorizationOperation, AuthorizationRule, AuthorizationSource } from './authorization-rule';
import { checkCondition } from './condition-checks';
import { checkPath } from './path-checks';
import { checkAccount, checkAccountCount, checkAddresses, checkNoContradiction, checkWildcard } from './value-checks';
import { Mesh } from '../../mesh/mesh';
import { checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkList, checkTexts } from '../../plan/checks/type-checks';

const MAX_RULES = 512;

/**
 * Checks the rules of a policy as Istio does, and rejects those that no request can match.
 *
 * @internal
 */
export function checkRules(at: IConstruct, rules: readonly AuthorizationRule[]): void {
  checkList(at, 'rules', rules, 'rules');
  if (rules.length > MAX_RULES) throw invalid(at, `${rules.length} rules`, `Istio accepts at most ${MAX_RULES}`);
  rules.forEach((rule, i) => {
    const what = `rules[${i}]`;
    const hasParts = [rule.from, rule.to, rule.when].some((part) => part !== undefined);
    if (!hasParts && rule.everything !== true) throw invalid(at, `${what} is empty`, 'it would match all requests. Set everything: true if that is intended');
    if (hasParts && rule.everything === true) throw invalid(at, `everything: true in ${what} together with from, to or when`, 'leave one of the two out');
    checkParts(at, 'from', what, rule.from, (source, name) => checkSource(at, name, source));
    checkParts(at, 'to', what, rule.to, (operation, name) => checkOperation(at, name, operation));
    checkParts(at, 'when', what, rule.when, (condition, name) => checkCondition(at, name, condition));
  });
}

function checkParts<T extends object>(
  at: IConstruct, field: string, rule: string, parts: readonly T[] | undefined, check: (part: T, what: string) => void,
): void {
  if (parts === undefined) return;
  const what = `${field} of ${rule}`;
  checkList(at, what, parts, 'objects');
  if (parts.length === 0) throw invalid(at, `an empty ${what}`, 'leave it out to match any');
  parts.forEach((part, i) => {
    if (Object.values(part).every((value) => value === undefined)) throw invalid(at, `item ${i} of ${what} is empty`, 'set a field, or remove it');
    check(part, `${rule}.${field}[${i}]`);
  });
}

function checkSource(at: IConstruct, what: string, source: AuthorizationSource): void {
  const { principals, namespaces, serviceAccounts, trustDomains, ipBlocks, remoteIpBlocks, requestPrincipals } = source;
  const { notPrincipals, notNamespaces, notServiceAccounts, notTrustDomains, notIpBlocks, notRemoteIpBlocks, notRequestPrincipals } = source;
  checkBoth(at, what, 'principals', principals, notPrincipals, checkWildcard);
  checkBoth(at, what, 'requestPrincipals', requestPrincipals, notRequestPrincipals, checkWildcard);
  checkBoth(at, what, 'namespaces', namespaces, notNamespaces, checkWildcard);
  checkBoth(at, what, 'serviceAccounts', serviceAccounts, notServiceAccounts, checkAccount);
  checkBoth(at, what, 'trustDomains', trustDomains, notTrustDomains, checkTrustDomain);
  checkBoth(at, what, 'ipBlocks', ipBlocks, notIpBlocks, checkAddresses);
  checkBoth(at, what, 'remoteIpBlocks', remoteIpBlocks, notRemoteIpBlocks, checkAddresses);
  const release = Mesh.of(at)._release;
  if ((serviceAccounts ?? notServiceAccounts) !== undefined) {
    release.require(at, `serviceAccounts of ${what}`, '1.25');
    if ((principals ?? notPrincipals ?? namespaces ?? notNamespaces) !== undefined) {
      throw invalid(at, `${what} has serviceAccounts together with principals or namespaces`, 'set only one of them, since a service account already has a namespace');
    }
    for (const accounts of [serviceAccounts ?? [], notServiceAccounts ?? []]) checkAccountCount(at, `serviceAccounts of ${what}`, accounts);
  }
  if ((trustDomains ?? notTrustDomains) !== undefined) release.require(at, `trustDomains of ${what}`, '1.30');
}

function checkOperation(at: IConstruct, what: string, operation: AuthorizationOperation): void {
  const { hosts, notHosts, methods, notMethods, paths, notPaths, ports, notPorts } = operation;
  checkBoth(at, what, 'hosts', hosts, notHosts, checkHostPattern);
  checkBoth(at, what, 'methods', methods, notMethods, checkMethod);
  checkBoth(at, what, 'paths', paths, notPaths, checkPath);
  for (const [name, list] of [['ports', ports], ['notPorts', notPorts]] as const) {
    if (list === undefined) continue;
    checkList(at, `${name} of ${what}`, list, 'ports');
    if (list.length === 0) throw invalid(at, `empty ${name} of ${what}`, 'leave the list out to match any');
    for (const port of list) checkPort(at, `port of ${what}`, port);
  }
  checkNoContradiction(at, what, 'ports', ports, notPorts);
}

type CheckValue = (at: IConstruct, what: string, value: string) => void;

function checkBoth(
  at: IConstruct, what: string, name: string, values: readonly string[] | undefined, notValues: readonly string[] | undefined, check: CheckValue,
): void {
  const negated = `not${name[0].toUpperCase()}${name.slice(1)}`;
  for (const [label, list] of [[name, values], [negated, notValues]] as const) {
    if (list === undefined) continue;
    checkTexts(at, `${label} of ${what}`, list);
    if (list.length === 0) throw invalid(at, `empty ${label} of ${what}`, 'leave the list out to match any');
    list.forEach((value) => {
      if (value === '') throw invalid(at, `an empty string in ${label} of ${what}`, 'remove it');
      check(at, `${show(value)} in ${label} of ${what}`, value);
    });
  }
  checkNoContradiction(at, what, name, values, notValues);
}

function checkTrustDomain(at: IConstruct, what: string, value: string): void {
  checkWildcard(at, what, value);
  if (value.includes('/')) throw invalid(at, what, 'expected a trust domain such as "cluster.local", without a slash');
}

function checkHostPattern(at: IConstruct, what: string, value: string): void {
  checkWildcard(at, what, value);
  if (/[/\s@]/.test(value)) throw invalid(at, what, 'expected a host such as "models.example.com", with ":*" for any port');
}

function checkMethod(at: IConstruct, what: string, value: string): void {
  checkWildcard(at, what, value);
  if (!/^[A-Z*]+$/.test(value)) throw invalid(at, what, 'expected a method in upper case, such as "POST"');
}
