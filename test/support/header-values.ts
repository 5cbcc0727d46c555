/** Values of headers that Istio and Envoy accept; the conformance suite asks them. */
export const ACCEPTED = [
  '', 'iris', 'a\tb', '100%%', '%%REQ(a)%%', '%HOSTNAME%', '%HOSTNAME%%PROTOCOL%', 'for %REQ(:authority)% at %START_TIME%', '%%%HOSTNAME%%%',
  '%REQ(X-A?x-b)%', '%RESP(x-a)%', '%TRAILER(a)%', '%REQUEST_HEADER(a)%', '%RESPONSE_HEADER(a)%', '%STREAM_INFO_REQ(a?)%',
  '%START_TIME(%Y/%m/%dT%H:%M:%S%z)%', '%START_TIME(%s.%3f)%', '%DOWNSTREAM_PEER_CERT_V_END(%b)%', '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(16)%',
  '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', '%DOWNSTREAM_PEER_FINGERPRINT_256%', '%RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)%',
  '%DYNAMIC_METADATA(com.test:key:inner)%', '%UPSTREAM_METADATA(istio:workload)%', '%CLUSTER_METADATA(istio)%', '%METADATA(ROUTE:istio:config)%',
  '%METADATA(VIRTUAL_HOST)%', '%ENVIRONMENT(POD_NAME)%', '%QUERY_PARAM(user)%', '%FILTER_STATE(a)%', '%FILTER_STATE(a:PLAIN)%',
  '%UPSTREAM_FILTER_STATE(a:FIELD:b)%', '%COMMON_DURATION(DS_RX_BEG:US_RX_BEG:us)%', '%COMMON_DURATION(a:b)%', '%GRPC_STATUS%',
  '%GRPC_STATUS(SNAKE_STRING)%', '%PATH%', '%PATH(NQ:ORIG)%', '%PATH(:PATH)%', '%PATH:64%', '%QUERY_PARAMS(DECODED)%', '%QUERY_PARAMS:9%',
  '%REQUESTED_SERVER_NAME(SNI_FIRST:HOST)%', '%XFCC_VALUE(Subject)%', '%CEL(request.headers[\'x-a\'])%', '%TYPED_CEL(response.code)%', '%SPAN_ID%',
];

/** Values that Envoy refuses, with all routes of the gateway's port, and the message of the library. */
export const REFUSED_BY_ENVOY: readonly (readonly [string, string])[] = [
  ['%REQ%', '%REQ% needs the name of a header, or two separated by "?"'],
  ['%REQ(a?b?c)%', '%REQ% needs the name of a header, or two separated by "?"'],
  ['%RESP(A B)%', '%RESP% needs the name of a header, or two separated by "?"'],
  ['%NOT_THERE%', 'Envoy has no variable %NOT_THERE%. Use one of its list, or write %% for a percent sign'],
  ['%REQ_WITHOUT_QUERY(a)%', 'Envoy has no variable %REQ_WITHOUT_QUERY%. Use one of its list, or write %% for a percent sign'],
  ['%hostname%', 'Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign'],
  ['50% off, 20% today', 'Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign'],
  ['%PROTOCOL(x)%', '%PROTOCOL% needs no arguments'],
  ['%HOSTNAME:5%', '%HOSTNAME% cannot be truncated. Remove the length'],
  ['%START_TIME(%n)%', '%START_TIME% needs a time format without %n'],
  ['%ENVIRONMENT%', '%ENVIRONMENT% needs an argument in parentheses'],
  ['%UPSTREAM_METADATA%', '%UPSTREAM_METADATA% needs an argument in parentheses'],
  ['%METADATA%', '%METADATA% needs DYNAMIC, CLUSTER, ROUTE, UPSTREAM_HOST, LISTENER, LISTENER_FILTER_CHAIN or VIRTUAL_HOST, followed by a colon and a namespace'],
  ['%METADATA(a:b)%', '%METADATA% needs DYNAMIC, CLUSTER, ROUTE, UPSTREAM_HOST, LISTENER, LISTENER_FILTER_CHAIN or VIRTUAL_HOST, followed by a colon and a namespace'],
  ['%FILTER_STATE%', '%FILTER_STATE% needs a key, optionally followed by a colon and PLAIN, TYPED, or FIELD with a colon and the name of a field'],
  ['%FILTER_STATE(a:FIELD)%', '%FILTER_STATE% needs a key, optionally followed by a colon and PLAIN, TYPED, or FIELD with a colon and the name of a field'],
  ['%COMMON_DURATION(a)%', '%COMMON_DURATION% needs two points in time and optionally ms, us or ns, separated by colons'],
  ['%COMMON_DURATION(a:b:s)%', '%COMMON_DURATION% needs two points in time and optionally ms, us or ns, separated by colons'],
  ['%GRPC_STATUS(number)%', '%GRPC_STATUS% needs CAMEL_STRING, SNAKE_STRING or NUMBER'],
  ['%PATH(x)%', '%PATH% needs WQ or NQ'],
  ['%PATH(NQ:x)%', '%PATH% needs ORIG, PATH or ORIG_OR_PATH'],
  ['%QUERY_PARAMS(x)%', '%QUERY_PARAMS% needs ORIG or DECODED'],
  ['%REQUESTED_SERVER_NAME(x)%', '%REQUESTED_SERVER_NAME% needs SNI_ONLY, SNI_FIRST or HOST_FIRST'],
  ['%XFCC_VALUE(issuer)%', '%XFCC_VALUE% needs by, hash, cert, chain, subject, uri or dns'],
  ['%CEL(response.code = 200)%', '%CEL% needs a CEL expression'],
];

