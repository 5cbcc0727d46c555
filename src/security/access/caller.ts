import { IConstruct } from 'constructs';
import { checkDnsLabel, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkText, checkTexts } from '../../plan/checks/type-checks';
import { IGateway } from '../../plan/gateway-ref';
import { checkGatewayList } from '../../plan/part-checks';
import { AuthorizationCondition, AuthorizationSource } from '../authorization/authorization-rule';
import { checkWildcard } from '../authorization/value-checks';

/** Properties for `Caller.gateway`: the pods of the gateway. */
export interface GatewayCallerOptions {
  /**
   * Namespace of its pods.
   *
   * @default - that of the Gateway
   */
  readonly namespace?: string;

  /**
   * Service account of its pods.
   *
   * @default - any service account of their namespace
   */
  readonly serviceAccount?: string;
}

/** How a caller is identified. @internal */
export enum CallerKind {
  /** By a token. */
  TOKEN = 'token',
  /** By a service account, from a certificate. */
  ACCOUNT = 'service account',
  /** By a namespace, from a certificate. */
  NAMESPACE = 'namespace',
}

/** One condition on a caller. @internal */
export interface CallerTerm {
  /** How the caller is identified. */
  readonly kind: CallerKind;
  /** Description in messages. */
  readonly description: string;
  /** The attribute, or the field of a source. */
  readonly key: string;
  /** The accepted values. */
  readonly values: string[];
  /** Namespace of the pods, for NetworkPolicies. */
  readonly namespace?: string;
  /** Labels of the pods, for NetworkPolicies. */
  readonly pods?: { readonly [label: string]: string };
}

/** Claims that every token has. @internal */
export const ISSUER = 'request.auth.claims[iss]';
const SUBJECT = 'request.auth.claims[sub]';

/** Istio reads a closing bracket as the end of the name. */
const CLAIM = /^[^[\]]+$/;

/**
 * A caller that is allowed: people and programs are identified by the token that they send, pods by their service account or namespace.
 *
 * At a gateway, callers outside the mesh can be identified only by tokens. Behind the gateway, requests come from its pods. Service
 * accounts and namespaces identify callers inside the mesh, authenticated by mutual TLS.
 */
export class Caller {
  /**
   * Callers whose token has a claim with one of these values, as a single value or in a list.
   *
   * @param name Name of the claim, such as `groups`. Use `nestedClaim` for a claim in nested objects.
   * @param values Values, each with an optional `*` at its start or end.
   * @throws an error when the name or the list is empty.
   */
  public static claim(name: string, values: string[]): Caller {
    return Caller.claimAt('Caller.claim', [name], values);
  }

  /**
   * Callers whose token has a claim in a nested object, such as `roles` in Keycloak's `realm_access`.
   *
   * @param path Names of the objects and of the claim, outermost first.
   * @param values Values, each with an optional `*` at its start or end.
   * @throws an error when the path or the list is empty.
   */
  public static nestedClaim(path: string[], values: string[]): Caller {
    checkTexts('Caller.nestedClaim', 'path', path);
    if (path.length === 0) throw invalid('Caller.nestedClaim', 'an empty path', 'set the names of the objects and of the claim');
    return Caller.claimAt('Caller.nestedClaim', path, values);
  }

  /**
   * Callers whose token has this issuer and subject.
   *
   * @param issuer Value of the claim `iss`.
   * @param subject Value of the claim `sub`; `*` matches every subject of the issuer.
   * @throws an error when one is empty, or has a `*` that is not at its start or end.
   */
  public static subject(issuer: string, subject: string): Caller {
    const at = 'Caller.subject';
    for (const [name, value] of [['issuer', issuer], ['subject', subject]] as const) {
      checkText(at, name, value);
      if (value === '') throw invalid(at, `an empty ${name}`, 'set the value of the claim');
    }
    checkWildcard(at, `issuer ${show(issuer)}`, issuer);
    checkWildcard(at, `subject ${show(subject)}`, subject);
    // Istio's requestPrincipal joins both with a slash, which either can contain: a subject of one issuer could match that of another.
    const terms = [{ kind: CallerKind.TOKEN, description: `issuer ${show(issuer)}`, key: ISSUER, values: [issuer] }];
    if (subject !== '*') terms.push({ kind: CallerKind.TOKEN, description: `subject ${show(subject)}`, key: SUBJECT, values: [subject] });
    return new Caller(terms);
  }

