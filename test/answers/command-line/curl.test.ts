import { parseCommandLine } from '../../../src/answers/command-line/command-line';
import { requestOf } from '../../../src/answers/input/request-of';
import { Request } from '../../../src/answers/request';

const U = 'http://a.test';

function request(line: string): Request {
  return requestOf(parseCommandLine(line).input);
}

/** The head of a request as HTTP/1.1 writes it, without the name of curl. */
function head(line: string): string[] {
  const { method, path, query, authority, headers } = request(line);
  const lines = headers.map(({ name, value }) => `${name}: ${value}`).filter((each) => each !== 'user-agent: curl/8.5.0');
  return [`${method} ${path}${query === undefined ? '' : `?${query}`}`, `host: ${authority}`, ...lines];
}

const ACCEPT = 'accept: */*';
const FORM = 'content-type: application/x-www-form-urlencoded';

// What curl 7.88.1 sent to a server.
test.each<[string, readonly string[]]>([
  [`curl ${U}/a/../b/./c?x=../y`, ['GET /b/c?x=../y', 'host: a.test', ACCEPT]],
  [`curl '${U}/a/%2e%2e/b'`, ['GET /a/%2e%2e/b', 'host: a.test', ACCEPT]],
  [`curl ${U}/é`, ['GET /%c3%a9', 'host: a.test', ACCEPT]],
  [`curl ${U}?x=1`, ['GET /?x=1', 'host: a.test', ACCEPT]],
  [`curl ${U}/a/..`, ['GET /', 'host: a.test', ACCEPT]],
  [`curl ${U}/a/./`, ['GET /a/', 'host: a.test', ACCEPT]],
  [`curl ${U}/a/../../b?`, ['GET /b?', 'host: a.test', ACCEPT]],
  [`curl ${U}//x//y`, ['GET //x//y', 'host: a.test', ACCEPT]],
  [`curl --path-as-is ${U}/a/../b`, ['GET /a/../b', 'host: a.test', ACCEPT]],
  [`curl -g '${U}/{a,b}'`, ['GET /{a,b}', 'host: a.test', ACCEPT]],
  [`curl -G -d 'a=b' --data-urlencode 'q=x y&z' --data-urlencode "plain é!*()'~" '${U}/p?z=1'`, [
    'GET /p?z=1&a=b&q=x+y%26z&plain+%c3%a9%21%2a%28%29%27~', 'host: a.test', ACCEPT,
  ]],
  [`curl -d a=1 -d b=2 -H 'X-A: 1' -H 'content-type: application/json' ${U}/`, ['POST /', 'host: a.test', ACCEPT, 'x-a: 1', 'content-type: application/json', 'content-length: 7']],
  [`curl -H 'x-e;' -H 'accept:' -H 'x-gone:' -b 'a=b' -H 'Cookie: c=d' -e 'http://r;auto' -u me:pw -r 0-5 --compressed ${U}/`, [
    'GET /', 'host: a.test', 'authorization: Basic bWU6cHc=', 'range: bytes=0-5', 'accept-encoding: deflate, gzip, br, zstd', 'referer: http://r', 'x-e: ', 'cookie: c=d',
  ]],
  [`curl -b 'a=b' -b 'c=d; ' ${U}/`, ['GET /', 'host: a.test', ACCEPT, 'cookie: a=b;c=d;']],
  [`curl --json '{}' --json '[]' ${U}/`, ['POST /', 'host: a.test', 'content-type: application/json', ACCEPT.replace('*/*', 'application/json'), 'content-length: 4']],
  [`curl -X PATCH ${U}/`, ['PATCH /', 'host: a.test', ACCEPT]],
  ['curl http://u%40x:p@a.test/', ['GET /', 'host: a.test', 'authorization: Basic dUB4OnA=', ACCEPT]],
  [`curl -H 'Host: first' -H 'host: second' ${U}/`, ['GET /', 'host: first', ACCEPT]],
  [`curl -H nocolon -H 'x-trail: v  ' ${U}/`, ['GET /', 'host: a.test', ACCEPT, 'x-trail: v']],
  [`curl -H x-a:b --oauth2-bearer tok -H 'Authorization: Basic q' ${U}/`, ['GET /', 'host: a.test', ACCEPT, 'x-a: b', 'authorization: Basic q']],
  [`curl --oauth2-bearer tok -u a:b ${U}/`, ['GET /', 'host: a.test', 'authorization: Bearer tok', ACCEPT]],
  ['curl "a.test/#frag?x"', ['GET /', 'host: a.test', ACCEPT]],
  [`curl -sSiXPUT -d '' ${U}/`, ['PUT /', 'host: a.test', ACCEPT, 'content-length: 0', FORM]],
  [`curl -I ${U}`, ['HEAD /', 'host: a.test', ACCEPT]],
  [`curl --request-target /odd ${U}/x`, ['GET /odd', 'host: a.test', ACCEPT]],
  [`curl -T /etc/hostname ${U}/dir/`, ['PUT /dir/hostname', 'host: a.test', ACCEPT]],
  [`curl --url-query 'a=c d' --url-query '+raw' '${U}/?x=1'`, ['GET /?x=1&a=c+d&raw', 'host: a.test', ACCEPT]],
  [`curl -H 'Content-Type;' -d a ${U}/`, ['POST /', 'host: a.test', ACCEPT, 'content-type: ', 'content-length: 1']],
  [`curl -A '' ${U}/`, ['GET /', 'host: a.test', ACCEPT]],
  [`curl --tr-encoding ${U}/`, ['GET /', 'host: a.test', ACCEPT, 'connection: TE', 'te: gzip']],
])('%s', (line, lines) => {
  expect(head(line)).toEqual(lines);
});

