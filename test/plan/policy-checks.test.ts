import { Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { PathRewrite, RoutePolicy } from '../../src/plan/policy';
import { checkPolicy } from '../../src/plan/policy-checks';
import { StringMatch } from '../../src/plan/string-match';

const CONDITIONS = '5xx, gateway-error, reset, reset-before-request, connect-failure, envoy-ratelimited, retriable-4xx, refused-stream, '
  + 'retriable-status-codes, retriable-headers, http3-post-connect-failure, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable';
const STATUSES = 'OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED, '
  + 'FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED';
const MS = 'Expected 1 ms or more, in whole milliseconds';
const DURATION = 'Expected a Duration, such as Duration.seconds(5)';
const ORIGIN = StringMatch.exact('https://example.com');

function check(policy: RoutePolicy): void {
  checkPolicy(new Construct(Testing.chart(), 'route'), policy);
}

test.each<[string, RoutePolicy]>([
  ['nothing', {}],
  ['everything', {
    rewrite: PathRewrite.matched('/'),
    timeout: Duration.millis(1),
    retries: { attempts: 2147483647, perTryTimeout: Duration.millis(1), retryOn: ['5xx', '503', 'unavailable', 'http3-post-connect-failure'] },
    delay: { percent: 0, delay: Duration.millis(1) },
    abort: { percent: 100, httpStatus: 599 },
    cors: { allowOrigins: [ORIGIN], allowMethods: ['GET', '*'], allowHeaders: ['X-User', '*'], exposeHeaders: ['x-a'], maxAge: Duration.days(1), allowCredentials: true },
  }],
  ['no retries at all', { retries: { attempts: 0, retryOn: [] } }],
  ['a try as long as all of them', { timeout: Duration.seconds(1), retries: { attempts: 1, perTryTimeout: Duration.millis(1000) } }],
  ['a try without a time for all', { retries: { attempts: 1, perTryTimeout: Duration.hours(1) } }],
  ['more tries than the time allows', { timeout: Duration.seconds(1), retries: { attempts: 9, perTryTimeout: Duration.millis(900) } }],
  ['the smallest share', { delay: { percent: 0.0001, delay: Duration.seconds(1) }, abort: { percent: 0.0001, grpcStatus: 'DATA_LOSS' } }],
  ['any origin without cookies', { cors: { allowOrigins: [StringMatch.exact('*')], allowCredentials: false } }],
  ['no origin', { cors: { allowOrigins: [] } }],
])('takes %s', (_what, policy) => {
  expect(() => check(policy)).not.toThrow();
});

describe('fails for', () => {
  test.each<[string, RoutePolicy, string]>([
    ['a timeout of 0', { timeout: Duration.millis(0) }, `policy.timeout of 0 ms. ${MS}`],
    ['a timeout of half a millisecond', { timeout: Duration.millis(0.5) }, `policy.timeout of 0.5 ms. ${MS}`],
    ['a timeout between milliseconds', { timeout: Duration.millis(1.5) }, `policy.timeout of 1.5 ms. ${MS}`],
    ['a try of 0', { retries: { attempts: 1, perTryTimeout: Duration.millis(0) } }, `policy.retries.perTryTimeout of 0 ms. ${MS}`],
    ['a try that outlives the request', { timeout: Duration.seconds(2), retries: { attempts: 1, perTryTimeout: Duration.millis(2001) } },
      'policy.retries.perTryTimeout of 2001 ms and policy.timeout of 2000 ms. The timeout applies to all tries together, so Envoy would ignore the timeout '
      + 'of each try. Shorten it, or leave it out'],
    ['negative attempts', { retries: { attempts: -1 } }, 'policy.retries.attempts -1. Expected a whole number from 0 to 2147483647'],
    ['half an attempt', { retries: { attempts: 0.5 } }, 'policy.retries.attempts 0.5. Expected a whole number from 0 to 2147483647'],
    ['too many attempts', { retries: { attempts: 2147483648 } }, 'policy.retries.attempts 2147483648. Expected a whole number from 0 to 2147483647'],
    ['0 attempts with a time for each', { retries: { attempts: 0, perTryTimeout: Duration.seconds(1) } },
      'policy.retries with 0 attempts and perTryTimeout. Set the number of attempts, or leave the rest out'],
    ['0 attempts with conditions', { retries: { attempts: 0, retryOn: ['5xx'] } }, 'policy.retries with 0 attempts and retryOn. Set the number of attempts, or leave the rest out'],
    ['a condition that Envoy does not know', { retries: { attempts: 1, retryOn: ['5xx', 'timeout'] } },
      `policy.retries.retryOn "timeout". Expected an HTTP status or one of ${CONDITIONS}`],
    ['a condition in capitals', { retries: { attempts: 1, retryOn: ['Reset'] } }, `policy.retries.retryOn "Reset". Expected an HTTP status or one of ${CONDITIONS}`],
    ['two conditions in one', { retries: { attempts: 1, retryOn: ['5xx,reset'] } }, `policy.retries.retryOn "5xx,reset". Expected an HTTP status or one of ${CONDITIONS}`],
    ['an empty condition', { retries: { attempts: 1, retryOn: [''] } }, `policy.retries.retryOn "". Expected an HTTP status or one of ${CONDITIONS}`],
    ['an unknown status', { retries: { attempts: 1, retryOn: ['299'] } }, `policy.retries.retryOn "299". Expected an HTTP status or one of ${CONDITIONS}`],
    ['a delay of 0', { delay: { percent: 1, delay: Duration.millis(0) } }, `policy.delay.delay of 0 ms. ${MS}`],
    ['a negative share of delays', { delay: { percent: -1, delay: Duration.seconds(1) } }, 'policy.delay.percent -1. Expected a percentage from 0 to 100'],
    ['a share of delays above all', { delay: { percent: 100.1, delay: Duration.seconds(1) } }, 'policy.delay.percent 100.1. Expected a percentage from 0 to 100'],
    ['a share of delays that Envoy cannot count', { delay: { percent: 0.00001, delay: Duration.seconds(1) } },
      'policy.delay.percent 0.00001. The smallest share above 0 is 0.0001'],
    ['no share of delays', { delay: { percent: NaN, delay: Duration.seconds(1) } }, 'policy.delay.percent NaN. Expected a percentage from 0 to 100'],
    ['a share of aborts above all', { abort: { percent: 101, httpStatus: 500 } }, 'policy.abort.percent 101. Expected a percentage from 0 to 100'],
    ['a share of aborts that Envoy cannot count', { abort: { percent: 0.00005, httpStatus: 500 } }, 'policy.abort.percent 0.00005. The smallest share above 0 is 0.0001'],
    ['an abort without a status', { abort: { percent: 1 } }, 'policy.abort with no status. Give it an httpStatus or a grpcStatus'],
    ['an abort with two', { abort: { percent: 1, httpStatus: 500, grpcStatus: 'INTERNAL' } }, 'policy.abort with two statuses. Give it an httpStatus or a grpcStatus'],
    ['an HTTP status below 200', { abort: { percent: 1, httpStatus: 199 } }, 'policy.abort.httpStatus 199. Expected a whole number from 200 to 599'],
    ['an HTTP status above 599', { abort: { percent: 1, httpStatus: 600 } }, 'policy.abort.httpStatus 600. Expected a whole number from 200 to 599'],
    ['a gRPC status by its number', { abort: { percent: 1, grpcStatus: '14' } }, `policy.abort.grpcStatus "14". Expected one of ${STATUSES}`],
    ['a gRPC status in small letters', { abort: { percent: 1, grpcStatus: 'unavailable' } }, `policy.abort.grpcStatus "unavailable". Expected one of ${STATUSES}`],
    ['an empty origin', { cors: { allowOrigins: [StringMatch.exact('')] } }, 'policy.cors.allowOrigins with an empty origin. Expected an origin such as "https://example.com"'],
    ['any origin with cookies', { cors: { allowOrigins: [ORIGIN, StringMatch.exact('*')], allowCredentials: true } },
      'policy.cors.allowOrigins "*" with allowCredentials. Any page could call with the cookies of its visitor. Name the origins'],
    ['a method in small letters', { cors: { allowOrigins: [ORIGIN], allowMethods: ['get'] } },
      'policy.cors.allowMethods "get". Expected one of GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE, *'],
    ['an invalid header', { cors: { allowOrigins: [ORIGIN], allowHeaders: ['x user'] } }, 'policy.cors.allowHeaders "x user". Expected a header name or "*"'],
    ['an invalid exposed header', { cors: { allowOrigins: [ORIGIN], exposeHeaders: [''] } }, 'policy.cors.exposeHeaders "". Expected a header name or "*"'],
    ['a memory of half a second', { cors: { allowOrigins: [ORIGIN], maxAge: Duration.millis(500) } }, 'policy.cors.maxAge of 500 ms. Expected whole seconds'],
  ])('%s', (_what, policy, message) => {
    expect(() => check(policy)).toThrow(new Error(`${message} (at test/route)`));
  });
});

describe('fails in plain JavaScript for', () => {
  test.each<[string, unknown, string]>([
    ['a policy of null', null, 'policy null. Expected an object with timeout, retries, delay, abort, cors or rewrite'],
    ['a policy that is a number', 5, 'policy 5. Expected an object with timeout, retries, delay, abort, cors or rewrite'],
    ['retries by their number', { retries: 3 }, 'policy.retries 3. Expected an object with attempts'],
    ['retries without attempts', { retries: {} }, 'policy.retries.attempts undefined. Expected a whole number from 0 to 2147483647'],
    ['attempts in quotes', { retries: { attempts: '3' } }, 'policy.retries.attempts "3". Expected a whole number from 0 to 2147483647'],
    ['conditions as Istio writes them', { retries: { attempts: 1, retryOn: '5xx,reset' } }, 'policy.retries.retryOn "5xx,reset". Expected a list of strings'],
    ['a status as a number', { retries: { attempts: 1, retryOn: [503] } }, 'policy.retries.retryOn[0] 503. Expected a string'],
    ['a delay by its time', { delay: 5 }, 'policy.delay 5. Expected an object with percent and delay'],
    ['a delay without a time', { delay: { percent: 1 } }, `policy.delay.delay undefined. ${DURATION}`],
    ['an abort by its status', { abort: 503 }, 'policy.abort 503. Expected an object with percent and httpStatus or grpcStatus'],
    ['an abort without a share', { abort: { httpStatus: 503 } }, 'policy.abort.percent undefined. Expected a percentage from 0 to 100'],
    ['CORS for all', { cors: '*' }, 'policy.cors "*". Expected an object with allowOrigins'],
    ['CORS without origins', { cors: {} }, 'policy.cors.allowOrigins undefined. Expected a list of StringMatch'],
    ['an origin in quotes', { cors: { allowOrigins: ['https://a.b'] } },
      'policy.cors.allowOrigins[0] "https://a.b". Expected a StringMatch, such as StringMatch.exact("https://a.b")'],
    ['methods outside a list', { cors: { allowOrigins: [ORIGIN], allowMethods: 'GET' } }, 'policy.cors.allowMethods "GET". Expected a list of strings'],
    ['headers that are numbers', { cors: { allowOrigins: [ORIGIN], allowHeaders: [5] } }, 'policy.cors.allowHeaders[0] 5. Expected a string'],
  ])('%s', (_what, policy, message) => {
    expect(() => check(policy as RoutePolicy)).toThrow(new Error(`${message} (at test/route)`));
  });
});

test.each([100, 103, 200, 208, 226, 300, 305, 307, 308, 400, 418, 421, 426, 428, 429, 431, 451, 500, 508, 510, 511])('Istio knows the status %d', (status) => {
  expect(() => check({ retries: { attempts: 1, retryOn: [String(status)] } })).not.toThrow();
});

test.each(['099', '104', '199', '209', '225', '227', '299', '306', '309', '399', '419', '420', '427', '430', '432', '450', '452', '499', '509', '512', '5030', 'x503', '503x'])(
  'Istio does not know the status %s', (status) => {
    expect(() => check({ retries: { attempts: 1, retryOn: [status] } })).toThrow(`policy.retries.retryOn "${status}". Expected an HTTP status or one of ${CONDITIONS}`);
  },
);
