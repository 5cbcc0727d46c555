import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkNewCookieName, cookieMatch } from './cookies';
import { StickyOptions } from './sticky-options';
import { checkIsDuration } from '../plan/checks/checks';
import { checkCookieAttributes, writtenAttributes } from '../plan/checks/cookie-attributes';
import { invalid, show } from '../plan/checks/errors';
import { beginningOf } from '../plan/conflicts/overlap';
import { InferenceEndpoint } from '../plan/endpoint';
import { checkHeaderName } from '../plan/header-checks';
import { HeaderChanges } from '../plan/headers';
import { RequestProtocol, RequestMatch } from '../plan/request-match';
import { StringMatch, StringMatchKind } from '../plan/string-match';

/** A valid path of a cookie. */
const COOKIE_PATH = /^\/[!-:<-~]*$/;

/**
 * The cookies and headers that make sessions sticky to an arm.
 *
 * @internal
 */
export class Stickiness {
  private readonly cookie: string;
  private readonly header: string;
  private readonly attributes: string;

  constructor(at: IConstruct, endpoint: InferenceEndpoint, options: StickyOptions) {
    this.cookie = options.cookie ?? `${endpoint.name}-arm`;
    this.header = options.header ?? `x-${endpoint.name.toLowerCase()}-arm`;
    checkHeaderName(at, this.header);
    if (endpoint.grpc.headerSets.some((set) => Object.hasOwn(set, this.header))) {
      throw invalid(at, `sticky header ${this.header}, which identifies the gRPC calls of the endpoint`, 'choose another header for the arm');
    }
    const path = options.path ?? commonPath(endpoint.paths);
    if (!COOKIE_PATH.test(path)) {
      throw invalid(at, `path ${show(path)} of cookie ${this.cookie}`, 'expected a slash and ASCII characters without spaces and semicolons');
    }
    const maxAge = options.maxAge ?? Duration.hours(1);
    checkIsDuration(at, `maxAge of cookie ${this.cookie}`, maxAge);
    const seconds = maxAge.toSeconds({ integral: false });
    if (seconds < 1 || !Number.isInteger(seconds)) {
      throw invalid(at, `maxAge of ${seconds} s of cookie ${this.cookie}`, 'expected 1 s or more, in whole seconds');
    }
    const what = `cookie ${this.cookie}`;
    checkCookieAttributes(at, what, options);
    checkNewCookieName(at, this.cookie, options, path);
    const others = writtenAttributes(options).map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
    this.attributes = [`Path=${path}`, `Max-Age=${seconds}`, 'HttpOnly', ...others].join('; ');
  }

  /** Requests of sticky sessions of an arm. The cookie counts over gRPC too, since responses carry it there. */
  public keeps(arm: string): RequestMatch[] {
    return [
      { headers: { cookie: cookieMatch(this.cookie, arm) } },
      { headers: { [this.header]: StringMatch.exact(arm) }, protocol: RequestProtocol.GRPC },
    ];
  }

  /**
   * Sends the cookie. It is added, since setting it would delete the cookies of the model. Over gRPC it is metadata, which tells a
   * client its arm.
   */
  public handsOut(arm: string): HeaderChanges {
    // An unescaped percent sign would start a variable of Envoy.
    return { add: { 'set-cookie': `${this.cookie}=${arm}; ${this.attributes}`.replaceAll('%', '%%') } };
  }
}

/** The longest cookie path that covers all of these, compared segment by segment as in RFC 6265. */
function commonPath(paths: readonly StringMatch[]): string {
  const parts = paths.map((path) => beginningOf(path).split('/').slice(1, path.kind === StringMatchKind.EXACT ? undefined : -1));
  const [first = [], ...others] = parts;
  const end = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  const common = `/${first.slice(0, end < 0 ? undefined : end).join('/')}`;
  const closed = common.endsWith('/') ? common : `${common}/`;
  return paths.every((path) => beginningOf(path).startsWith(closed)) ? closed : common;
}
