import { headerValueFault } from '../../../src/objects/istio/header-value-fault';

test.each(['', 'a', '%%', '100%%', '%REQ(x-a)%', '%START_TIME(%s\\)a)%', '%UPSTREAM_METADATA(["a", "b"] )%', '%PROTOCOL%b', 'a\tb', '%A(b)  %'])('accepted: %j', (value) => {
  expect(headerValueFault(value)).toBeUndefined();
});

test.each(['%', '%()%', '%REQ( "x" )%', 'a%', '%%%', '%a', '%A(', '%A(b', '%A(b)', '%A(b)c%', '%A([a])%', '%A(["a" "b"])%', '%A(["a"]b)%', '%A("\\'])('rejected: %j', (value) => {
  expect(headerValueFault(value)).toBe('has a percent sign that begins no variable');
});

test.each(['a\nb', '\x00', '\x7f', '\r'])('a control character: %j', (value) => {
  expect(headerValueFault(value)).toBe('has a line break or another control character');
});
