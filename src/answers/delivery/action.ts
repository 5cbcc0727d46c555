import { RuleArm, armsOf, FindDestination } from './arm';
import { Cors, corsOf } from './cors';
import { Abort, abortOf, delayOf } from './fault';
import { mirrorsOf, RuleMirror } from './mirrors';
import { Redirect, redirectOf } from './redirect';
import { retriesOf } from './retries';
import { PathRewrite, pathRewriteOf } from './rewrite';
import { Cluster } from '../../cluster/cluster';
import { isObject, numberOf, objectOf, stringOf } from '../../cluster/json';
import { Delay, Place, ProxyResponder, Retries } from '../answer';
import { Destination } from '../destinations/destinations';
import { Fraction } from '../fraction';
import { Route } from '../routes/route';

/**
 * What a rule does with requests.
 *
 * @internal
 */
export interface Action {
  /** The rule. */
  readonly place: Place;
  /** The share of the requests that no fault ends. */
  readonly rest: Fraction;
  /** The CORS policy. */
  readonly cors: Cors | undefined;
  /** The fault that ends requests. */
  readonly abort: Abort | undefined;
  /** The fault that delays requests. */
  readonly delay: Delay | undefined;
  /** The redirect, if it is one. */
  readonly redirect: Redirect | undefined;
  /** The answer of the proxy, if it answers itself. */
  readonly response: ProxyResponder | undefined;
  /** The destinations, largest share first, with their shares of all requests. */
  readonly arms: readonly RuleArm[];
  /** Their destinations. */
  readonly destinations: readonly Destination[];
  /** The mirrors. */
  readonly mirrors: readonly RuleMirror[];
  /** The rewrite of the path. */
  readonly rewrite: PathRewrite | undefined;
  /** The time limit, as written. */
  readonly timeout: string | undefined;
  /** The retries. */
  readonly retries: Retries | undefined;
}

/**
 * Compiles what the rule of a route does.
 *
 * @param find Finds destinations as the proxy does.
 * @internal
 */
export function actionOf(cluster: Cluster, { written, match, owner }: Route, find: FindDestination): Action {
  const { object, rule } = written;
  const field = written.field.slice(0, 3);
  const abort = abortOf(rule);
  const rest = abort?.share.rest ?? Fraction.ALL;
  const place = { object, field: written.field };
  const own = { place, rest, cors: corsOf(rule), abort, delay: delayOf(rule) };
  if (isObject(rule.redirect)) {
    const redirect = redirectOf(rule.redirect, match.path, owner.proxy.port, owner.proxy.tls);
    return withoutArms(own, redirect, redirect === undefined ? unsupported() : undefined);
  }
  if (isObject(rule.directResponse)) return withoutArms(own, undefined, responseOf(rule.directResponse));
  const all = armsOf(cluster, object, field, rule, find);
  const arms = (rest.isAll ? [...all] : all.map((arm) => ({ ...arm, share: arm.share.times(rest) }))).sort((a, b) => b.share.compare(a.share));
  if (arms.length === 0) return withoutArms(own, undefined, { kind: 'unavailable', status: 503, reason: 'the rule has no destination with a weight' });
  const { cors, delay } = own;
  // Without a spread: V8 would store what follows it apart from the object, which each request reads.
  return {
    place,
    rest,
    cors,
    abort,
    delay,
    redirect: undefined,
    response: undefined,
    arms,
    destinations: arms.map(({ destination }) => destination),
    mirrors: mirrorsOf(cluster, object, field, rule, find),
    rewrite: pathRewriteOf(rule, match.path),
    timeout: timeoutOf(stringOf(rule.timeout)),
    retries: retriesOf(rule),
  };
}

/** The action of a rule that answers itself. */
function withoutArms({ place, rest, cors, abort, delay }: Own, redirect: Redirect | undefined, response: ProxyResponder | undefined): Action {
  const nowhere = { arms: [], destinations: [], mirrors: [], rewrite: undefined };
  return { place, rest, cors, abort, delay, redirect, response, ...nowhere, timeout: undefined, retries: undefined };
}

/** What rules do that have no destinations, too. */
type Own = Pick<Action, 'place' | 'rest' | 'cors' | 'abort' | 'delay'>;

/** A timeout of zero means no limit. */
function timeoutOf(written: string | undefined): string | undefined {
  return written === undefined || /^[0.hmnsuµ]*$/.test(written) ? undefined : written;
}

function responseOf({ status, body }: { readonly [field: string]: unknown }): ProxyResponder {
  const text = status === 204 ? undefined : stringOf(objectOf(body).string) ?? decoded(stringOf(objectOf(body).bytes));
  return { kind: 'response', status: numberOf(status), ...text === undefined ? {} : { body: text }, reason: 'the rule answers directly' };
}

function decoded(bytes: string | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0)));
  } catch {
    // The API server rejects what is not base64.
    return undefined;
  }
}

function unsupported(): ProxyResponder {
  return { kind: 'unavailable', status: 503, reason: 'Istio does not support the status of the redirect' };
}
