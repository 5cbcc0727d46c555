import { clusterOf } from './cluster';
import { Answer, AnswerCase, Responder } from '../../src/answers/answer';
import { GatewayEntry, HttpVersion, Request, WorkloadEntry } from '../../src/answers/request';
import { Resolver } from '../../src/answers/resolver';
import { ClusterSettings } from '../../src/cluster/cluster';

/** A request in short form. Names of headers are in lower case. */
export interface ShortRequest {
  /** Host, as in `http://host:port/path?query`. */
  readonly url: string;
  readonly authority?: string;
  readonly method?: string;
  readonly http?: HttpVersion;
  /** Lines such as `x-tester: yes`. */
  readonly headers?: readonly string[];
  /** The Gateway as `namespace/name`. */
  readonly gateway?: string;
  readonly serverName?: string | null;
  readonly principal?: string;
  readonly from?: Partial<WorkloadEntry> & { readonly namespace: string };
  readonly token?: Request['token'];
}

const URL = /^(https?):\/\/([^/?]*?)(?::(\d+))?(\/[^?]*)?(?:\?(.*))?$/s;

export function requestOf({ url, authority, method = 'GET', http = '1.1', headers = [], gateway, serverName, principal, from, token }: ShortRequest): Request {
  const [, scheme, host, written, path = '/', query] = URL.exec(url)!;
  const port = Number(written ?? (scheme === 'https' ? 443 : 80));
  const tls = { serverName: serverName === null ? undefined : serverName ?? host, ...principal === undefined ? {} : { certificate: { principal } } };
  const atGateway: GatewayEntry = { kind: 'gateway', port, gateway, ...scheme === 'https' ? { tls } : {} };
  const inside: WorkloadEntry | undefined = from === undefined ? undefined : { kind: 'workload', labels: {}, serviceAccount: 'default', port, ...from };
  return {
    entry: inside ?? atGateway,
    http,
    method,
    authority: authority ?? (written === undefined ? host : `${host}:${written}`),
    path,
    ...query === undefined ? {} : { query },
    headers: headers.map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 2) })),
    ...token === undefined ? {} : { token },
  };
}

/** Answers requests for manifests. */
export class Answers {
  public readonly resolver: Resolver;

  constructor(yaml: string, settings: ClusterSettings = {}) {
    this.resolver = new Resolver(clusterOf(yaml, settings));
  }

  public resolve(request: ShortRequest | string): Answer {
    return this.resolver.resolve(requestOf(typeof request === 'string' ? { url: request } : request));
  }

  /** Who answers, with shares and conditions, as text. */
  public to(request: ShortRequest | string): string {
    return this.resolve(request).cases.map(showCase).join(' | ');
  }

  /** The only case. */
  public case(request: ShortRequest | string): AnswerCase {
    const { cases } = this.resolve(request);
    expect(cases).toHaveLength(1);
    return cases[0];
  }

  /** The trace as text, one line for each step. */
  public trace(request: ShortRequest | string): string[] {
    const { trace } = this.resolver.resolve(requestOf(typeof request === 'string' ? { url: request } : request), { trace: true });
    return trace.map(({ stage, matched, text }) => `${stage} ${matched ? '+' : '-'} ${text}`);
  }
}

function showCase({ condition, outcomes }: AnswerCase): string {
  const shown = outcomes.map(({ share, responder }) => (share.isAll ? showResponder(responder) : `${share.toString()} ${showResponder(responder)}`)).join(', ');
  return condition === undefined ? shown : `if ${condition}: ${shown}`;
}

export function showResponder(responder: Responder): string {
  switch (responder.kind) {
    case 'service': return `${responder.host.replace('.svc.cluster.local', '')}:${responder.port}${responder.subset === undefined ? '' : `/${responder.subset.name}`}`;
    case 'external': return `external ${responder.host}:${responder.port}`;
    case 'model':
    case 'pipeline':
    case 'explainer':
    case 'predictor': return `${responder.kind} ${responder.namespace}/${responder.name}`;
    case 'redirect': return `${responder.status} ${responder.location}`;
    default: return `${responder.kind}${responder.status === undefined ? '' : ` ${responder.status}`}`;
  }
}