  /**
   * All callers with a valid token.
   */
  public static authenticated(): Caller {
    return new Caller([{ kind: CallerKind.TOKEN, description: 'a valid token', key: 'requestPrincipals', values: ['*'] }]);
  }

  /**
   * Pods that run as a service account, in any trust domain of the mesh.
   *
   * @param name Its name.
   * @param namespace Its namespace.
   * @throws an error when a name is invalid.
   */
  public static serviceAccount(name: string, namespace: string): Caller {
    const at = 'Caller.serviceAccount';
    checkObjectName(at, 'name', name);
    checkDnsLabel(at, 'namespace', namespace);
    return new Caller([{ kind: CallerKind.ACCOUNT, description: `service account ${namespace}/${name}`, ...accountField(name, namespace), namespace }]);
  }

  /**
   * The pods of a namespace.
   *
   * @param name Its name.
   * @throws an error when the name is invalid.
   */
  public static namespace(name: string): Caller {
    checkDnsLabel('Caller.namespace', 'namespace', name);
    return new Caller([{ kind: CallerKind.NAMESPACE, description: `namespace ${name}`, key: 'namespaces', values: [name], namespace: name }]);
  }

  /**
   * The pods of a gateway, and so all callers that the gateway allows.
   *
   * @param gateway The gateway.
   * @param options Namespace and service account of its pods.
   * @throws an error when the namespace of its pods is not specified.
   */
  public static gateway(gateway: IGateway, options: GatewayCallerOptions = {}): Caller {
    checkProps('Caller.gateway', 'GatewayCallerOptions', options);
    const at = 'Caller.gateway';
    checkGatewayList(at, 'gateways', [gateway]);
    const namespace = options.namespace ?? gateway.gatewayNamespace;
    if (namespace === undefined) throw invalid(at, `gateway ${gateway.gatewayName} has no namespace`, 'set the namespace of its pods');
    checkDnsLabel(at, 'namespace', namespace);
    const { serviceAccount } = options;
    if (serviceAccount !== undefined) checkObjectName(at, 'serviceAccount', serviceAccount);
    const field = serviceAccount === undefined ? { key: 'namespaces', values: [namespace] } : accountField(serviceAccount, namespace);
    return new Caller([{ kind: CallerKind.NAMESPACE, description: `gateway ${gateway.gatewayName}`, ...field, namespace, pods: gateway.gatewaySelector }]);
  }

  /**
   * Callers that match all of several conditions, such as a claim and the issuer of the token.
   *
   * @param callers Two or more.
   * @throws an error when there are fewer than two, or when two of them set the same attribute, unless it is a claim.
   */
  public static allOf(...callers: Caller[]): Caller {
    const at = 'Caller.allOf';
    if (callers.length < 2) throw invalid(at, `${callers.length} callers`, 'expected two or more');
    const terms = callers.flatMap((caller, i) => checkCaller(at, `callers[${i}]`, caller)._terms);
    const fields = terms.map(({ key }) => key).filter((key) => !key.includes('.') || key === ISSUER || key === SUBJECT);
    const twice = fields.find((key, i) => fields.indexOf(key) !== i);
    if (twice !== undefined) throw invalid(at, `two callers by ${twice}`, 'a caller has only one of these. Set it once, or list both callers separately');
    const namespaces = [...new Set(terms.map(({ namespace }) => namespace).filter((namespace) => namespace !== undefined))];
    if (namespaces.length > 1) {
      throw invalid(at, `callers of namespaces ${namespaces.join(' and ')} at once`, 'a caller is in only one of them. Set it once, or list both callers separately');
    }
    return new Caller(terms);
  }

  private static claimAt(at: string, path: string[], values: string[]): Caller {
    for (const name of path) {
      checkText(at, 'name of claim', name);
      if (!CLAIM.test(name)) throw invalid(at, `name of claim ${show(name)}`, 'expected a name without brackets');
    }
    checkTexts(at, 'values', values);
    if (values.length === 0) throw invalid(at, 'no values', 'list the accepted values of the claim, or "*" for any');
    for (const value of values) {
      if (value === '') throw invalid(at, 'an empty value', 'set an accepted value of the claim, or "*" for any');
      checkWildcard(at, `value ${show(value)}`, value);
    }
    const key = `request.auth.claims${path.map((name) => `[${name}]`).join('')}`;
    return new Caller([{ kind: CallerKind.TOKEN, description: `claim ${path.join('.')} ${values.map(show).join(' or ')}`, key, values: [...values] }]);
  }

