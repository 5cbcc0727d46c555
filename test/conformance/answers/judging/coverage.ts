import { Verdict } from './judge';
import { AnswerSet } from '../manifests/set';

/** Fields of rules that random VirtualServices have. */
const FIELDS = [
  'match', 'route', 'redirect', 'directResponse', 'delegate', 'rewrite', 'timeout', 'retries', 'fault', 'mirror', 'mirrors', 'corsPolicy', 'headers',
  'uri', 'ignoreUriCase', 'scheme', 'method', 'authority', 'withoutHeaders', 'queryParams', 'port', 'sourceLabels', 'sourceNamespace', 'gateways', 'subset', 'exportTo', 'tls', 'tcp',
] as const;

/** What must occur in the sets of a kind; the sample of CI holds all of it, too. */
const EXPECTED: { readonly [kind: string]: readonly string[] } = {
  'objects of Istio': ['service', 'external', 'redirect', 'response', 'fault', 'not-found', 'unavailable', 'refused', ...FIELDS.filter((field) => field !== 'tls' && field !== 'tcp')],
  'Sidecars': ['service', 'external', 'not-found', 'unavailable', 'refused'],
  'connections': ['service', 'refused', 'tls', 'tcp'],
  'policies': ['denied', 'unauthenticated', 'service'],
  'Seldon Core 1': ['predictor', 'not-found'],
  'Seldon Core 2': ['model', 'pipeline', 'not-found'],
  'constructs': ['service', 'model', 'not-found'],
};

/** Counts what was compared. */
export class Coverage {
  public sets = 0;
  public requests = 0;
  private rules = 0;
  private readonly refused = new Map<string, number>();
  private readonly answers = new Map<string, number>();
  private readonly fields = new Map<string, number>();

  /** Sets that Istio does not accept, by its reasons. */
  public addRefused(reasons: readonly string[]): void {
    for (const reason of reasons) increase(this.refused, reason.replace(/^[^]*configuration is invalid: /, '').trim());
  }

  /** What became of the requests of some sets. */
  public add(sets: readonly AnswerSet[], { observations, predictions }: Verdict): void {
    this.sets += sets.length;
    this.requests += observations.length;
    for (const { rules } of observations) this.rules += Number(rules.length > 0);
    for (const { outcomes } of predictions) new Set(outcomes.map(({ responder }) => responder.kind)).forEach((kind) => increase(this.answers, kind));
    for (const { manifests } of sets) {
      const text = JSON.stringify(manifests.filter(({ kind }) => kind === 'VirtualService'));
      for (const field of FIELDS) if (text.includes(`"${field}":`)) increase(this.fields, field);
    }
  }

  /** The kinds of answers and the fields of rules that did not occur. */
  public missing(kind: string): string[] {
    return EXPECTED[kind].filter((each) => !this.answers.has(each) && !this.fields.has(each));
  }

  /** All counts. */
  public describe(): string {
    return [
      `${this.sets} sets, ${this.requests} requests, of which ${this.rules} have shares, mirrors, timeouts and retries compared with Envoy's configuration`,
      `answers: ${shown(this.answers)}`, `sets with fields: ${shown(this.fields)}`, `not accepted by Istio: ${shown(this.refused) || 'none'}`,
    ].join('\n');
  }
}

const increase = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

const shown = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a).map(([key, amount]) => `${amount} ${key}`).join(', ');
