import { GRPC_SERVICE } from './protocol';
import { Arrival, Verdict } from './stubs';

/** An experiment in Seldon Core 2. */
export interface InnerExperiment {
  /** Candidates with their weights. */
  readonly candidates: Readonly<Record<string, number>>;
  /** The model whose requests the experiment takes over. */
  readonly takesOver?: string;
  readonly mirror?: { readonly name: string; readonly percent: number };
}

/** What runs in Seldon Core 2: models with their versions, experiments, and pipelines. */
export interface InnerWorld {
  readonly models: Readonly<Record<string, number>>;
  readonly experiments: Readonly<Record<string, InnerExperiment>>;
  readonly pipelines: readonly string[];
}

/** The parts of a request that Seldon's own Envoy looks at. */
export type InnerRequest = Pick<Arrival, 'path' | 'headers'>;

/** Who gets a request behind Seldon's own Envoy. */
export interface InnerAnswer {
  /** The model, or `<pipeline>.pipeline`; undefined for none: 404, or gRPC status 12. */
  readonly to?: string;
  /** The model that gets the mirrored request. */
  readonly mirroredTo?: string;
  /** The `x-seldon-route` of the answer. */
  readonly route?: string;
}

/** The response header by which an answer names who gave it. */
export const ANSWERED_BY = 'x-conformance-answered-by';

/** The response header by which an answer names who got the mirrored request. */
export const MIRRORED_TO = 'x-conformance-mirrored-to';

const NO_ANSWER: InnerAnswer = {};

/**
 * Stands in for Seldon Core 2's own Envoy: which model it picks for a request, as was seen of the real one. Shares are exact:
 * of 10 requests to 70 and 30, the models get 7 and 3.
 */
export class SeldonEnvoy {
  private readonly turns = new Map<string, Map<string, number>>();

  constructor(private readonly world: InnerWorld) {}

  /** Who gets a request. */
  public pick({ path, headers }: InnerRequest): InnerAnswer {
    if (!(path.startsWith('/v2') || path.startsWith(`/${GRPC_SERVICE}`))) return NO_ANSWER;
    const sticky = headers.get('x-seldon-route');
    const written = headers.get('seldon-model') ?? [];
    // The path counts only where no header has a value; two empty lines are joined by a comma.
    const inPath = written.join() === '' && (sticky ?? []).join() === '' ? nameIn(path) : undefined;
    // Of several values the first one with a route counts.
    const named = [...written, ...inPath === undefined ? [] : [inPath]].find((name) => this.hasRoute(name));
    return named === undefined ? NO_ANSWER : this.along(named, sticky);
  }

  /** What a stub of the Service answers. */
  public decide(arrival: Arrival): Verdict {
    const { to, mirroredTo, route } = this.pick(arrival);
    if (to === undefined) {
      return { status: 404, grpcStatus: 12 };
    }
    return { headers: { [ANSWERED_BY]: to, ...(route === undefined ? {} : { 'x-seldon-route': route }), ...(mirroredTo === undefined ? {} : { [MIRRORED_TO]: mirroredTo }) } };
  }

  private experimentOf(name: string): InnerExperiment | undefined {
    return name.endsWith('.experiment') ? this.world.experiments[name.slice(0, -'.experiment'.length)]
      : Object.values(this.world.experiments).find(({ takesOver }) => takesOver === name);
  }

  private hasRoute(name: string): boolean {
    return this.experimentOf(name) !== undefined || this.answerOf(name).to !== undefined;
  }

  private along(name: string, sticky: readonly string[] | undefined): InnerAnswer {
    const experiment = this.experimentOf(name);
    if (experiment === undefined) return sticky === undefined ? this.answerOf(name) : NO_ANSWER;
    return sticky === undefined ? this.share(name, experiment) : this.stay(experiment, sticky);
  }

  private answerOf(model: string): InnerAnswer {
    if (model.endsWith('.pipeline')) {
      return this.world.pipelines.includes(model.slice(0, -'.pipeline'.length)) ? { to: model, route: `:${model}:` } : NO_ANSWER;
    }
    const version = this.world.models[model];
    return version === undefined ? NO_ANSWER : { to: model, route: `:${model}_${version}:` };
  }

  private share(name: string, { candidates, mirror }: InnerExperiment): InnerAnswer {
    const answer = this.answerOf(this.next(name, candidates));
    const isMirrored = mirror !== undefined && this.next(`${name} mirror`, { yes: mirror.percent, no: 100 - mirror.percent }) === 'yes';
    return isMirrored ? { ...answer, mirroredTo: mirror.name } : answer;
  }

  /** Only an experiment with a choice has a route for each version of its models; requests there are not mirrored. */
  private stay({ candidates }: InnerExperiment, sticky: readonly string[]): InnerAnswer {
    const names = Object.keys(candidates);
    const found = names.length < 2 ? undefined : names.find((name) => sticky.some((line) => line.includes(this.answerOf(name).route!)));
    return found === undefined ? NO_ANSWER : this.answerOf(found);
  }

  /** Whose turn it is: each gets its weight, and who has most pays for all. */
  private next(name: string, weights: Readonly<Record<string, number>>): string {
    const turns = this.turns.get(name) ?? new Map<string, number>();
    this.turns.set(name, turns);
    let sum = 0;
    let chosen = '';
    for (const [each, weight] of Object.entries(weights)) {
      sum += weight;
      turns.set(each, (turns.get(each) ?? 0) + weight);
      if (chosen === '' || turns.get(each)! > turns.get(chosen)!) {
        chosen = each;
      }
    }
    turns.set(chosen, turns.get(chosen)! - sum);
    return chosen;
  }
}

/** The name in a path. That of a model may be followed by a query, that of a pipeline by a slash only. */
function nameIn(path: string): string | undefined {
  const model = /^\/v2\/models\/([^/]*)/.exec(path)?.[1];
  const found = /^\/v2\/pipelines\/([^/]*)\//.exec(path)?.[1];
  return model ?? (found === undefined ? undefined : `${found}.pipeline`);
}
