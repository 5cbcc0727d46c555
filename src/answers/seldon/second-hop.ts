import { Core2Row } from './core2-row';
import { ConditionalRow, Core2Arm, Core2Table, EXPERIMENT_SUFFIX } from './core2-table';
import { linesOf, requestedNames, whyUnnamed } from './requested-names';
import { askedArms } from './sticky-route';
import { ROUTE_HEADER } from '../../plan/core2-service';
import { DeliveredRequest, Mirror, Outcome, Place, ProxyResponder, ServiceResponder, Step } from '../answer';
import { isGrpcCall } from '../delivery/local-reply';
import { shadowHost } from '../delivery/shadow-host';
import { Fraction } from '../fraction';

/**
 * Who answers a request in Seldon Core 2, under a condition.
 *
 * @internal
 */
export interface HopCase {
  /** When the case holds, as a clause; undefined if always. A case with a condition holds if no earlier one does. */
  readonly condition?: string;
  /** Who answers. The shares add up to 1. */
  readonly outcomes: readonly Outcome[];
  /** Who gets mirrored requests. */
  readonly mirrors: readonly Mirror[];
}

/**
 * What Seldon Core 2's own Envoy does with a request.
 *
 * @internal
 */
export interface SecondHop {
  /** The cases: one without a condition, or several. */
  readonly cases: readonly HopCase[];
  /** The steps, computed only for traces. */
  steps(): readonly Step[];
}

/** Prefixes of the paths that it serves. @internal */
export const SERVED: readonly string[] = ['/v2', '/inference.GRPCInferenceService'];

const OTHERWISE = 'otherwise';

const NO_MIRRORS: readonly Mirror[] = [];

/**
 * What Seldon Core 2's own Envoy does with a request at port 80 of `seldon-mesh`.
 *
 * @param table The routes of the runtime.
 * @param delivered The request as it arrives.
 * @internal
 */
export function secondHop(table: Core2Table, delivered: DeliveredRequest): SecondHop {
  return new Hop(table, delivered).answer();
}

/**
 * The only Model or Pipeline that a request can reach, for requests that name one: as the way of most requests is, without conditions, shares and
 * mirrors. Undefined if it is not that simple.
 *
 * @internal
 */
export function onlyArm(table: Core2Table, { path, headers }: DeliveredRequest): Core2Arm | undefined {
  if (!SERVED.some((prefix) => path.startsWith(prefix)) || linesOf(headers, ROUTE_HEADER).length > 0) return undefined;
  const names = requestedNames(headers, path);
  return names.length === 1 ? table.onlyArm(names[0]) : undefined;
}

/** A route, or an Experiment that is not known. */
type OpenRow = ConditionalRow & { readonly isOpen?: true };

/** What the routes of a name do with a request. */
interface Offer {
  readonly name: string;
  readonly cases: readonly HopCase[];
}

/** The way of one request. */
class Hop {
  constructor(private readonly table: Core2Table, private readonly delivered: DeliveredRequest) {}

  public answer(): SecondHop {
    const { path, headers } = this.delivered;
    if (!SERVED.some((prefix) => path.startsWith(prefix))) return this.refused(`Seldon serves only paths that begin with ${SERVED.join(' or ')}`);
    const requested = requestedNames(headers, path);
    const names = requested.length < 2 ? requested : [...new Set(requested)];
    if (names.length === 0) return this.refused(whyUnnamed(path));
    const certain = names.length === 1 ? certainRow(this.rowsOf(names[0])) : undefined;
    if (certain !== undefined) return { cases: inTurn(this.along(certain)), steps: () => this.stepsOf(certain) };
    const found = names.map((name) => ({ name, rows: this.rowsOf(name) })).filter(({ rows }) => rows.length > 0);
    if (found.length === 0) {
      const absences = names.map((name) => this.table.whyAbsent(name));
      return this.refused(absences.map(({ reason }) => reason).join(', and '), absences.find(({ place }) => place !== undefined)?.place);
    }
    const offers = found.map(({ name, rows }) => ({ name, cases: rows.flatMap((row) => this.offersOf(row)) }));
    const steps = () => found.flatMap(({ rows }) => rows.flatMap(({ row }) => (row === undefined ? [] : this.stepsOf(row))));
    return { cases: this.firstOf(offers), steps };
  }

  private rowsOf(name: string): readonly OpenRow[] {
    const rows = this.table.find(name);
    if (rows.length > 0 || this.table.isKnown || !name.endsWith(EXPERIMENT_SUFFIX) || this.table.hasExperiment(name)) return rows;
    return [{ condition: `${this.table.describe(name)} exists`, isOpen: true }, {}];
  }

  /** The cases in which a route answers, or refuses, a request. */
  private offersOf({ condition, row, isOpen }: OpenRow): readonly HopCase[] {
    const cases = isOpen ? [caseOf(this.somebody(), this.delivered)] : row === undefined ? [this.notFound('no such route exists')] : this.along(row);
    return cases.map((each) => under(condition, each));
  }

  /** If several names have a route that answers, the order of the routes decides, which is not known. */
  private firstOf(offers: readonly Offer[]): readonly HopCase[] {
    const answering = offers.filter(({ cases }) => cases.some(isAnswered));
    if (answering.length < 2) return inTurn((answering[0] ?? offers[0]).cases);
    return answering.flatMap(({ name, cases }) => {
      const others = answering.filter((other) => other.name !== name);
      const certain = cases.some((each) => each.condition === undefined && isAnswered(each));
      const all = certain ? cases.filter(isAnswered) : [...cases.filter(isAnswered), ...this.firstOf(others)];
      return inTurn(all).map((each) => under(`Seldon's Envoy has its route for ${name} before ${others.map((other) => other.name).join(' and ')}`, each));
    });
  }

