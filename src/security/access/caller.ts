import { IConstruct } from 'constructs';
import { checkDnsLabel, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkText, checkTexts } from '../../plan/checks/type-checks';
import { IGateway } from '../../plan/gateway-ref';
import { checkGatewayList } from '../../plan/part-checks';
import { AuthorizationCondition, AuthorizationSource } from '../authorization/authorization-rule';
import { checkWildcard } from '../authorization/value-checks';

/** What is known of the pods of a gateway that calls. */
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
   * @default - any of their namespace
   */
  readonly serviceAccount?: string;
}

/** How a caller is recognized. @internal */
export enum CallerKind {
  /** By a token. */
  TOKEN = 'token',
  /** By a service account, from a certificate. */
  ACCOUNT = 'service account',
  /** By a namespace, from a certificate. */
  NAMESPACE = 'namespace',
}

/** One thing that must hold of a caller. @internal */
export interface CallerTerm {
  /** How it is recognized. */
  readonly kind: CallerKind;
  /** What messages call it. */
  readonly description: string;
  /** The attribute, or the field of a source. */
  readonly key: string;
  /** What it must be. */
  readonly values: string[];
  /** Namespace of the pods, for policies of the network. */
  readonly namespace?: string;
  /** Labels of the pods, for policies of the network. */
  readonly pods?: { readonly [label: string]: string };
}

/** Claims that every issuer writes. @internal */
export const ISSUER = 'request.auth.claims[iss]';
const SUBJECT = 'request.auth.claims[sub]';

/** Istio takes a closing bracket for the end of a name. */
const CLAIM = /^[^[\]]+$/;

/**
 * Who may call: people and programs by the token that they send, pods by their service account or namespace.
 *
 * A gateway knows callers from outside by tokens only. Behind it, calls come from the gateway's own pods, and service accounts and
 * namespaces are those of callers inside the mesh, where mutual TLS proves them.
 */
export class Caller {
  /**
   * Those whose token has a claim with one of some values, in a list or alone.
   *
   * @param name Name of the claim, such as `groups`. A claim in nested objects is a `nestedClaim`.
   * @param values Values, each with an optional `*` at its start or end.
   * @throws an error when the name or the list is empty.
   */
  public static claim(name: string, values: string[]): Caller {
    return Caller.claimAt('Caller.claim', [name], values);
  }

  /**
   * Those whose token has a claim inside other claims, as Keycloak's `realm_access` has `roles`.
   *
   * @param path Names from the outermost object to the claim.
   * @param values Values, each with an optional `*` at its start or end.
   * @throws an error when the path or the list is empty.
   */
  public static nestedClaim(path: string[], values: string[]): Caller {
    checkTexts('Caller.nestedClaim', 'path', path);
    if (path.length === 0) throw invalid('Caller.nestedClaim', 'an empty path', 'name the claim');
    return Caller.claimAt('Caller.nestedClaim', path, values);
  }

  /**
   * The subject of tokens of one issuer.
   *
   * @param issuer Value of the claim `iss`.
   * @param subject Value of the claim `sub`; `*` stands for every subject of that issuer.
   * @throws an error when one is empty or has a `*` elsewhere.
   */
  public static subject(issuer: string, subject: string): Caller {
    const at = 'Caller.subject';
    for (const [name, value] of [['issuer', issuer], ['subject', subject]] as const) {
      checkText(at, name, value);
      if (value === '') throw invalid(at, `an empty ${name}`, 'give the claim of the token');
    }
    checkWildcard(at, `issuer ${show(issuer)}`, issuer);
    checkWildcard(at, `subject ${show(subject)}`, subject);
    // Istio's own principal joins both by a slash, which either may have: it would take the subject of one issuer for that of another.
    const terms = [{ kind: CallerKind.TOKEN, description: `issuer ${show(issuer)}`, key: ISSUER, values: [issuer] }];
    if (subject !== '*') terms.push({ kind: CallerKind.TOKEN, description: `subject ${show(subject)}`, key: SUBJECT, values: [subject] });
    return new Caller(terms);
  }

  /**
   * Everybody with a valid token.
   */
  public static authenticated(): Caller {
    return new Caller([{ kind: CallerKind.TOKEN, description: 'a valid token', key: 'requestPrincipals', values: ['*'] }]);
  }

  /**
   * Pods that run as a service account, whatever the mesh's trust domain.
   *
   * @param name Its name.
   * @param namespace Its namespace.
   * @throws an error when a name is wrong.
   */
  public static serviceAccount(name: string, namespace: string): Caller {
    const at = 'Caller.serviceAccount';
    checkObjectName(at, 'name', name);
    checkDnsLabel(at, 'namespace', namespace);
    return new Caller([{ kind: CallerKind.ACCOUNT, description: `service account ${namespace}/${name}`, ...accountField(name, namespace), namespace }]);
  }

  /**
   * Pods of a namespace.
   *
   * @param name Its name.
   * @throws an error when it is wrong.
   */
  public static namespace(name: string): Caller {
    checkDnsLabel('Caller.namespace', 'namespace', name);
    return new Caller([{ kind: CallerKind.NAMESPACE, description: `namespace ${name}`, key: 'namespaces', values: [name], namespace: name }]);
  }