test.each(['FOO=1 curl', 'A_1=\'x y\' B= curl', 'sudo curl', 'time curl', '$ curl', '$ TOKEN=1 sudo curl'])('%s is curl', (start) => {
  expect(request(`${start} ${U}/x`)).toEqual(request(`curl ${U}/x`));
});

test('a form has a boundary', () => {
  expect(head(`curl -F a=b ${U}`)).toEqual(['POST /', 'host: a.test', ACCEPT, `content-type: multipart/form-data; boundary=${'-'.repeat(24)}0000000000000000`]);
});

test.each([
  [U, '1.1'], ['https://a.test', '2'], [`--http2 ${U}`, '1.1'], [`--http2-prior-knowledge ${U}`, '2'], ['--http1.1 https://a.test', '1.1'], [`-0 ${U}`, '1.0'], ['--http1.0 https://a.test', '1.0'], ['--http2 https://a.test', '2'],
])('curl %s uses HTTP/%s', (args, http) => {
  expect(request(`curl ${args}`).http).toBe(http);
});

test('a command in the form that people have it', () => {
  const line = `$ curl -sk --resolve models.example.com:443:10.0.0.1 -o /dev/null -w '%{http_code}\\n' \\
    -H 'x-tester: yes' https://models.example.com/v2/models/iris/infer \\
    --data @request.json | jq .`;
  const { input, notes } = parseCommandLine(line);
  expect(notes).toEqual([
    'the command ends at "|", as in a shell. Quote words that contain such characters',
    '--resolve changes nothing here, and is ignored',
  ]);
  expect(requestOf(input)).toEqual({
    entry: { kind: 'gateway', port: 443, tls: { serverName: 'models.example.com' } },
    http: '2',
    method: 'POST',
    authority: 'models.example.com',
    path: '/v2/models/iris/infer',
    headers: [
      { name: 'user-agent', value: 'curl/8.5.0' }, { name: 'accept', value: '*/*' }, { name: 'x-tester', value: 'yes' },
      { name: 'content-type', value: 'application/x-www-form-urlencoded' },
    ],
  });
});

test('the host of the URL is the server name, also with a Host header', () => {
  expect(request('curl -H "Host: b.test" https://a.test')).toMatchObject({ authority: 'b.test', entry: { tls: { serverName: 'a.test' } } });
});

test('a Host header without a value is not sent, and one with a semicolon is empty', () => {
  expect(request(`curl -H 'Host:' ${U}`)).toMatchObject({ authority: 'a.test', hasNoHost: true });
  const { authority, hasNoHost } = request(`curl -H 'Host;' ${U}`);
  expect([authority, hasNoHost]).toEqual(['', undefined]);
});