  /** The conditions. @internal */
  public readonly _terms: readonly CallerTerm[];

  private constructor(terms: readonly CallerTerm[]) {
    this._terms = terms;
  }

  /**
   * The description of the caller in messages.
   */
  public toString(): string {
    return this._terms.map(({ description }) => description).join(' and ');
  }
}

/** A wildcard at the start, since the trust domain of a mesh has several names. */
function accountField(name: string, namespace: string): { key: string; values: string[] } {
  return { key: 'principals', values: [`*/ns/${namespace}/sa/${name}`] };
}

function checkCaller(at: IConstruct | string, what: string, caller: Caller): Caller {
  if (caller instanceof Caller) return caller;
  throw invalid(at, `${what} ${show(caller)}`, 'expected a Caller, such as Caller.claim("groups", ["risk"])');
}

/** The part of a rule about the caller. @internal */
export interface CallerRule {
  /** Sources. */
  readonly from?: AuthorizationSource[];
  /** Conditions. */
  readonly when?: AuthorizationCondition[];
}

const isCondition = ({ key }: CallerTerm): boolean => key.includes('.');

/**
 * The rule that matches a caller.
 *
 * @internal
 */
export function allowed({ _terms: terms }: Caller): CallerRule {
  const fields = terms.filter((term) => !isCondition(term));
  const conditions = terms.filter(isCondition);
  return {
    from: fields.length === 0 ? undefined : [Object.fromEntries(fields.map(({ key, values }) => [key, [...values]]))],
    when: conditions.length === 0 ? undefined : conditions.map(({ key, values }) => ({ key, values: [...values] })),
  };
}

/**
 * The rules that match all callers except some. A caller that matches none of them fails at least one condition of each, so there is a
 * rule for each combination of such conditions.
 *
 * @internal
 */
export function allExcept(callers: readonly Caller[]): (CallerRule & { readonly when: readonly AuthorizationCondition[] })[] {
  let choices: CallerTerm[][] = [[]];
  for (const terms of merged(callers)) choices = choices.flatMap((choice) => terms.map((term) => [...choice, term]));
  return choices.map((choice) => {
    const excluded = new Map<string, Set<string>>();
    for (const { key, values } of choice) {
      const all = excluded.get(key) ?? new Set();
      for (const value of values) all.add(value);
      excluded.set(key, all);
    }
    const fields = [...excluded].filter(([key]) => !key.includes('.'));
    const conditions = [...excluded].filter(([key]) => key.includes('.'));
    return {
      from: fields.length === 0 ? undefined
        : [Object.fromEntries(fields.map(([key, values]) => [`not${key[0].toUpperCase()}${key.slice(1)}`, [...values]]))],
      when: conditions.map(([key, values]) => ({ key, notValues: [...values] })),
    };
  });
}

/** Merges subjects of the same issuers into one condition, since the number of combinations doubles with each. */
function merged(callers: readonly Caller[]): (readonly CallerTerm[])[] {
  const subjects = new Map<string, CallerTerm>();
  const all: (readonly CallerTerm[])[] = [];
  for (const { _terms: terms } of callers) {
    const [issuer, subject] = terms;
    if (terms.length !== 2 || issuer.key !== ISSUER || subject.key !== SUBJECT) {
      all.push(terms);
      continue;
    }
    const issuers = JSON.stringify([...issuer.values].sort());
    const known = subjects.get(issuers);
    if (known === undefined) {
      const first = { ...subject, values: [...subject.values] };
      subjects.set(issuers, first);
      all.push([issuer, first]);
    } else {
      known.values.push(...subject.values);
    }
  }
  return all;
}

/**
 * Checks a list of callers.
 *
 * @internal
 */
export function checkCallers(at: IConstruct | string, allow: readonly Caller[]): void {
  if (allow.length === 0) throw invalid(at, 'an empty list of callers', 'add a caller, or remove the route if no one is allowed to call it');
}
