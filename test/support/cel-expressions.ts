/** Expressions that Istio accepts as filters of logs. */
export const CEL_ACCEPTED: readonly string[] = [
  'true', 'a', 'response.code >= 400', 'response.code == 200 || !has(request.headers) && request.headers["x-a"] == ""', 'a ? b : c ? d : e', '-1 + 2 * 3 % 4 / .5', '!!a', '--1', 'a in [1, 2,]', '[]', '[,]', '{}', '{,}', 'a{,}', '{"a": 1, b: [2],}',
  'a.b(c, d)[0].e', '.a.b', 'a{b: 1, c: 2}', 'a.b{}', '"a\\"b"', "'a'", 'r"\\d"', '"""a\n"b"""', "b'a'", '0x1F', '1u', '1.5e-3', 'a // b', 'f()', '(a)', 'a.startsWith("b") && c', 'null', '1.2', 'a == b == c', 'x.all(y, y > 1)',
];

/** Expressions that Istio rejects, and why. */
export const CEL_REJECTED: readonly (readonly [string, string])[] = [
  ['', 'unexpected end'],
  [' ', 'unexpected end'],
  ['response.code = 500', '"=" at character 15 has no meaning'],
  ['a & b', '"&" at character 3 has no meaning'],
  ['a | b', '"|" at character 3 has no meaning'],
  ['"a', '"\\"" at character 1 has no meaning'],
  ['a b', 'unexpected "b"'],
  ['(a', 'unexpected end, expected ")"'],
  ['a)', 'unexpected ")"'],
  ['[a', 'unexpected end, expected "]"'],
  ['a[', 'unexpected end'],
  ['a[]', 'unexpected "]"'],
  ['f(a,)', 'unexpected ")"'],
  ['{a}', 'unexpected "}", expected ":"'],
  ['{a: 1', 'unexpected end, expected "}"'],
  ['a{1: 2}', 'unexpected "1"'],
  ['a ? b', 'unexpected end, expected ":"'],
  ['a.1', 'unexpected ".1"'],
  ['a.', 'unexpected end'],
  ['*.a', 'unexpected "*"'],
  ['a ==', 'unexpected end'],
  ['in', 'unexpected "in"'],
  ['10.0.0.1', 'unexpected ".0"'],
  ['!-a', 'unexpected "-"'],
  ['a; b', '";" at character 2 has no meaning'],
  ['a and b', 'unexpected "and"'],
  ['[,,]', 'unexpected ",", expected "]"'],
  ['f(,)', 'unexpected ","'],
];
