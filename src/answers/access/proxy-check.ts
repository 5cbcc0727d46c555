import { Attributes } from './attributes';
import { Branch, casesOf, followedBy, GOES_ON } from './branch';
import { PolicyCheck } from './policy-check';
import { TokenCheck, TokenVerdict } from './token-check';
import { ClusterObject } from '../../cluster/cluster-object';
import { PodMtls } from '../../cluster/peer-authentication';
import { AccessCheck, AccessVerdict } from '../access-check';
import { Step } from '../answer';
import { NormalRequest } from '../normal-request';

/**
 * What applies to the same pods.
 *
 * @internal
 */
export interface PodPolicies {
  /** The modes of mutual TLS at a port that may be in force; undefined at gateways and without a PeerAuthentication. */
  readonly mtls?: (port: number | undefined) => readonly PodMtls[];
  /** Their RequestAuthentications. */
  readonly tokens: TokenCheck;
  /** Their AuthorizationPolicies. */
  readonly policies: PolicyCheck;
  /** The identity of the pods of a Gateway, without `spiffe://`; undefined if it is not known. */
  identityOf(gateway: ClusterObject): string | undefined;
}

/** What is decided about a request, apart from the steps of its trace. */
interface Decision {
  readonly branches: readonly Branch[];
  readonly request: NormalRequest;
  readonly claims?: { readonly [name: string]: unknown };
}

/**
 * The check of a request by one kind of pods: mutual TLS, tokens, and policies, in this order.
 *
 * @internal
 */
export class ProxyCheck implements AccessCheck {
  constructor(private readonly pods: PodPolicies) {}

  public get isEmpty(): boolean {
    const { mtls, tokens, policies } = this.pods;
    return tokens.isEmpty && policies.isEmpty && mtls === undefined;
  }

  public check(request: NormalRequest): AccessVerdict {
    const { branches, request: sent, claims } = this.decide(request);
    const changed = sent === request ? undefined : sent;
    const steps = () => this.steps(request);
    if (branches.length === 1) return { responder: branches[0].responder, request: changed, claims, steps };
    return { cases: casesOf(branches), request: changed, claims, steps };
  }

  private decide(request: NormalRequest): Decision {
    const { mtls, tokens: none, policies: only } = this.pods;
    if (mtls === undefined && none.isEmpty) return { branches: only.decide(this.attributes(request, undefined, false)), request };
    const modes = this.pods.mtls?.(request.port) ?? [];
    const isPlain = modes.length > 0 && modes.every(({ mode }) => mode === 'DISABLE');
    const { tokens, policies } = this.pods;
    const verdict = tokens.check(request, true);
    const decided = () => policies.isEmpty ? GOES_ON : policies.decide(this.attributes(verdict.request, verdict.claims, isPlain));
    const passes = verdict.responder === undefined;
    return {
      branches: followedBy(connectionBranches(modes, request), () => followedBy(this.tokenBranches(request, verdict), decided)),
      request: passes ? verdict.request : request,
      claims: passes ? verdict.claims : undefined,
    };
  }

  private tokenBranches(request: NormalRequest, { responder, isOpen = false }: TokenVerdict): readonly Branch[] {
    if (responder !== undefined) return [{ responder }];
    const refused = isOpen ? this.pods.tokens.check(request, false).responder : undefined;
    if (refused === undefined) return GOES_ON;
    return [
      { condition: 'the signature or the time of the token is wrong', responder: refused },
      { condition: 'the token is valid' },
    ];
  }

  private attributes(request: NormalRequest, claims: Decision['claims'], isPlain: boolean): Attributes {
    const { peer } = request;
    return new Attributes(request, claims, peer.kind === 'gateway' ? this.pods.identityOf(peer.gateway) : undefined, isPlain);
  }

  private steps(request: NormalRequest): readonly Step[] {
    const modes = this.pods.mtls?.(request.port) ?? [];
    const connection = modes.flatMap(({ mode, object }): Step[] => (object === undefined ? [] : [{
      stage: 'policy', matched: mode === 'STRICT' && request.peer.kind === 'outside', text: `mutual TLS is ${SHOWN[mode]}`, place: { object, field: ['spec', 'mtls'] },
    }]));
    if (connectionBranches(modes, request).every(({ responder }) => responder !== undefined)) return connection;
    const { step, responder, request: sent, claims } = this.pods.tokens.check(request, true);
    const ofToken = [...connection, ...step === undefined ? [] : [step]];
    if (responder !== undefined) return ofToken;
    return [...ofToken, ...this.pods.policies.steps(this.attributes(sent, claims, modes.length > 0 && modes.every(({ mode }) => mode === 'DISABLE')))];
  }
}

const SHOWN = { STRICT: 'required', PERMISSIVE: 'optional', DISABLE: 'disabled' } as const;

/** A client without a sidecar cannot connect to pods that require mutual TLS. */
function connectionBranches(modes: readonly PodMtls[], { peer }: NormalRequest): readonly Branch[] {
  if (peer.kind !== 'outside' || modes.length === 0) return GOES_ON;
  return modes.map(({ mode, object, oldest }): Branch => ({
    condition: oldest === undefined ? undefined : `${oldest} is the oldest PeerAuthentication of its scope`,
    responder: mode !== 'STRICT' ? undefined : {
      kind: 'refused',
      reason: 'the pods require mutual TLS, and the client has no sidecar',
      place: object === undefined ? undefined : { object, field: ['spec', 'mtls'] },
    },
  }));
}
