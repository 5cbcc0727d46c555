// Made of CRDs by scripts/import.ts: do not edit.

/**
 * The schemas of kinds by API version and kind, each as the position of one of the rows.
 *
 * @internal
 */
export const SCHEMAS_OF_KINDS: { readonly [kind: string]: number } = {
  'machinelearning.seldon.io/v1/SeldonDeployment': 436,
  'mlops.seldon.io/v1alpha1/Experiment': 441,
  'mlops.seldon.io/v1alpha1/Model': 447,
  'mlops.seldon.io/v1alpha1/Pipeline': 455,
  'mlops.seldon.io/v1alpha1/SeldonConfig': 472,
  'mlops.seldon.io/v1alpha1/SeldonRuntime': 476,
  'mlops.seldon.io/v1alpha1/Server': 485,
  'mlops.seldon.io/v1alpha1/ServerConfig': 478,
  'networking.istio.io/v1/DestinationRule': 68,
  'networking.istio.io/v1/Gateway': 79,
  'networking.istio.io/v1/ServiceEntry': 100,
  'networking.istio.io/v1/Sidecar': 111,
  'networking.istio.io/v1/VirtualService': 174,
  'networking.istio.io/v1alpha3/DestinationRule': 68,
  'networking.istio.io/v1alpha3/Gateway': 79,
  'networking.istio.io/v1alpha3/ServiceEntry': 100,
  'networking.istio.io/v1alpha3/Sidecar': 111,
  'networking.istio.io/v1alpha3/VirtualService': 174,
  'networking.istio.io/v1beta1/DestinationRule': 68,
  'networking.istio.io/v1beta1/Gateway': 79,
  'networking.istio.io/v1beta1/ServiceEntry': 100,
  'networking.istio.io/v1beta1/Sidecar': 111,
  'networking.istio.io/v1beta1/VirtualService': 174,
  'security.istio.io/v1/AuthorizationPolicy': 199,
  'security.istio.io/v1/PeerAuthentication': 204,
  'security.istio.io/v1/RequestAuthentication': 218,
  'security.istio.io/v1beta1/AuthorizationPolicy': 199,
  'security.istio.io/v1beta1/PeerAuthentication': 204,
  'security.istio.io/v1beta1/RequestAuthentication': 218,
  'telemetry.istio.io/v1/Telemetry': 252,
  'telemetry.istio.io/v1alpha1/Telemetry': 252,
};

/**
 * The position of the schema of the metadata of all kinds.
 *
 * @internal
 */
export const METADATA_ROW = 487;

/**
 * Schemas, each a line of JSON. They refer to each other by the number of the line, from 0.
 *
 * @internal
 */