  /** The cases of a route: those of a session that is sticky, or the shares of the arms. */
  private along(row: Core2Row): readonly HopCase[] {
    const routes = linesOf(this.delivered.headers, ROUTE_HEADER);
    return routes.length === 0 ? [this.shared(row)] : this.sticky(row, routes);
  }

  private shared(row: Core2Row): HopCase {
    const arms = this.table.armsOf(row);
    if (arms.length === 0) {
      const place = { object: row.object, field: ['spec', 'candidates'] };
      const responder: ProxyResponder = { kind: 'unavailable', reason: `all weights of ${row.object} are 0, so Seldon's Envoy rejects its routes`, place };
      return { outcomes: [{ share: Fraction.ALL, responder }], mirrors: NO_MIRRORS };
    }
    const { delivered } = this;
    return { outcomes: arms.map(({ share, responder, response }) => ({ share, responder, delivered, response })), mirrors: this.mirrorsOf(row) };
  }

  private mirrorsOf({ mirror, object }: Core2Row): readonly Mirror[] {
    if (mirror === undefined || mirror.percent === 0) return NO_MIRRORS;
    const { target, percent } = mirror;
    return [{
      share: Fraction.of(percent, 100),
      responder: this.table.responder(target, object.name),
      delivered: { ...this.delivered, authority: shadowHost(this.delivered.authority) },
      place: { object, field: ['spec', 'mirror'] },
    }];
  }

  private sticky(row: Core2Row, routes: readonly string[]): readonly HopCase[] {
    const { object } = row;
    const asked = row.isSticky ? askedArms(row, routes) : [];
    const none = this.notFound(row.isSticky ? `${ROUTE_HEADER} names no arm of ${object}` : `${object} has no route for requests with ${ROUTE_HEADER}`);
    const cases: HopCase[] = [];
    for (const { target, versions } of asked) {
      const { responder, response } = this.table.armOf(row, target, Fraction.ALL, versions.length === 1 ? versions[0] : undefined);
      const own: HopCase = { outcomes: [{ share: Fraction.ALL, responder, delivered: this.delivered, response }], mirrors: NO_MIRRORS };
      if (versions.length === 0) return [...cases, own];
      const shown = versions.length === 1 ? `version ${versions[0]}` : `one of versions ${versions.join(', ')}`;
      cases.push(under(`${shown} is the current one of Model ${this.table.namespace}/${target.name}`, own));
    }
    return [...cases, none];
  }

  /** A candidate of an Experiment that is not known. */
  private somebody(): ServiceResponder {
    return { kind: 'service', host: this.table.host, port: 80, workloads: [] };
  }

  private refused(reason: string, place?: Place): SecondHop {
    const at = place === undefined ? {} : { place };
    return { cases: [this.notFound(reason, place)], steps: () => [{ stage: 'seldon', matched: false, text: reason, ...at }] };
  }

  /** Envoy answers gRPC calls without a route with status 12. */
  private notFound(reason: string, place?: Place): HopCase {
    const responder: ProxyResponder = { kind: 'not-found', ...isGrpcCall(linesOf(this.delivered.headers, 'content-type')) ? { status: 200, grpcStatus: 'UNIMPLEMENTED' } : { status: 404 }, reason, ...place === undefined ? {} : { place } };
    return { outcomes: [{ share: Fraction.ALL, responder }], mirrors: [] };
  }

  private stepsOf(row: Core2Row): readonly Step[] {
    const rejections = row.experiment === undefined ? this.table.rejectionsFor(row.name) : [];
    return [...rejections.map(({ reason, place }): Step => ({ stage: 'seldon', matched: false, text: reason, place })), this.stepOf(row)];
  }

  private stepOf({ name, object, experiment }: Core2Row): Step {
    const text = experiment === undefined ? `seldon-model ${name} is ${object}` : `seldon-model ${name} is shared by ${experiment}`;
    return { stage: 'seldon', matched: true, text, place: { object, field: experiment === undefined ? ['metadata', 'name'] : ['spec', 'candidates'] } };
  }
}

function caseOf(responder: ServiceResponder, delivered: DeliveredRequest): HopCase {
  return { outcomes: [{ share: Fraction.ALL, responder, delivered }], mirrors: [] };
}

/** The only route of a name, if it exists without a condition. */
function certainRow(rows: readonly OpenRow[]): Core2Row | undefined {
  return rows.length === 1 && rows[0].condition === undefined && rows[0].isOpen === undefined ? rows[0].row : undefined;
}

function isAnswered({ outcomes }: HopCase): boolean {
  return outcomes.some(({ responder }) => responder.kind !== 'not-found');
}

/** Cases of which the first holds whose condition is true: up to the first one without a condition. */
function inTurn(cases: readonly HopCase[]): readonly HopCase[] {
  const last = cases.findIndex(({ condition }) => condition === undefined);
  const possible = last < 0 ? cases : cases.slice(0, last + 1);
  return possible.length === 1 ? possible : possible.map((each) => (each.condition === undefined ? { ...each, condition: OTHERWISE } : each));
}

function under(condition: string | undefined, each: HopCase): HopCase {
  if (condition === undefined) return each;
  return { ...each, condition: each.condition === undefined ? condition : `${condition}, and ${each.condition}` };
}