test.each([['a.test:80:b.test:31400', 31400], ['::b.test:31400', 31400], ['A.test::b.test:', 80], ['c.test:80:b.test:1', 80], ['a.test:81:b.test:1', 80]])(
  '--connect-to %s connects to port %d', (value, port) => {
    expect(request(`curl --connect-to ${value} ${U}`)).toMatchObject({ authority: 'a.test', entry: { port } });
  },
);

test('a client certificate, and a token whose claims are read', () => {
  const claims = Buffer.from('{"iss":"me"}').toString('base64url');
  expect(request('curl -E me.pem --key key.pem https://a.test').entry).toMatchObject({ tls: { certificate: {} } });
  expect(request(`curl --oauth2-bearer e30.${claims}.x ${U}`).token).toEqual({ isValid: true, claims: { iss: 'me' } });
});

test.each<[string, readonly string[]]>([
  [`curl -sSvfL -o x ${U}`, []],
  [`curl -m 5 --retry 3 ${U}`, ['-m, --retry change nothing here, and are ignored']],
  [`curl --no-compressed --no-silent ${U}`, ['--no-compressed changes nothing here, and is ignored']],
  [`curl '${U}/{a,b}'`, ['curl would expand the braces and brackets of the URL. They are read literally, as with --globoff']],
  [`curl -b jar.txt -H @headers ${U}`, ['the cookies in the file "jar.txt" are not known, and are left out', 'the headers in the file "headers" are not known, and are left out']],
  [`curl -G --data-urlencode q@file ${U}`, ['--data-urlencode reads the file "file", whose content is not known and is left out']],
  [`curl -x http://proxy:3128 ${U}`, ['-x names a proxy, which is taken to pass the request on as it is']],
  [`curl --socks5 proxy -U me:pw ${U}`, ['--socks5 names a proxy, which is taken to pass the request on as it is', '-U changes nothing here, and is ignored']],
  [`curl --unix-socket /run/gateway.sock ${U}`, ['--unix-socket names a socket. What listens there is taken to pass the request on as it is']],
  [`curl --digest -u a:b ${U}`, ['--digest is ignored. The first request, without credentials, is resolved']],
])('%s has notes', (line, notes) => {
  expect(parseCommandLine(line).notes).toEqual(notes);
});

test.each([
  ['', 'the command line is empty. Give a curl or grpcurl command'],
  ['wget http://a.test', '"wget" is not a command that can be traced. Give a command that begins with curl or grpcurl'],
  ['crul http://a.test', '"crul" is not a command that can be traced. Did you mean curl?'],
  ['curl -s', 'the curl command has no URL. Add one, as in `curl http://models.example.com/v2/models/iris`'],
  ['curl http://a.test b.test', 'the curl command has 2 URLs, "http://a.test" and "b.test". Give one URL, and quote words with spaces'],
  ['curl --heder x http://a.test', 'curl has no option --heder. Did you mean --header?'],
  ['curl --zzzzzz http://a.test', 'curl has no option --zzzzzz. Remove it'],
  ['curl --expand-url {{host}} http://a.test', '--expand-url is not supported here, since its value has variables. Write --url with the value'],
  ['curl --expand-silent http://a.test', 'curl has no option --expand-silent. Remove it'],
  ['curl --variable host=a.test http://a.test', '--variable is not supported here. Write its value where it is used'],
  ['FOO=1 sudo', 'the command line is empty. Give a curl or grpcurl command'],
  ['a-b=1 curl http://a.test', '"a-b=1" is not a command that can be traced. Give a command that begins with curl or grpcurl'],
  ['curl -sW http://a.test', 'curl has no option -W (in -sW). Remove it'],
  ['curl http://a.test -H', 'option -H of curl has no value. Add the value, or remove the option'],
  ['curl http://a.test --next http://b.test', '--next begins another request. Trace one request at a time'],
  ['curl -I -d x http://a.test', 'the curl command has both -I and data, which curl rejects. Remove one of them'],
  ['curl -F a=b -d x http://a.test', 'the curl command has both -F and -d, which curl rejects. Remove one of them'],
  ['curl --connect-to x http://a.test', '--connect-to is "x". Write it as in "models.example.com:443:gateway.local:8443"'],
])('fails for %j', (line, message) => {
  expect(() => request(line)).toThrow(new Error(message));
});