export const SCHEMA_ROWS = `
{"type":"string"}
{"items":0,"type":"array"}
{"additionalProperties":0,"type":"object"}
{"enum":["DEFAULT","DO_NOT_UPGRADE","UPGRADE"],"type":"string"}
{"format":"int32","type":"integer"}
{"type":"string","x-kubernetes-validations":["duration(self) >= duration('1ms')"]}
{"type":"boolean"}
{"properties":{"interval":0,"timeout":0},"type":"object"}
{"properties":{"h2UpgradePolicy":3,"http1MaxPendingRequests":4,"http2MaxRequests":4,"idleTimeout":5,"maxConcurrentStreams":4,"maxRequestsPerConnection":4,"maxRetries":4,"useClientProtocol":6,"http2KeepAlive":7},"type":"object"}
{"maximum":4294967295,"minimum":0,"type":"integer"}
{"properties":{"interval":5,"probes":9,"time":5},"type":"object"}
{"properties":{"connectTimeout":5,"idleTimeout":0,"maxConnectionDuration":5,"maxConnections":4,"tcpKeepalive":10},"type":"object"}
{"properties":{"http":8,"tcp":11},"type":"object"}
{"required":["simple"]}
{"required":["consistentHash"]}
{"anyOf":[13,14]}
{"not":15}
{"required":["httpHeaderName"]}
{"required":["httpCookie"]}
{"required":["useSourceIp"]}
{"required":["httpQueryParameterName"]}
{"anyOf":[17,18,19,20]}
{"not":21}
{"oneOf":[22,17,18,19,20]}
{"required":["ringHash"]}
{"required":["maglev"]}
{"anyOf":[24,25]}
{"not":26}
{"oneOf":[27,24,25]}
{"properties":{"name":0,"value":0},"required":["name"],"type":"object"}
{"items":29,"type":"array"}
{"properties":{"attributes":30,"name":0,"path":0,"ttl":0},"required":["name"],"type":"object"}
{"minimum":0,"type":"integer"}
{"properties":{"tableSize":32},"type":"object"}
{"properties":{"minimumRingSize":32},"type":"object"}
{"allOf":[23,28],"properties":{"httpCookie":31,"httpHeaderName":0,"httpQueryParameterName":0,"maglev":33,"minimumRingSize":32,"ringHash":34,"useSourceIp":6},"type":"object"}
{"additionalProperties":9,"type":"object"}
{"properties":{"from":0,"to":36},"type":"object"}
{"items":37,"type":"array"}
{"nullable":true,"type":"boolean"}
{"properties":{"from":0,"to":0},"type":"object"}
{"items":40,"type":"array"}
{"properties":{"distribute":38,"enabled":39,"failover":41,"failoverPriority":1},"type":"object"}
{"enum":["UNSPECIFIED","LEAST_CONN","RANDOM","PASSTHROUGH","ROUND_ROBIN","LEAST_REQUEST"],"type":"string"}
{"format":"double","minimum":0,"nullable":true,"type":"number"}
{"format":"double","maximum":100,"minimum":0,"nullable":true,"type":"number"}
{"properties":{"aggression":44,"duration":5,"minimumPercent":45},"required":["duration"],"type":"object"}
{"maximum":4294967295,"minimum":1,"nullable":true,"type":"integer"}
{"properties":{"enabled":39,"failover":41,"failoverPriority":1,"minClusterSize":47},"type":"object"}
{"oneOf":[16,13,14],"properties":{"consistentHash":35,"localityLbSetting":42,"simple":43,"warmup":46,"warmupDurationSecs":5,"zoneAwareLbSetting":48},"type":"object"}
{"maximum":4294967295,"minimum":0,"nullable":true,"type":"integer"}
{"properties":{"baseEjectionTime":5,"consecutive5xxErrors":50,"consecutiveErrors":4,"consecutiveGatewayErrors":50,"consecutiveLocalOriginFailures":50,"interval":5,"maxEjectionPercent":4,"minHealthPercent":4,"splitExternalLocalOriginErrors":6},"type":"object"}
{"properties":{"number":9},"type":"object"}
{"enum":["DISABLE","SIMPLE","MUTUAL","ISTIO_MUTUAL"],"type":"string"}
{"properties":{"caCertificates":0,"caCrl":0,"clientCertificate":0,"credentialName":0,"insecureSkipVerify":39,"mode":53,"privateKey":0,"sni":0,"subjectAltNames":1},"type":"object"}
{"properties":{"connectionPool":12,"loadBalancer":49,"outlierDetection":51,"port":52,"tls":54},"type":"object"}
{"items":55,"maxItems":4096,"type":"array"}
{"enum":["V1","V2"],"type":"string"}
{"properties":{"version":57},"type":"object"}
{"properties":{"minRetryConcurrency":9,"percent":45},"type":"object"}
{"properties":{"protocol":0,"targetHost":0,"targetPort":9},"required":["targetHost","targetPort"],"type":"object"}
{"properties":{"connectionPool":12,"loadBalancer":49,"outlierDetection":51,"portLevelSettings":56,"proxyProtocol":58,"retryBudget":59,"tls":54,"tunnel":60},"type":"object"}
{"properties":{"labels":2,"name":0,"trafficPolicy":61},"required":["name"],"type":"object"}
{"items":62,"type":"array"}
{"maxLength":63,"type":"string","x-kubernetes-validations":["!self.contains(\\"*\\")"]}
{"additionalProperties":64,"maxProperties":4096,"type":"object","x-kubernetes-validations":["self.all(key, !key.contains(\\"*\\"))","self.all(key, key.size() != 0)"]}
{"properties":{"matchLabels":65},"type":"object"}
{"properties":{"exportTo":1,"host":0,"subsets":63,"trafficPolicy":61,"workloadSelector":66},"required":["host"],"type":"object"}
{"properties":{"spec":67},"type":"object"}
{"properties":{"name":0,"number":9,"protocol":0,"targetPort":9},"required":["number","protocol","name"],"type":"object"}
{"items":0,"maxItems":2,"minItems":1,"type":"array"}
{"enum":["TLS_AUTO","TLSV1_0","TLSV1_1","TLSV1_2","TLSV1_3"],"type":"string"}
{"enum":["PASSTHROUGH","SIMPLE","MUTUAL","AUTO_PASSTHROUGH","ISTIO_MUTUAL","OPTIONAL_MUTUAL"],"type":"string"}
{"properties":{"caCertificates":0,"privateKey":0,"serverCertificate":0},"type":"object"}
{"items":73,"maxItems":2,"minItems":1,"type":"array"}
{"properties":{"caCertCredentialName":0,"caCertificates":0,"caCrl":0,"cipherSuites":1,"credentialName":0,"credentialNames":70,"httpsRedirect":6,"maxProtocolVersion":71,"minProtocolVersion":71,"mode":72,"privateKey":0,"serverCertificate":0,"subjectAltNames":1,"tlsCertificates":74,"verifyCertificateHash":1,"verifyCertificateSpki":1},"type":"object","x-kubernetes-validations":["(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1","(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1","(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1"]}
{"properties":{"bind":0,"defaultEndpoint":0,"hosts":1,"name":0,"port":69,"tls":75},"required":["port","hosts"],"type":"object"}
{"items":76,"type":"array"}
{"properties":{"selector":2,"servers":77},"type":"object"}
{"properties":{"spec":78},"type":"object"}
{"maxLength":64,"type":"string"}
{"items":80,"maxItems":256,"type":"array"}
{"maxLength":256,"type":"string","x-kubernetes-validations":["self.startsWith(\\"unix://\\") ? (self.substring(7, 8) == \\"/\\" || self.substring(7, 8) == \\"@\\") : true","self.startsWith(\\"unix://\\") ? !self.endsWith(\\"/\\") : true"]}
{"additionalProperties":0,"maxProperties":256,"type":"object"}
{"maxLength":2048,"type":"string"}
{"maximum":4294967295,"minimum":0,"type":"integer","x-kubernetes-validations":["0 < self && self <= 65535"]}
{"additionalProperties":85,"maxProperties":128,"type":"object","x-kubernetes-validations":["self.all(key, size(key) < 63 && key.matches(\\"^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$\\"))"]}
{"maxLength":253,"type":"string"}
{"properties":{"address":82,"labels":83,"locality":84,"network":84,"ports":86,"serviceAccount":87,"weight":9},"type":"object","x-kubernetes-validations":["has(self.address) || has(self.network)","(has(self.address) ? self.address : \\"\\").startsWith(\\"unix://\\") ? !has(self.ports) : true"]}
{"items":88,"maxItems":4096,"type":"array"}
{"type":"string","x-kubernetes-validations":["self != \\"*\\""]}
{"items":90,"maxItems":256,"minItems":1,"type":"array"}
{"enum":["MESH_EXTERNAL","MESH_INTERNAL"],"type":"string"}
{"maxLength":256,"type":"string"}
{"properties":{"name":93,"number":85,"protocol":93,"targetPort":85},"required":["number","name"],"type":"object"}
{"items":94,"maxItems":256,"type":"array","x-kubernetes-list-map-keys":["name"],"x-kubernetes-validations":["self.all(l1, self.exists_one(l2, l1.number == l2.number))"]}
{"enum":["NONE","STATIC","DNS","DNS_ROUND_ROBIN","DYNAMIC_DNS"],"type":"string"}
{"additionalProperties":64,"maxProperties":256,"type":"object"}
{"properties":{"labels":97},"type":"object"}
{"properties":{"addresses":81,"endpoints":89,"exportTo":1,"hosts":91,"location":92,"ports":95,"resolution":96,"subjectAltNames":1,"workloadSelector":98},"required":["hosts"],"type":"object","x-kubernetes-validations":["(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1","!((has(self.addresses) ? self.addresses : []).exists(k, k.contains(\\"/\\")) && !((has(self.resolution) ? self.resolution : \\"NONE\\") in [\\"STATIC\\", \\"NONE\\"]))","((has(self.resolution) ? self.resolution : \\"NONE\\") == \\"NONE\\") ? !has(self.endpoints) : true","((has(self.resolution) ? self.resolution : \\"\\") == \\"DNS_ROUND_ROBIN\\") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true"]}
{"properties":{"spec":99},"required":["spec"],"type":"object"}
{"enum":["DEFAULT","IPTABLES","NONE"],"type":"string"}
{"properties":{"name":0,"number":9,"protocol":0,"targetPort":9},"type":"object"}
{"properties":{"bind":0,"captureMode":101,"hosts":1,"port":102},"required":["hosts"],"type":"object"}
{"items":103,"type":"array"}
{"properties":{"bind":0,"captureMode":101,"connectionPool":12,"defaultEndpoint":0,"port":102,"tls":75},"required":["port"],"type":"object"}
{"items":105,"type":"array"}
{"properties":{"host":0,"port":52,"subset":0},"required":["host"],"type":"object"}
{"enum":["REGISTRY_ONLY","ALLOW_ANY"],"type":"string"}
{"properties":{"egressProxy":107,"mode":108},"type":"object"}
{"properties":{"egress":104,"inboundConnectionPool":12,"ingress":106,"outboundTrafficPolicy":109,"workloadSelector":98},"type":"object"}
{"properties":{"spec":110},"type":"object"}
{"required":["exact"]}
{"required":["prefix"]}
{"required":["regex"]}
{"anyOf":[112,113,114]}
{"not":115}
{"oneOf":[116,112,113,114],"properties":{"exact":0,"prefix":0,"regex":0},"type":"object"}
{"items":117,"type":"array"}
{"enum":["UNSPECIFIED","FORWARD","IGNORE"],"type":"string"}
{"properties":{"allowCredentials":39,"allowHeaders":1,"allowMethods":1,"allowOrigin":1,"allowOrigins":118,"exposeHeaders":1,"maxAge":5,"unmatchedPreflights":119},"type":"object"}
{"properties":{"name":0,"namespace":0},"type":"object"}
{"required":["string"]}
{"required":["bytes"]}
{"anyOf":[122,123]}
{"not":124}
{"format":"byte","type":"string"}
{"oneOf":[125,122,123],"properties":{"bytes":126,"string":0},"type":"object"}
{"properties":{"body":127,"status":9},"required":["status"],"type":"object"}
{"required":["httpStatus"]}
{"required":["grpcStatus"]}
{"required":["http2Error"]}
{"anyOf":[129,130,131]}
{"not":132}
{"format":"double","type":"number"}
{"properties":{"value":134},"type":"object"}
{"oneOf":[133,129,130,131],"properties":{"grpcStatus":0,"http2Error":0,"httpStatus":4,"percentage":135},"type":"object"}
{"required":["fixedDelay"]}
{"required":["exponentialDelay"]}
{"anyOf":[137,138]}
{"not":139}
{"oneOf":[140,137,138],"properties":{"exponentialDelay":5,"fixedDelay":5,"percent":4,"percentage":135},"type":"object"}
{"properties":{"abort":136,"delay":141},"type":"object"}
{"properties":{"add":2,"remove":1,"set":2},"type":"object"}
{"properties":{"request":143,"response":143},"type":"object"}
{"additionalProperties":117,"type":"object"}
{"properties":{"authority":117,"gateways":1,"headers":145,"ignoreUriCase":6,"method":117,"name":0,"port":9,"queryParams":145,"scheme":117,"sourceLabels":2,"sourceNamespace":0,"statPrefix":0,"uri":117,"withoutHeaders":145},"type":"object"}
{"items":146,"type":"array"}
{"properties":{"destination":107,"percentage":135},"required":["destination"],"type":"object"}
{"items":148,"type":"array"}
{"required":["port"]}
{"required":["derivePort"]}
{"anyOf":[150,151]}
{"not":152}
{"enum":["FROM_PROTOCOL_DEFAULT","FROM_REQUEST_PORT"],"type":"string"}
{"oneOf":[153,150,151],"properties":{"authority":0,"derivePort":154,"port":9,"redirectCode":9,"scheme":0,"uri":0,"prefixRewrite":0},"type":"object"}
{"properties":{"attempts":4,"backoff":5,"perTryTimeout":5,"retryIgnorePreviousHosts":39,"retryOn":0,"retryRemoteLocalities":39},"type":"object"}
{"properties":{"match":0,"rewrite":0},"type":"object"}
{"properties":{"authority":0,"uri":0,"uriRegexRewrite":157},"type":"object"}
{"properties":{"destination":107,"headers":144,"weight":4},"required":["destination"],"type":"object"}
{"items":159,"type":"array"}
{"properties":{"corsPolicy":120,"delegate":121,"directResponse":128,"fault":142,"headers":144,"match":147,"mirror":107,"mirror_percent":50,"mirrorPercent":50,"mirrorPercentage":135,"mirrors":149,"name":0,"redirect":155,"retries":156,"rewrite":158,"route":160,"timeout":5},"type":"object"}
{"items":161,"type":"array"}
{"properties":{"destinationSubnets":1,"gateways":1,"port":9,"sourceLabels":2,"sourceNamespace":0,"sourceSubnet":0},"type":"object"}
{"items":163,"type":"array"}
{"properties":{"destination":107,"weight":4},"required":["destination"],"type":"object"}
{"items":165,"type":"array"}
{"properties":{"match":164,"route":166},"type":"object"}
{"items":167,"type":"array"}
{"properties":{"destinationSubnets":1,"gateways":1,"port":9,"sniHosts":1,"sourceLabels":2,"sourceNamespace":0},"required":["sniHosts"],"type":"object"}
{"items":169,"type":"array"}
{"properties":{"match":170,"route":166},"required":["match"],"type":"object"}
{"items":171,"type":"array"}
{"properties":{"exportTo":1,"gateways":1,"hosts":1,"http":162,"tcp":168,"tls":172},"type":"object"}
{"properties":{"spec":173},"type":"object"}
{"required":["provider"]}
{"anyOf":[175]}
{"not":176}
{"enum":["ALLOW","DENY","AUDIT","CUSTOM"],"type":"string"}
{"properties":{"name":0},"type":"object"}
{"maxLength":320,"type":"string"}
{"items":180,"maxItems":16,"type":"array"}
{"properties":{"ipBlocks":1,"namespaces":1,"notIpBlocks":1,"notNamespaces":1,"notPrincipals":1,"notRemoteIpBlocks":1,"notRequestPrincipals":1,"notServiceAccounts":181,"notTrustDomains":1,"principals":1,"remoteIpBlocks":1,"requestPrincipals":1,"serviceAccounts":181,"trustDomains":1},"type":"object","x-kubernetes-validations":["(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\\n!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true"]}
{"properties":{"source":182},"type":"object"}
{"items":183,"maxItems":512,"type":"array"}
{"properties":{"hosts":1,"methods":1,"notHosts":1,"notMethods":1,"notPaths":1,"notPorts":1,"paths":1,"ports":1},"type":"object"}
{"properties":{"operation":185},"type":"object"}
{"items":186,"type":"array"}
{"properties":{"key":0,"notValues":1,"values":1},"required":["key"],"type":"object"}
{"items":188,"type":"array"}
{"properties":{"from":184,"to":187,"when":189},"type":"object"}
{"items":190,"maxItems":512,"type":"array"}
{"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","type":"string"}
{"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$","type":"string"}
{"maxLength":253,"minLength":1,"type":"string"}
{"type":"string","x-kubernetes-validations":["self.size() == 0"]}
{"properties":{"group":192,"kind":193,"name":194,"namespace":195},"required":["kind","name"],"type":"object"}
{"items":196,"maxItems":16,"type":"array"}
{"oneOf":[177,175],"properties":{"action":178,"provider":179,"rules":191,"selector":66,"targetRef":196,"targetRefs":197},"type":"object","x-kubernetes-validations":["(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1"]}
{"properties":{"spec":198},"type":"object"}
{"enum":["UNSET","DISABLE","PERMISSIVE","STRICT"],"type":"string"}
{"properties":{"mode":200},"type":"object"}
{"additionalProperties":201,"minProperties":1,"type":"object","x-kubernetes-validations":["self.all(key, 0 < int(key) && int(key) <= 65535)"]}
{"properties":{"mtls":201,"portLevelMtls":202,"selector":66},"type":"object","x-kubernetes-validations":["has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true"]}
{"properties":{"spec":203},"type":"object"}
{"minLength":1,"type":"string"}
{"items":205,"type":"array"}
{"properties":{"name":205,"prefix":0},"required":["name"],"type":"object"}
{"items":207,"type":"array"}
{"maxLength":2048,"minLength":1,"type":"string","x-kubernetes-validations":["url(self).getScheme() in [\\"http\\", \\"https\\"]"]}
{"minLength":1,"pattern":"^[-_A-Za-z0-9]+$","type":"string"}
{"properties":{"claim":205,"header":210},"required":["header","claim"],"type":"object"}
{"items":211,"type":"array"}
{"items":205,"maxItems":64,"type":"array"}
{"enum":["OPTIONAL","REQUIRED"],"type":"string"}
{"properties":{"audiences":206,"forwardOriginalToken":6,"fromCookies":206,"fromHeaders":208,"fromParams":206,"issuer":205,"jwks":0,"jwks_uri":209,"jwksUri":209,"outputClaimToHeaders":212,"outputPayloadToHeader":0,"spaceDelimitedClaims":213,"timeout":5,"presence":214},"type":"object","x-kubernetes-validations":["(has(self.jwksUri) ? 1 : 0) + (has(self.jwks_uri) ? 1 : 0) + (has(self.jwks) ? 1 : 0) <= 1"]}
{"items":215,"maxItems":4096,"type":"array"}
{"properties":{"jwtRules":216,"selector":66,"targetRef":196,"targetRefs":197},"type":"object","x-kubernetes-validations":["(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1"]}
{"properties":{"spec":217},"type":"object"}
{"properties":{"expression":0},"type":"object"}
{"enum":["CLIENT_AND_SERVER","CLIENT","SERVER"],"type":"string"}
{"properties":{"mode":220},"type":"object"}
{"properties":{"name":205},"required":["name"],"type":"object"}
{"items":222,"type":"array"}
{"properties":{"disabled":39,"filter":219,"match":221,"providers":223},"type":"object"}
{"items":224,"type":"array"}
{"required":["metric"]}
{"required":["customMetric"]}
{"anyOf":[226,227]}
{"not":228}
{"enum":["ALL_METRICS","REQUEST_COUNT","REQUEST_DURATION","REQUEST_SIZE","RESPONSE_SIZE","TCP_OPENED_CONNECTIONS","TCP_CLOSED_CONNECTIONS","TCP_SENT_BYTES","TCP_RECEIVED_BYTES","GRPC_REQUEST_MESSAGES","GRPC_RESPONSE_MESSAGES"],"type":"string"}
{"oneOf":[229,226,227],"properties":{"customMetric":205,"metric":230,"mode":220},"type":"object"}
{"enum":["UPSERT","REMOVE"],"type":"string"}
{"properties":{"operation":232,"value":0},"type":"object","x-kubernetes-validations":["((has(self.operation) ? self.operation : \\"\\") == \\"UPSERT\\") ? (self.value != \\"\\") : true","((has(self.operation) ? self.operation : \\"\\") == \\"REMOVE\\") ? !has(self.value) : true"]}
{"additionalProperties":233,"type":"object"}
{"properties":{"disabled":39,"match":231,"tagOverrides":234},"type":"object"}
{"items":235,"type":"array"}
{"properties":{"overrides":236,"providers":223,"reportingInterval":5},"type":"object"}
{"items":237,"type":"array"}
{"required":["literal"]}
{"required":["environment"]}
{"required":["header"]}
{"required":["formatter"]}
{"anyOf":[239,240,241,242]}
{"not":243}
{"properties":{"defaultValue":0,"name":205},"required":["name"],"type":"object"}
{"properties":{"value":205},"required":["value"],"type":"object"}
{"oneOf":[244,239,240,241,242],"properties":{"environment":245,"formatter":246,"header":245,"literal":246},"type":"object"}
{"additionalProperties":247,"type":"object"}
{"properties":{"customTags":248,"disableContextPropagation":39,"disableSpanReporting":39,"enableIstioTags":39,"match":221,"providers":223,"randomSamplingPercentage":45,"useRequestIdForTraceSampling":39},"type":"object"}
{"items":249,"type":"array"}
{"properties":{"accessLogging":225,"metrics":238,"selector":66,"targetRef":196,"targetRefs":197,"tracing":250},"type":"object","x-kubernetes-validations":["(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1"]}
{"properties":{"spec":251},"type":"object"}
{"type":"integer"}
{"anyOf":[253,0],"pattern":"^(\\\\+|-)?(([0-9]+(\\\\.[0-9]*)?)|(\\\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\\\+|-)?(([0-9]+(\\\\.[0-9]*)?)|(\\\\.[0-9]+))))?$","x-kubernetes-int-or-string":true}
{"properties":{"container":0,"name":0,"targetAverageUtilization":4,"targetAverageValue":254},"required":["container","name"],"type":"object"}
{"properties":{"key":0,"operator":0,"values":1},"required":["key","operator"],"type":"object"}
{"items":256,"type":"array"}
{"properties":{"matchExpressions":257,"matchLabels":2},"type":"object"}
{"properties":{"metricName":0,"metricSelector":258,"targetAverageValue":254,"targetValue":254},"required":["metricName"],"type":"object"}
{"properties":{"apiVersion":0,"kind":0,"name":0},"required":["kind","name"],"type":"object"}
{"properties":{"averageValue":254,"metricName":0,"selector":258,"target":260,"targetValue":254},"required":["metricName","target","targetValue"],"type":"object"}
{"properties":{"metricName":0,"selector":258,"targetAverageValue":254},"required":["metricName","targetAverageValue"],"type":"object"}
{"properties":{"name":0,"targetAverageUtilization":4,"targetAverageValue":254},"required":["name"],"type":"object"}
{"properties":{"containerResource":255,"external":259,"object":261,"pods":262,"resource":263,"type":0},"required":["type"],"type":"object"}
{"items":264,"type":"array"}
{"properties":{"averageUtilization":4,"averageValue":254,"type":0,"value":254},"required":["type"],"type":"object"}
{"properties":{"container":0,"name":0,"target":266},"required":["container","name","target"],"type":"object"}
{"properties":{"name":0,"selector":258},"required":["name"],"type":"object"}
{"properties":{"metric":268,"target":266},"required":["metric","target"],"type":"object"}
{"properties":{"describedObject":260,"metric":268,"target":266},"required":["describedObject","metric","target"],"type":"object"}
{"properties":{"name":0,"target":266},"required":["name","target"],"type":"object"}
{"properties":{"containerResource":267,"external":269,"object":270,"pods":269,"resource":271,"type":0},"required":["type"],"type":"object"}
{"items":272,"type":"array"}
{"properties":{"maxReplicas":4,"metrics":265,"metricsv2":273,"minReplicas":4},"required":["maxReplicas"],"type":"object"}
{"properties":{"periodSeconds":4,"type":0,"value":4},"required":["periodSeconds","type","value"],"type":"object"}
{"items":275,"type":"array"}
{"properties":{"policies":276,"selectPolicy":0,"stabilizationWindowSeconds":4},"type":"object"}
{"properties":{"scaleDown":277,"scaleUp":277},"type":"object"}
{"properties":{"behavior":278},"type":"object"}
{"properties":{"horizontalPodAutoscalerConfig":279,"restoreToOriginalReplicaCount":6},"type":"object"}
{"properties":{"failureThreshold":4,"replicas":4},"required":["failureThreshold","replicas"],"type":"object"}
{"properties":{"kind":0,"name":0},"required":["name"],"type":"object"}
{"properties":{"authenticationRef":282,"metadata":2,"metricType":0,"name":0,"type":0},"required":["metadata","type"],"type":"object"}
{"items":283,"type":"array"}
{"properties":{"advanced":280,"cooldownPeriod":4,"fallback":281,"idleReplicaCount":4,"maxReplicaCount":4,"minReplicaCount":4,"pollingInterval":4,"triggers":284},"required":["triggers"],"type":"object"}
{"format":"date-time","nullable":true,"type":"string"}
{"format":"int64","type":"integer"}
{"format":"date-time","type":"string"}
{"properties":{"apiVersion":0,"blockOwnerDeletion":6,"controller":6,"kind":0,"name":0,"uid":0},"required":["apiVersion","kind","name","uid"],"type":"object"}
{"items":289,"type":"array"}
{"properties":{"annotations":2,"clusterName":0,"creationTimestamp":286,"deletionGracePeriodSeconds":287,"deletionTimestamp":288,"finalizers":1,"generateName":0,"generation":287,"labels":2,"name":0,"namespace":0,"ownerReferences":290,"resourceVersion":0,"selfLink":0,"uid":0},"type":"object"}
{"anyOf":[253,0],"x-kubernetes-int-or-string":true}
{"properties":{"maxUnavailable":292,"minAvailable":292},"type":"object"}
{"properties":{"matchExpressions":257,"matchFields":257},"type":"object"}
{"properties":{"preference":294,"weight":4},"required":["preference","weight"],"type":"object"}
{"items":295,"type":"array"}
{"items":294,"type":"array"}
{"properties":{"nodeSelectorTerms":297},"required":["nodeSelectorTerms"],"type":"object"}
{"properties":{"preferredDuringSchedulingIgnoredDuringExecution":296,"requiredDuringSchedulingIgnoredDuringExecution":298},"type":"object"}
{"properties":{"labelSelector":258,"namespaceSelector":258,"namespaces":1,"topologyKey":0},"required":["topologyKey"],"type":"object"}
{"properties":{"podAffinityTerm":300,"weight":4},"required":["podAffinityTerm","weight"],"type":"object"}
{"items":301,"type":"array"}
{"items":300,"type":"array"}
{"properties":{"preferredDuringSchedulingIgnoredDuringExecution":302,"requiredDuringSchedulingIgnoredDuringExecution":303},"type":"object"}
{"properties":{"nodeAffinity":299,"podAffinity":304,"podAntiAffinity":304},"type":"object"}
{"properties":{"key":0,"name":0,"optional":6},"required":["key"],"type":"object"}
{"properties":{"apiVersion":0,"fieldPath":0},"required":["fieldPath"],"type":"object"}
{"properties":{"containerName":0,"divisor":254,"resource":0},"required":["resource"],"type":"object"}
{"properties":{"configMapKeyRef":306,"fieldRef":307,"resourceFieldRef":308,"secretKeyRef":306},"type":"object"}
{"properties":{"name":0,"value":0,"valueFrom":309},"required":["name"],"type":"object"}
{"items":310,"type":"array"}
{"properties":{"name":0,"optional":6},"type":"object"}
{"properties":{"configMapRef":312,"prefix":0,"secretRef":312},"type":"object"}
{"items":313,"type":"array"}
{"properties":{"command":1},"type":"object"}
{"properties":{"name":0,"value":0},"required":["name","value"],"type":"object"}
{"items":316,"type":"array"}
{"properties":{"host":0,"httpHeaders":317,"path":0,"port":292,"scheme":0},"required":["port"],"type":"object"}
{"properties":{"host":0,"port":292},"required":["port"],"type":"object"}
{"properties":{"exec":315,"httpGet":318,"tcpSocket":319},"type":"object"}
{"properties":{"postStart":320,"preStop":320},"type":"object"}
{"properties":{"port":4,"service":0},"required":["port"],"type":"object"}
{"properties":{"exec":315,"failureThreshold":4,"grpc":322,"httpGet":318,"initialDelaySeconds":4,"periodSeconds":4,"successThreshold":4,"tcpSocket":319,"terminationGracePeriodSeconds":287,"timeoutSeconds":4},"type":"object"}
{"default":"TCP","type":"string"}
{"properties":{"containerPort":4,"hostIP":0,"hostPort":4,"name":0,"protocol":324},"required":["containerPort"],"type":"object"}
{"items":325,"type":"array","x-kubernetes-list-map-keys":["containerPort","protocol"]}
{"additionalProperties":254,"type":"object"}
{"properties":{"limits":327,"requests":327},"type":"object"}
{"properties":{"add":1,"drop":1},"type":"object"}
{"properties":{"level":0,"role":0,"type":0,"user":0},"type":"object"}
{"properties":{"localhostProfile":0,"type":0},"required":["type"],"type":"object"}
{"properties":{"gmsaCredentialSpec":0,"gmsaCredentialSpecName":0,"hostProcess":6,"runAsUserName":0},"type":"object"}
{"properties":{"allowPrivilegeEscalation":6,"capabilities":329,"privileged":6,"procMount":0,"readOnlyRootFilesystem":6,"runAsGroup":287,"runAsNonRoot":6,"runAsUser":287,"seLinuxOptions":330,"seccompProfile":331,"windowsOptions":332},"type":"object"}
{"properties":{"devicePath":0,"name":0},"required":["devicePath","name"],"type":"object"}
{"items":334,"type":"array"}
{"properties":{"mountPath":0,"mountPropagation":0,"name":0,"readOnly":6,"subPath":0,"subPathExpr":0},"required":["mountPath","name"],"type":"object"}
{"items":336,"type":"array"}
{"properties":{"args":1,"command":1,"env":311,"envFrom":314,"image":0,"imagePullPolicy":0,"lifecycle":321,"livenessProbe":323,"name":0,"ports":326,"readinessProbe":323,"resources":328,"securityContext":333,"startupProbe":323,"stdin":6,"stdinOnce":6,"terminationMessagePath":0,"terminationMessagePolicy":0,"tty":6,"volumeDevices":335,"volumeMounts":337,"workingDir":0},"required":["name"],"type":"object"}
{"items":338,"type":"array"}
{"properties":{"name":0,"value":0},"type":"object"}
{"items":340,"type":"array"}
{"properties":{"nameservers":1,"options":341,"searches":1},"type":"object"}
{"properties":{"args":1,"command":1,"env":311,"envFrom":314,"image":0,"imagePullPolicy":0,"lifecycle":321,"livenessProbe":323,"name":0,"ports":326,"readinessProbe":323,"resources":328,"securityContext":333,"startupProbe":323,"stdin":6,"stdinOnce":6,"targetContainerName":0,"terminationMessagePath":0,"terminationMessagePolicy":0,"tty":6,"volumeDevices":335,"volumeMounts":337,"workingDir":0},"required":["name"],"type":"object"}
{"items":343,"type":"array"}
{"properties":{"hostnames":1,"ip":0},"type":"object"}
{"items":345,"type":"array"}
{"items":179,"type":"array"}
{"properties":{"name":0},"required":["name"],"type":"object"}
{"properties":{"conditionType":0},"required":["conditionType"],"type":"object"}
{"items":349,"type":"array"}
{"items":287,"type":"array"}
{"properties":{"fsGroup":287,"fsGroupChangePolicy":0,"runAsGroup":287,"runAsNonRoot":6,"runAsUser":287,"seLinuxOptions":330,"seccompProfile":331,"supplementalGroups":351,"sysctls":317,"windowsOptions":332},"type":"object"}
{"properties":{"effect":0,"key":0,"operator":0,"tolerationSeconds":287,"value":0},"type":"object"}
{"items":353,"type":"array"}
{"properties":{"labelSelector":258,"maxSkew":4,"minDomains":4,"topologyKey":0,"whenUnsatisfiable":0},"required":["maxSkew","topologyKey","whenUnsatisfiable"],"type":"object"}
{"items":355,"type":"array","x-kubernetes-list-map-keys":["topologyKey","whenUnsatisfiable"]}
{"properties":{"fsType":0,"partition":4,"readOnly":6,"volumeID":0},"required":["volumeID"],"type":"object"}
{"properties":{"cachingMode":0,"diskName":0,"diskURI":0,"fsType":0,"kind":0,"readOnly":6},"required":["diskName","diskURI"],"type":"object"}
{"properties":{"readOnly":6,"secretName":0,"shareName":0},"required":["secretName","shareName"],"type":"object"}
{"properties":{"monitors":1,"path":0,"readOnly":6,"secretFile":0,"secretRef":179,"user":0},"required":["monitors"],"type":"object"}
{"properties":{"fsType":0,"readOnly":6,"secretRef":179,"volumeID":0},"required":["volumeID"],"type":"object"}
{"properties":{"key":0,"mode":4,"path":0},"required":["key","path"],"type":"object"}
{"items":362,"type":"array"}
{"properties":{"defaultMode":4,"items":363,"name":0,"optional":6},"type":"object"}
{"properties":{"driver":0,"fsType":0,"nodePublishSecretRef":179,"readOnly":6,"volumeAttributes":2},"required":["driver"],"type":"object"}
{"properties":{"fieldRef":307,"mode":4,"path":0,"resourceFieldRef":308},"required":["path"],"type":"object"}
{"items":366,"type":"array"}
{"properties":{"defaultMode":4,"items":367},"type":"object"}
{"properties":{"medium":0,"sizeLimit":254},"type":"object"}
{"type":"object"}
{"properties":{"apiGroup":0,"kind":0,"name":0},"required":["kind","name"],"type":"object"}
{"properties":{"accessModes":1,"dataSource":371,"dataSourceRef":371,"resources":328,"selector":258,"storageClassName":0,"volumeMode":0,"volumeName":0},"type":"object"}
{"properties":{"metadata":370,"spec":372},"required":["spec"],"type":"object"}
{"properties":{"volumeClaimTemplate":373},"type":"object"}
{"properties":{"fsType":0,"lun":4,"readOnly":6,"targetWWNs":1,"wwids":1},"type":"object"}
{"properties":{"driver":0,"fsType":0,"options":2,"readOnly":6,"secretRef":179},"required":["driver"],"type":"object"}
{"properties":{"datasetName":0,"datasetUUID":0},"type":"object"}
{"properties":{"fsType":0,"partition":4,"pdName":0,"readOnly":6},"required":["pdName"],"type":"object"}
{"properties":{"directory":0,"repository":0,"revision":0},"required":["repository"],"type":"object"}
{"properties":{"endpoints":0,"path":0,"readOnly":6},"required":["endpoints","path"],"type":"object"}
{"properties":{"path":0,"type":0},"required":["path"],"type":"object"}
{"properties":{"chapAuthDiscovery":6,"chapAuthSession":6,"fsType":0,"initiatorName":0,"iqn":0,"iscsiInterface":0,"lun":4,"portals":1,"readOnly":6,"secretRef":179,"targetPortal":0},"required":["iqn","lun","targetPortal"],"type":"object"}
{"properties":{"path":0,"readOnly":6,"server":0},"required":["path","server"],"type":"object"}
{"properties":{"claimName":0,"readOnly":6},"required":["claimName"],"type":"object"}
{"properties":{"fsType":0,"pdID":0},"required":["pdID"],"type":"object"}
{"properties":{"fsType":0,"readOnly":6,"volumeID":0},"required":["volumeID"],"type":"object"}
{"properties":{"items":363,"name":0,"optional":6},"type":"object"}
{"properties":{"items":367},"type":"object"}
{"properties":{"audience":0,"expirationSeconds":287,"path":0},"required":["path"],"type":"object"}
{"properties":{"configMap":387,"downwardAPI":388,"secret":387,"serviceAccountToken":389},"type":"object"}
{"items":390,"type":"array"}
{"properties":{"defaultMode":4,"sources":391},"type":"object"}
{"properties":{"group":0,"readOnly":6,"registry":0,"tenant":0,"user":0,"volume":0},"required":["registry","volume"],"type":"object"}
{"properties":{"fsType":0,"image":0,"keyring":0,"monitors":1,"pool":0,"readOnly":6,"secretRef":179,"user":0},"required":["image","monitors"],"type":"object"}
{"properties":{"fsType":0,"gateway":0,"protectionDomain":0,"readOnly":6,"secretRef":179,"sslEnabled":6,"storageMode":0,"storagePool":0,"system":0,"volumeName":0},"required":["gateway","secretRef","system"],"type":"object"}
{"properties":{"defaultMode":4,"items":363,"optional":6,"secretName":0},"type":"object"}
{"properties":{"fsType":0,"readOnly":6,"secretRef":179,"volumeName":0,"volumeNamespace":0},"type":"object"}
{"properties":{"fsType":0,"storagePolicyID":0,"storagePolicyName":0,"volumePath":0},"required":["volumePath"],"type":"object"}
{"properties":{"awsElasticBlockStore":357,"azureDisk":358,"azureFile":359,"cephfs":360,"cinder":361,"configMap":364,"csi":365,"downwardAPI":368,"emptyDir":369,"ephemeral":374,"fc":375,"flexVolume":376,"flocker":377,"gcePersistentDisk":378,"gitRepo":379,"glusterfs":380,"hostPath":381,"iscsi":382,"name":0,"nfs":383,"persistentVolumeClaim":384,"photonPersistentDisk":385,"portworxVolume":386,"projected":392,"quobyte":393,"rbd":394,"scaleIO":395,"secret":396,"storageos":397,"vsphereVolume":398},"required":["name"],"type":"object"}
{"items":399,"type":"array"}
{"properties":{"activeDeadlineSeconds":287,"affinity":305,"automountServiceAccountToken":6,"containers":339,"dnsConfig":342,"dnsPolicy":0,"enableServiceLinks":6,"ephemeralContainers":344,"hostAliases":346,"hostIPC":6,"hostNetwork":6,"hostPID":6,"hostname":0,"imagePullSecrets":347,"initContainers":339,"nodeName":0,"nodeSelector":2,"os":348,"overhead":327,"preemptionPolicy":0,"priority":4,"priorityClassName":0,"readinessGates":350,"restartPolicy":0,"runtimeClassName":0,"schedulerName":0,"securityContext":352,"serviceAccount":0,"serviceAccountName":0,"setHostnameAsFQDN":6,"shareProcessNamespace":6,"subdomain":0,"terminationGracePeriodSeconds":287,"tolerations":354,"topologySpreadConstraints":356,"volumes":400},"required":["containers"],"type":"object"}
{"properties":{"hpaSpec":274,"kedaSpec":285,"metadata":291,"pdbSpec":293,"replicas":4,"spec":401},"type":"object"}
{"items":402,"type":"array"}
{"properties":{"grpcPort":4,"httpPort":4,"service_host":0,"service_port":4,"type":0},"type":"object"}
{"properties":{"config":2,"containerSpec":338,"endpoint":404,"envSecretRefName":0,"initParameters":0,"modelUri":0,"replicas":4,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"type":"object"}
{"properties":{"mode":0,"url":0},"type":"object"}
{"properties":{"name":0,"type":0,"value":0},"required":["name","type","value"],"type":"object"}
{"items":407,"type":"array"}
{"properties":{"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":409,"type":"array"}
{"properties":{"children":410,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":411,"type":"array"}
{"properties":{"children":412,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":413,"type":"array"}
{"properties":{"children":414,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":415,"type":"array"}
{"properties":{"children":416,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":417,"type":"array"}
{"properties":{"children":418,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":419,"type":"array"}
{"properties":{"children":420,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":421,"type":"array"}
{"properties":{"children":422,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":423,"type":"array"}
{"properties":{"children":424,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":425,"type":"array"}
{"properties":{"children":426,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"items":427,"type":"array"}
{"properties":{"children":428,"endpoint":404,"envSecretRefName":0,"implementation":0,"logger":406,"methods":1,"modelUri":0,"name":0,"parameters":408,"serviceAccountName":0,"storageInitializerImage":0,"type":0},"required":["name"],"type":"object"}
{"properties":{"certSecretName":0},"type":"object"}
{"properties":{"env":311,"replicas":4,"resources":328},"type":"object"}
{"properties":{"annotations":2,"componentSpecs":403,"engineResources":328,"explainer":405,"graph":429,"labels":2,"name":0,"progressDeadlineSeconds":4,"replicas":4,"shadow":6,"ssl":430,"svcOrchSpec":431,"traffic":4},"required":["graph","name"],"type":"object"}
{"items":432,"type":"array"}
{"format":"int32","minimum":0,"type":"integer"}
{"properties":{"annotations":2,"name":0,"oauth_key":0,"oauth_secret":0,"predictors":433,"protocol":0,"replicas":434,"serverType":0,"transport":0},"required":["predictors"],"type":"object"}
{"properties":{"spec":435},"type":"object"}
{"properties":{"name":0,"weight":4},"required":["name","weight"],"type":"object"}
{"items":437,"type":"array"}
{"properties":{"name":0,"percent":4},"required":["name","percent"],"type":"object"}
{"properties":{"candidates":438,"default":0,"mirror":439,"resourceType":0},"required":["candidates"],"type":"object"}
{"properties":{"spec":440},"type":"object"}
{"properties":{"modelRef":0,"pipelineRef":0,"type":0},"type":"object"}
{"properties":{"percent":253},"type":"object"}
{"properties":{"modelRef":0,"pipelineRef":0},"type":"object"}
{"properties":{"cleanTopicsOnDelete":6},"type":"object"}
{"properties":{"artifactVersion":4,"dedicated":6,"explainer":442,"logger":443,"maxReplicas":4,"memory":254,"minReplicas":4,"modelType":0,"parameters":317,"preloaded":6,"replicas":434,"requirements":1,"schemaUri":0,"secretName":0,"server":0,"storageUri":0,"llm":444,"dataflow":445},"required":["storageUri"],"type":"object"}
{"properties":{"spec":446},"type":"object"}
{"enum":["inner","outer","any"],"type":"string"}
{"properties":{"externalInputs":1,"externalTriggers":1,"joinType":448,"joinWindowMs":4,"tensorMap":2,"triggersJoinType":448},"type":"object"}
{"properties":{"joinWindowMs":4,"steps":1,"stepsJoin":448,"tensorMap":2},"type":"object"}
{"properties":{"rolling":6,"size":4,"windowMs":4},"type":"object"}
{"properties":{"batch":451,"inputs":1,"inputsJoinType":448,"joinWindowMs":4,"name":0,"tensorMap":2,"triggers":1,"triggersJoinType":448},"required":["name"],"type":"object"}
{"items":452,"type":"array"}
{"properties":{"input":449,"output":450,"steps":453,"dataflow":445,"allowCycles":6,"maxStepRevisits":4},"required":["steps"],"type":"object"}
{"properties":{"spec":454},"type":"object"}
{"properties":{"name":0,"spec":372},"required":["name","spec"],"type":"object"}
{"items":456,"type":"array"}
{"properties":{"name":0,"podSpec":401,"replicas":4,"volumeClaimTemplates":457,"annotations":2,"labels":2},"required":["name"],"type":"object"}
{"items":458,"type":"array"}
{"properties":{"config":1,"config_secrets":1},"type":"object"}
{"properties":{"rclone":460},"type":"object"}
{"additionalProperties":292,"type":"object"}
{"properties":{"bootstrap.servers":0,"consumer":462,"debug":0,"producer":462,"streams":462,"topicPrefix":0,"consumerGroupIdPrefix":0,"topics":462},"type":"object"}
{"properties":{"grpcServicePrefix":0,"serviceType":0},"type":"object"}
{"properties":{"disable":6,"otelExporterEndpoint":0,"ratio":0,"otelExporterProtocol":0},"type":"object"}
{"properties":{"enabled":6},"type":"object"}
{"properties":{"enabled":6,"scaleDownPackingEnabled":6,"scaleDownPackingPercentage":4},"type":"object"}
{"properties":{"maxShardCountMultiplier":4},"type":"object"}
{"properties":{"models":466,"servers":467,"pipelines":468},"type":"object"}
{"properties":{"agentConfig":461,"kafkaConfig":463,"serviceConfig":464,"tracingConfig":465,"scalingConfig":469},"type":"object"}
{"properties":{"components":459,"config":470},"type":"object"}
{"properties":{"spec":471},"type":"object"}
{"properties":{"disable":6,"name":0,"replicas":4,"serviceType":0,"podSpec":401},"required":["name"],"type":"object"}
{"items":473,"type":"array"}
{"properties":{"config":470,"disableAutoUpdate":6,"overrides":474,"seldonConfig":0},"required":["seldonConfig"],"type":"object"}
{"properties":{"spec":475},"type":"object"}
{"properties":{"podSpec":401,"volumeClaimTemplates":457},"required":["podSpec","volumeClaimTemplates"],"type":"object"}
{"properties":{"spec":477},"type":"object"}
{"properties":{"agent":338,"rclone":338},"type":"object"}
{"properties":{"activeDeadlineSeconds":287,"affinity":305,"automountServiceAccountToken":6,"containers":339,"dnsConfig":342,"dnsPolicy":0,"enableServiceLinks":6,"hostAliases":346,"hostIPC":6,"hostNetwork":6,"hostPID":6,"hostname":0,"imagePullSecrets":347,"initContainers":339,"nodeName":0,"nodeSelector":2,"overhead":327,"preemptionPolicy":0,"priority":4,"priorityClassName":0,"readinessGates":350,"restartPolicy":0,"runtimeClassName":0,"schedulerName":0,"securityContext":352,"serviceAccountName":0,"setHostnameAsFQDN":6,"shareProcessNamespace":6,"subdomain":0,"terminationGracePeriodSeconds":287,"tolerations":354,"topologySpreadConstraints":356,"volumes":400},"type":"object"}
{"properties":{"maxSurge":292,"maxUnavailable":292},"type":"object"}
{"properties":{"type":0,"rollingUpdate":481},"type":"object"}
{"properties":{"whenDeleted":0,"whenScaled":0},"type":"object"}
{"properties":{"capabilities":1,"disableAutoUpdate":6,"extraCapabilities":1,"imageOverrides":479,"maxReplicas":4,"minReplicas":4,"podSpec":480,"replicas":434,"serverConfig":0,"deploymentStrategy":482,"statefulSetPersistentVolumeClaimRetentionPolicy":483},"required":["serverConfig"],"type":"object"}
{"properties":{"spec":484},"type":"object"}
{}
{"properties":{"annotations":2,"creationTimestamp":486,"deletionGracePeriodSeconds":486,"deletionTimestamp":486,"finalizers":1,"generateName":0,"generation":486,"labels":2,"managedFields":486,"name":0,"namespace":0,"ownerReferences":486,"resourceVersion":486,"selfLink":486,"uid":486},"type":"object"}
`;