  /**
   * The pods of a gateway, and with them everybody whom it lets in.
   *
   * @param gateway The gateway.
   * @param options What is known of its pods.
   * @throws an error when nobody said the namespace, or where a policy of the network needs them, the labels.
   */
  public static gateway(gateway: IGateway, options: GatewayCallerOptions = {}): Caller {
    checkProps('Caller.gateway', 'GatewayCallerOptions', options);
    const at = 'Caller.gateway';
    checkGatewayList(at, 'gateways', [gateway]);
    const namespace = options.namespace ?? gateway.gatewayNamespace;
    if (namespace === undefined) throw invalid(at, `gateway ${gateway.gatewayName} has no namespace`, 'say that of its pods');
    checkDnsLabel(at, 'namespace', namespace);
    const { serviceAccount } = options;
    if (serviceAccount !== undefined) checkObjectName(at, 'serviceAccount', serviceAccount);
    const field = serviceAccount === undefined ? { key: 'namespaces', values: [namespace] } : accountField(serviceAccount, namespace);
    return new Caller([{ kind: CallerKind.NAMESPACE, description: `gateway ${gateway.gatewayName}`, ...field, namespace, pods: gateway.gatewaySelector }]);
  }

  /**
   * Those for whom all of several things hold, such as a claim and the issuer of the token.
   *
   * @param callers Two or more.
   * @throws an error when there are fewer, or two of them are told apart by the same thing and it is no claim.
   */
  public static allOf(...callers: Caller[]): Caller {
    const at = 'Caller.allOf';
    if (callers.length < 2) throw invalid(at, `${callers.length} callers`, 'give two or more');
    const terms = callers.flatMap((caller, i) => checkCaller(at, `callers[${i}]`, caller)._terms);
    const fields = terms.map(({ key }) => key).filter((key) => !key.includes('.') || key === ISSUER || key === SUBJECT);
    const twice = fields.find((key, i) => fields.indexOf(key) !== i);
    if (twice !== undefined) throw invalid(at, `two callers by ${twice}`, 'a caller has one of these: name it once, or list both callers on their own');
    const namespaces = [...new Set(terms.map(({ namespace }) => namespace).filter((namespace) => namespace !== undefined))];
    if (namespaces.length > 1) {
      throw invalid(at, `callers of namespaces ${namespaces.join(' and ')} at once`, 'a caller is in one of them: name it once, or list both callers on their own');
    }
    return new Caller(terms);
  }

  private static claimAt(at: string, path: string[], values: string[]): Caller {
    for (const name of path) {
      checkText(at, 'name of claim', name);
      if (!CLAIM.test(name)) throw invalid(at, `name of claim ${show(name)}`, 'expected a name without brackets');
    }
    checkTexts(at, 'values', values);
    if (values.length === 0) throw invalid(at, 'no values', 'name those that the claim may have, "*" for any');
    for (const value of values) {
      if (value === '') throw invalid(at, 'an empty value', 'name one that the claim may have, "*" for any');
      checkWildcard(at, `value ${show(value)}`, value);
    }
    const key = `request.auth.claims${path.map((name) => `[${name}]`).join('')}`;
    return new Caller([{ kind: CallerKind.TOKEN, description: `claim ${path.join('.')} ${values.map(show).join(' or ')}`, key, values: [...values] }]);
  }

  /** What must hold. @internal */
  public readonly _terms: readonly CallerTerm[];

  private constructor(terms: readonly CallerTerm[]) {
    this._terms = terms;
  }

  /**
   * The caller as people write it in a message.
   */
  public toString(): string {
    return this._terms.map(({ description }) => description).join(' and ');
  }
}

/** One wildcard at the start: the trust domain of a mesh has many names. */
function accountField(name: string, namespace: string): { key: string; values: string[] } {
  return { key: 'principals', values: [`*/ns/${namespace}/sa/${name}`] };
}

function checkCaller(at: IConstruct | string, what: string, caller: Caller): Caller {
  if (caller instanceof Caller) return caller;
  throw invalid(at, `${what} ${show(caller)}`, 'expected a Caller, such as Caller.claim("groups", ["risk"])');
}

/** Who calls, as a part of a rule. @internal */
export interface CallerRule {
  /** Sources. */
  readonly from?: AuthorizationSource[];
  /** Conditions. */
  readonly when?: AuthorizationCondition[];
}

const isCondition = ({ key }: CallerTerm): boolean => key.includes('.');

/**
 * The rule that a caller meets.
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
 * The rules that all but some callers meet. Whoever meets none of several things lacks one thing of each, so there is a rule for each
 * choice of such things.
 *
 * @internal
 */
export function allExcept(callers: readonly Caller[]): CallerRule[] {
  let choices: CallerTerm[][] = [[]];
  for (const terms of merged(callers)) choices = choices.flatMap((choice) => terms.map((term) => [...choice, term]));
  return choices.map((choice) => {
    const lacks = new Map<string, Set<string>>();
    for (const { key, values } of choice) {
      const all = lacks.get(key) ?? new Set();
      for (const value of values) all.add(value);
      lacks.set(key, all);
    }
    const fields = [...lacks].filter(([key]) => !key.includes('.'));
    const conditions = [...lacks].filter(([key]) => key.includes('.'));
    return {
      from: fields.length === 0 ? undefined
        : [Object.fromEntries(fields.map(([key, values]) => [`not${key[0].toUpperCase()}${key.slice(1)}`, [...values]]))],
      when: conditions.length === 0 ? undefined : conditions.map(([key, values]) => ({ key, notValues: [...values] })),
    };
  });
}

/** Subjects of the same issuers are one thing to meet: choices double with each. */
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
  if (!Array.isArray(allow)) throw invalid(at, `allow ${show(allow)}`, 'expected a list of callers');
  if (allow.length === 0) throw invalid(at, 'an empty list of callers', 'name one: what nobody may call needs no route');
  allow.forEach((caller, i) => checkCaller(at, `allow[${i}]`, caller));
}