/** Values that Istio's webhook refuses, and the message of the library. */
export const REFUSED_BY_ISTIO: readonly (readonly [string, string])[] = [
  ['100%', 'Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign'],
  ['%REQ()%', 'Istio rejects empty parentheses. Give %REQ% an argument, or remove them'],
  ['%HOSTNAME( )%', 'Istio rejects empty parentheses. Give %HOSTNAME% an argument, or remove them'],
  ['%DYNAMIC_METADATA()%', 'Istio rejects empty parentheses. Give %DYNAMIC_METADATA% an argument, or remove them'],
  ['%REQ(x-a):16%', 'Istio rejects a length after the argument of %REQ%. Remove the length'],
  ['%CEL(request.headers["x-a"])%', 'Istio rejects quotes, lists and a trailing backslash in the argument of %CEL%'],
  ['%CEL([1, 2])%', 'Istio rejects quotes, lists and a trailing backslash in the argument of %CEL%'],
  ['%ENVIRONMENT(a\\)%', 'Istio rejects quotes, lists and a trailing backslash in the argument of %ENVIRONMENT%'],
  ['%COALESCE({"operators": ["PROTOCOL"]})%', 'Istio rejects quotes, lists and a trailing backslash in the argument of %COALESCE%'],
];

/** Formats that Envoy accepts though Istio refuses them as the value of a header. */
export const ACCEPTED_FORMATS = [
  '%REQ(x-a):16%', '%REQ(x-a?:authority):9% at %START_TIME%', '%COALESCE({"operators": ["PROTOCOL"]})%', '%CEL(request.headers["x-a"])%', '100%%',
];

/** Formats that Envoy refuses, with the whole listener, and the message of the library. */
export const REFUSED_FORMATS: readonly (readonly [string, string])[] = [
  ['%REQ%', '%REQ% needs the name of a header, or two separated by "?"'],
  ['%REQ()%', '%REQ% needs the name of a header, or two separated by "?"'],
  ['%NOT_THERE%', 'Envoy has no variable %NOT_THERE%. Use one of its list, or write %% for a percent sign'],
  ['100%', 'Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign'],
  ['%HOSTNAME:5%', '%HOSTNAME% cannot be truncated. Remove the length'],
  ['%PROTOCOL(x)%', '%PROTOCOL% needs no arguments'],
  ['%COALESCE(x)%', '%COALESCE% needs JSON with a list of operators, which Istio rejects in a header'],
];
