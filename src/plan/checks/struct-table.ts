// Made of .jsii by scripts/structs.ts: do not edit.

/**
 * All public structs with the types of their fields, and what these refer to, one a line.
 *
 * @internal
 */
export const STRUCTS = `
AbTestProps<EndpointProps|variants![AbVariant mirrors?[Mirror sticky?StickyOptions
AbVariant|backend!IBackend name!* matches?[RequestMatch weight?n
AbortFault|percent!n grpcStatus?s httpStatus?n
%AccessEnforcer|sidecar|waypoint|network
AccessLogging|disabled?b filter?s mode?WorkloadMode providers?[s
AmbassadorOptions|config?s header?s id?s maxConnections?n maxPendingRequests?n maxRequests?n maxRetries?n regexHeader?s retries?n serviceName?s
~ApiObjectMetadata|name?* namespace?s labels?{s annotations?{s finalizers?[s ownerReferences?[o
ArgoCdIgnoredDifference|group!s jsonPointers![s kind!s name!s namespace?s
ArgoCdOptions|application?s deletion?ArgoCdRemoval managedBy?s prune?ArgoCdRemoval syncWave?n|an object, such as { syncWave: -1 }
%ArgoCdRemoval|true|confirm|false
ArgoCdSettingsProps|metadata?ApiObjectMetadata namespace?s
Arm|backend!IBackend binding?BackendBinding matches?[RequestMatch requestHeaders?HeaderChanges responseHeaders?HeaderChanges weight?n
%AuthorizationAction|ALLOW|DENY|AUDIT|CUSTOM
AuthorizationCondition|key!s notValues?[s values?[s
AuthorizationOperation|hosts?[s methods?[s notHosts?[s notMethods?[s notPaths?[s notPorts?[n paths?[s ports?[n
AuthorizationPolicyProps<ManifestProps|action?AuthorizationAction dryRun?b provider?s rules?[AuthorizationRule selector?{s targetRefs?[PolicyTargetRef
AuthorizationRule|everything?b from?[AuthorizationSource to?[AuthorizationOperation when?[AuthorizationCondition
AuthorizationSource|ipBlocks?[s namespaces?[s notIpBlocks?[s notNamespaces?[s notPrincipals?[s notRemoteIpBlocks?[s notRequestPrincipals?[s notServiceAccounts?[s notTrustDomains?[s principals?[s remoteIpBlocks?[s requestPrincipals?[s serviceAccounts?[s trustDomains?[s
AzureBlobStoreOptions|account!s cloud?AzureCloud dataLake?b entraId?b
%AzureCloud|public|china|us-government
@BackendBinding|_isFor|a BackendBinding
BackendPolicyProps<TrafficPolicy|backend!IBackend
BackendTarget|description!s host!s namespace!s port!n destinationRuleOwner?s endpoint?EndpointDefaults grpc?GrpcTarget grpcHeaders?{s hiddenPaths?[s inferenceProtocol?InferenceProtocol paths?[StringMatch ports?[n protocol?s removeRequestHeaders?[s requestHeaders?{s seldon?SeldonIdentity subset?s subsetLabels?{s
BackendUse|engine!RouteEngine mirror?b shared?b timeout?Duration
BlueGreenPreview|endpoint?s gateways?[IGateway grpc?GrpcCalls hosts?[s paths?[StringMatch policy?RoutePolicy
BlueGreenProps<EndpointProps|active!BlueGreenSlot blue!IBackend green!IBackend preview?BlueGreenPreview
%BlueGreenSlot|blue|green
BranchNodeProps<GraphNodeOptions|children![GraphNode
BuiltInNodeProps<GraphNodeOptions|
@Caller||a Caller, such as Caller.claim("groups", ["risk"])
CanaryProps<EndpointProps|canary!IBackend stable!IBackend mirrors?[Mirror sticky?StickyOptions testers?[RequestMatch weight?n
@CertificateIssuer|kind name|a CertificateIssuer, such as CertificateIssuer.clusterIssuer(…)
%CertificateKeyAlgorithm|RSA|ECDSA|Ed25519
%CertificateKeyRotation|Always|Never
%CertificateUsage|digital signature|key encipherment|key agreement|server auth|client auth
ClientTls|mode!ClientTlsMode caCertificates?s caCrl?s clientCertificate?s credentialName?s insecureSkipVerify?b privateKey?s sni?s subjectAltNames?[s
%ClientTlsMode|DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL
CommonMatch|gateways?[IGateway mesh?b port?n sourceLabels?{s sourceNamespace?s
ComponentMetadata|annotations?{s labels?{s name?s
ComponentSpec|spec!PodSpec hpaSpec?HpaSpec kedaSpec?KedaSpec metadata?ComponentMetadata pdbSpec?PdbSpec replicas?n
ConnectionPool|http?HttpConnectionPool tcp?TcpConnectionPool
ConsistentHash|key!HashKey maglevTableSize?n ringHashMinimumSize?n
&Container|a k8s.Container of cdk8s-plus-27
CookieAttribute|name!s value?s
CookieAttributes|domain?s partitioned?b sameSite?SameSite secure?b
Core1MonitorProps<MonitorProps|orchestratorsOnly?b
Core1Predictor|deployment!s predictor!s orchestrator?b
%Core2Component|agent|server|pipelinegateway|envoy
Core2Experiment|name!s candidates?n resourceType?ResourceType
Core2MonitorProps<MonitorProps|components?[Core2Component
Core2ReferenceOptions|namespace?s
Core2Resource|name!s type!ResourceType
CorsPolicy|allowOrigins![StringMatch allowCredentials?b allowHeaders?[s allowMethods?[s exposeHeaders?[s maxAge?Duration
CustomNodeProps<TransformerNodeProps|methods!*
@CustomTag|_toJson|a CustomTag, such as CustomTag.header("x-team")
DelayFault|delay!Duration percent!n
DeploymentAccessPolicyProps<ManifestProps|allow![Caller deployment!* enforcedBy?AccessEnforcer openPaths?[s ownServiceAccounts?[s
&DeploymentStrategy|a k8s.DeploymentStrategy, such as { type: "Recreate" }
%DerivePort|FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT
Destination|host!s port?n subset?s
DestinationRuleProps<ManifestProps|host!* exportTo?[s subsets?[Subset trafficPolicy?TrafficPolicy workloadSelector?{s
DirectResponse|path!StringMatch status!n body?s
@Duration|toMilliseconds|a Duration, such as Duration.seconds(5)
EgressTlsOrigination|caCertificates?s clientCertificate?s credentialName?s insecureSkipVerify?b mode?ClientTlsMode port?n privateKey?s subjectAltNames?[s|an object, which may be empty
EndpointDefaults|grpc!GrpcCalls paths![StringMatch rewrite?PathRewrite
EndpointPlan|arms![Arm endpoint!InferenceEndpoint directResponses?[DirectResponse mirrors?[Mirror policy?RoutePolicy sticky?b
EndpointProps<ManifestProps|directResponses?[DirectResponse endpoint?* gateways?[IGateway grpc?GrpcCalls health?b hosts?[s paths?[StringMatch policy?RoutePolicy router?IRouter seldonSticky?b
&EnvVar|a k8s.EnvVar of cdk8s-plus-27
ExcludeOutboundPortsOptions|ports![n namespace?s
ExecutorOptions|environment?{s grpcMaxMessageSize?n grpcTimeout?Duration loggerQueueSize?n loggerWriteTimeout?Duration restTimeout?Duration separatePod?b
ExperimentCandidate|name!* weight!n|an object, such as { name: model.modelName, weight: 50 }
ExperimentMirror|name!s percent!n
ExperimentProps<ManifestProps|candidates![ExperimentCandidate defaultCandidate?s mirror?ExperimentMirror resourceType?ResourceType
ExperimentReferenceOptions<Core2ReferenceOptions|candidates?n resourceType?ResourceType
ExperimentRouterProps|defaultCandidate?s
FluxHealthCheck|apiVersion!s current!s failed!s kind!s
FluxKustomizationProps<ManifestProps|path!s sourceName!s dependsOn?[s interval?Duration prune?b sourceKind?FluxSourceKind timeout?Duration
%FluxSourceKind|GitRepository|OCIRepository|Bucket
FromServiceNameOptions<ServiceBackendOptions|namespace?s
FromServiceOptions<ServiceBackendOptions|port?n
GatewayAccessPolicyProps<ManifestProps|allow![Caller gateway!IGateway endpoints?* models?[IBackend sharesModels?b tcpPorts?[n
GatewayCallerOptions|namespace?s serviceAccount?s
GatewayCertificateProps<ManifestProps|hosts![s issuer!CertificateIssuer commonName?s duration?Duration keyAlgorithm?CertificateKeyAlgorithm keyRotation?CertificateKeyRotation keySize?n renewBefore?Duration revisionHistoryLimit?n secretAnnotations?{s secretLabels?{s secretName?s usages?[CertificateUsage
GatewayListener|hosts![s port!n tls?b
GatewayProps<ManifestProps|podNamespace?s selector?{s servers?[GatewayServer
GatewayReferenceOptions|hosts?[s listeners?[GatewayListener namespace?s podNamespace?s selector?{s
@GatewayServer|_isTls|a GatewayServer, such as GatewayServer.http()
GatewayServerOptions|bind?s defaultEndpoint?s hosts?[s name?s portName?s
GcsStoreOptions|bucket?s workloadIdentityFederation?b
GraphEndpoint|grpcPort?n httpPort?n serviceHost?s servicePort?n type?*
GraphLogger|mode!* url?s
@GraphNode|_props|a GraphNode, such as GraphNode.model(…)
GraphNodeOptions|name!s endpoint?GraphEndpoint logger?GraphLogger parameters?[GraphParameter
@GraphParameter|name type value|a GraphParameter, such as GraphParameter.int("n", 3)
@GrpcCalls|withMethods headerSets methods|GrpcCalls, such as GrpcCalls.byHeader("seldon-model", "iris")
GrpcTarget|port!n methods?StringMatch
%H2UpgradePolicy|DEFAULT|DO_NOT_UPGRADE|UPGRADE
HashCookie<CookieAttributes|name!s attributes?[CookieAttribute path?s ttl?Duration
@HashKey||a HashKey, such as HashKey.header(…)
HeaderChanges|add?{s remove?[s set?{s
&HorizontalPodAutoscalerBehaviorV2|a k8s.HorizontalPodAutoscalerBehaviorV2 of cdk8s-plus-27
HostStoreOptions|addresses?[s port?n tls?b
HpaSpec|maxReplicas!n metrics?[MetricSpecV2 minReplicas?n
Http2KeepAlive|interval!Duration timeout!Duration
HttpConnectionPool|h2UpgradePolicy?H2UpgradePolicy http1MaxPendingRequests?n http2KeepAlive?Http2KeepAlive http2MaxRequests?n idleTimeout?Duration maxConcurrentStreams?n maxRequestsPerConnection?n maxRetries?n useClientProtocol?b
HttpCorsPolicy<CorsPolicy|unmatchedPreflights?UnmatchedPreflights
HttpDelegate|name!s namespace?s
HttpDirectResponse|status!n body?s bodyBytes?s
HttpMatch<CommonMatch|authority?StringMatch headers?{StringMatch ignoreUriCase?b method?StringMatch name?s queryParams?{StringMatch scheme?StringMatch statPrefix?s uri?StringMatch withoutHeaders?{StringMatch
HttpMirror|destination!Destination percent?n
HttpRedirect|authority?s derivePort?DerivePort port?n prefixRewrite?s redirectCode?n scheme?RedirectScheme uri?s
HttpRetries<RetryPolicy|backoff?Duration retryIgnorePreviousHosts?b retryRemoteLocalities?b
HttpRewrite|authority?s uri?s uriRegex?UriRegexRewrite
HttpRoute|abort?AbortFault cors?HttpCorsPolicy delay?DelayFault delegate?HttpDelegate directResponse?HttpDirectResponse headers?RouteHeaders match?[HttpMatch mirrors?[HttpMirror name?s redirect?HttpRedirect retries?HttpRetries rewrite?HttpRewrite route?[HttpRouteDestination timeout?Duration
HttpRouteDestination|destination!Destination headers?RouteHeaders weight?n
HttpServerOptions<GatewayServerOptions|httpsRedirect?b port?n protocol?PlainHttpProtocol
HuggingFaceStoreOptions|cdnHosts?[s hub?s
@IBackend|bind target|a backend, such as a Model or ServiceBackend.of(…)
@IGateway|gatewayName|a Gateway, or Gateway.fromGatewayName(…) for an existing one
@IModel|modelName|a Model, or Model.fromModelName(…) for an existing one
@IRollout|plan|a rollout, such as a Canary or a TrafficSplit
@IRouter|route engine|a router, such as new IstioRouter()
@ISeldonConfig|seldonConfigName|a SeldonConfig, or SeldonConfig.fromSeldonConfigName(…) for an existing one
@IServer|serverName|a Server, or Server.fromServerName(…) for an existing one
@IServerConfig|serverConfigName|a ServerConfig, such as ServerConfig.mlserver() or ServerConfig.fromServerConfigName(…)
InferenceAutoscalerProps|maxReplicas!n model!IModel requestsPerSecond!n behavior?HorizontalPodAutoscalerBehaviorV2 metric?s minReplicas?n server?IServer
InferenceEndpoint|gateways![IGateway grpc!GrpcCalls hosts![s name!s paths![StringMatch seldonSticky?b
%InferenceProtocol|v2|tensorflow|torchserve|http
%IstioMetric|ALL_METRICS|REQUEST_COUNT|REQUEST_DURATION|REQUEST_SIZE|RESPONSE_SIZE|TCP_OPENED_CONNECTIONS|TCP_CLOSED_CONNECTIONS|TCP_SENT_BYTES|TCP_RECEIVED_BYTES|GRPC_REQUEST_MESSAGES|GRPC_RESPONSE_MESSAGES
IstioMutualServerOptions<GatewayServerOptions,TlsHandshakeOptions|content?TlsContent port?n
IstioProxyMonitorProps<MonitorProps|selector?{s
%IstioReporter|source|destination|waypoint
JwtClaimToHeader|claim!s header!s
JwtHeader|name!s prefix?s
%JwtPresence|OPTIONAL|REQUIRED
JwtRule|forwardOriginalToken!* audiences?[s fromCookies?[s fromHeaders?[JwtHeader fromParams?[s issuer?s jwks?s jwksUri?s outputClaimToHeaders?[JwtClaimToHeader outputPayloadToHeader?s presence?JwtPresence spaceDelimitedClaims?[s timeout?Duration
%KServeComponent|predictor|transformer
KServeKnativeProps<KServeOptions|gatewayNamespace?s
KServeOptions|name!* namespace!* component?KServeComponent modelName?s protocol?KServeProtocol
%KServeProtocol|v1|v2
KServeRawProps<KServeOptions|grpcPort?n
KedaAuthenticationRef|name!s kind?s
KedaFallback|failureThreshold!n replicas!n
KedaSpec|triggers![KedaTrigger behavior?HorizontalPodAutoscalerBehaviorV2 cooldownPeriod?n fallback?KedaFallback idleReplicaCount?n maxReplicaCount?n minReplicaCount?n pollingInterval?n restoreToOriginalReplicaCount?b
KedaTrigger|metadata!{s type!s authenticationRef?KedaAuthenticationRef metricType?s name?s
ListedModel|name!s requirements![s stable!ListedVersion memory?Size next?ListedVersion replicas?n
ListedVersion|uri!s version!s weight!n
LoadBalancer|consistentHash?ConsistentHash locality?LocalityLoadBalancing simple?LoadBalancerSimple warmup?Warmup zoneAware?ZoneAwareLoadBalancing
%LoadBalancerSimple|LEAST_REQUEST|RANDOM|ROUND_ROBIN|PASSTHROUGH
LocalityDistribution|from!s to!{n
LocalityFailover|from!s to!s
LocalityLoadBalancing|distribute?[LocalityDistribution enabled?b failover?[LocalityFailover failoverPriority?[s
ManifestProps|metadata?ApiObjectMetadata namespace?s
MeshNamespaceProps|ambient?b argoCd?ArgoCdOptions injection?b metadata?ApiObjectMetadata podSecurity?PodSecurityOptions revision?s waypoint?s waypointNamespace?s
MeshOptions|clusterDomain?s ingressNamespace?s ingressSelector?{s istioVersion?* operatorIstio?b printRoutes?b rootNamespace?s seldonCore1Version?* seldonVersion?* syncWaves?b
MetricOverride|customMetric?s disabled?b metric?IstioMetric mode?WorkloadMode tags?{TagOverride
&MetricSpecV2|a k8s.MetricSpecV2 of cdk8s-plus-27
Metrics|overrides?[MetricOverride providers?[s reportingInterval?Duration
MinioStoreOptions|host!s addresses?[s port?n tls?b
Mirror|backend!IBackend percent!n binding?BackendBinding
ModelExplainer|type!s modelRef?s pipelineRef?s
ModelLlm|modelRef?s pipelineRef?s
ModelLogger|percent?n|an object, which may be empty
ModelNodeProps<TransformerNodeProps|envSecretRefName?s implementation?PrepackagedServer modelUri?s serviceAccountName?s storageInitializerImage?s
ModelParameter|name!s value!s
ModelProps<ManifestProps|storageUri!* artifactVersion?n cleanTopicsOnDelete?b dedicated?b explainer?ModelExplainer llm?ModelLlm logger?ModelLogger maxReplicas?n memory?Size minReplicas?n modelType?s parameters?[ModelParameter preloaded?b replicas?n requirements?[s schemaUri?s secretName?* server?s
ModelRouteOptions<EndpointProps|requestHeaders?HeaderChanges responseHeaders?HeaderChanges
ModelRouteProps<ModelRouteOptions|backend!IBackend
@ModelStore|hosts|a ModelStore, such as ModelStore.gcs()
@ModelStoreEgress|_sidecarHosts|a ModelStoreEgress
ModelStoreEgressProps<ManifestProps|stores![ModelStore exportTo?[s resolution?ServiceEntryResolution tlsOrigination?EgressTlsOrigination
MonitorProps<ManifestProps|anyNamespace?b interval?Duration mtlsScrapeClass?s namespaces?[s scrapeTimeout?Duration
%MtlsMode|UNSET|DISABLE|PERMISSIVE|STRICT
OperatorEnvironment|gateway?s grpcPort?n httpPort?n tlsMode?*
OperatorIstioOptions|gateway?IGateway hosts?[s mesh?b retries?n retriesTimeout?Duration
OperatorObjects|destinationRules![{* pods![OperatorPods services![{* virtualServices![{*
OperatorPods|containers!{{n deployment!s labels!{s
%OutboundTrafficMode|REGISTRY_ONLY|ALLOW_ANY
OutlierDetection|baseEjectionTime?Duration consecutive5xxErrors?n consecutiveGatewayErrors?n consecutiveLocalOriginFailures?n interval?Duration maxEjectionPercent?n minHealthPercent?n splitExternalLocalOriginErrors?b
PassthroughServerOptions<GatewayServerOptions|port?n
@PathRewrite|replacement|PathRewrite.matched(…) or PathRewrite.regex(…)
PdbSpec|maxUnavailable?* minAvailable?*
PeerAuthenticationProps<ManifestProps|meshWide?b mtls?MtlsMode portLevelMtls?{MtlsMode selector?{s
&PersistentVolumeClaimSpec|a k8s.PersistentVolumeClaimSpec of cdk8s-plus-27
PipelineBatch|rolling?b size?n window?Duration
@PipelineData|_local|data, such as step.output() or pipeline.input("x")
PipelineInput|inputs![PipelineData inputsJoin?PipelineJoin joinWindow?Duration tensorMap?[TensorMapping triggers?[PipelineData triggersJoin?PipelineJoin
%PipelineJoin|inner|outer|any
PipelineOutput|steps![PipelineData joinWindow?Duration stepsJoin?PipelineJoin tensorMap?[TensorMapping
PipelineProps<ManifestProps|allowCycles?b cleanTopicsOnDelete?b input?PipelineInput maxStepRevisits?n
PipelineStepProps|batch?PipelineBatch inputs?[PipelineData inputsJoin?PipelineJoin joinWindow?Duration tensorMap?[TensorMapping triggers?[PipelineData triggersJoin?PipelineJoin
%PlainHttpProtocol|HTTP|HTTP2|GRPC|GRPC-WEB|HTTP_PROXY
%PlainTcpProtocol|TCP|MONGO|MYSQL|REDIS
Plan|endpoints![EndpointPlan name!s metadata?ApiObjectMetadata namespace?s
%PodSecurityLevel|privileged|baseline|restricted
PodSecurityOptions|audit?PodSecurityLevel auditVersion?s enforce?PodSecurityLevel enforceVersion?s warn?PodSecurityLevel warnVersion?s|an object, such as { enforce: PodSecurityLevel.BASELINE }
&PodSpec|a k8s.PodSpec of cdk8s-plus-27
@PolicyTargetRef|_key|a PolicyTargetRef, such as PolicyTargetRef.service("seldon-mesh")
PortTrafficPolicy|port!n connectionPool?ConnectionPool loadBalancer?LoadBalancer outlierDetection?OutlierDetection tls?ClientTls
PredictorExplainer|type!* config?{s containerSpec?Container endpoint?GraphEndpoint envSecretRefName?s initParameters?s modelUri?s replicas?n serviceAccountName?s storageInitializerImage?s
PredictorProps|graph!GraphNode name!s annotations?{s componentSpecs?[ComponentSpec engineResources?ResourceRequirements explainer?PredictorExplainer labels?{s noEngine?b progressDeadlineSeconds?n replicas?n serviceName?s shadow?b ssl?PredictorSsl svcOrchSpec?SvcOrchSpec traffic?n
PredictorReference|name!s explainer?b explainerPort?n grpcPort?n noEngine?b port?n serviceName?s version?s
PredictorSsl|certSecretName!s
@PrepackagedServer|_speaks|a PrepackagedServer, such as PrepackagedServer.SKLEARN_SERVER
%ProxyProtocolVersion|V1|V2
RandomAbTestNodeProps<GraphNodeOptions|children![GraphNode ratioA?n
%RedirectScheme|http|https
RequestAuthenticationProps<ManifestProps|jwtRules![JwtRule gateway?IGateway selector?{s targetRefs?[PolicyTargetRef
RequestAuthenticationReferenceOptions|forwardOriginalToken?b issuers?[s namespace?s selector?{s targetRefs?[PolicyTargetRef
RequestMatch|headers?{StringMatch protocol?RequestProtocol queryParams?{StringMatch withoutHeaders?{StringMatch|a match, such as CallerMatch.header(…)
%RequestProtocol|REST|gRPC
&ResourceRequirements|a k8s.ResourceRequirements of cdk8s-plus-27
%ResourceType|model|pipeline
RetryBudget|minRetryConcurrency?n percent?n
RetryPolicy|attempts!n perTryTimeout?Duration retryOn?[s
RolloutDashboardProps<RolloutMetricsProps|folder?s quantiles?[n refresh?Duration sidecarLabels?{s tags?[s title?s uid?s
RolloutGate|prometheus!s maxErrorPercent?n maxErrorPercentAboveStable?n maxLatencyTimesStable?n maxMeanLatency?Duration measurements?n minRequests?n namespaceLabel?s window?Duration
RolloutMetricsProps<ManifestProps|arms?[WatchedArm clientErrors?b istioMetrics?b istioReporter?IstioReporter namespaceLabel?s plan?Plan rollout?s window?Duration
RolloutRulesProps<RolloutMetricsProps|alertAfter?Duration alertLabels?{s alertOnShadows?b baseline?s interval?Duration maxErrorPercent?n maxErrorPercentAboveBaseline?n maxLatency?Duration maxLatencyTimesBaseline?n maxMeanLatency?Duration minRequests?n missingAfter?Duration quantile?n runbookUrl?s severity?s
RolloutStepsProps|rollout!IRollout shares![n gate?RolloutGate outdir?s
RouteDestination|destination!Destination weight?n
%RouteEngine|mesh|experiment|operator
RouteHeaders|request?HeaderChanges response?HeaderChanges
RoutePolicy|abort?AbortFault cors?CorsPolicy delay?DelayFault retries?RetryPolicy rewrite?PathRewrite timeout?Duration
RuleFinding|construct!s level!RuleLevel message!s rule!s
%RuleLevel|error|warning|info
RuntimeAccessPolicyProps<ManifestProps|allow![Caller enforcedBy?AccessEnforcer monitoring?[s
S3StoreOptions|region!s bucket?s domain?s dualStack?b fips?b globalEndpoint?b style?S3Style tokenService?b
%S3Style|both|path|virtual-hosted
%SameSite|Strict|Lax|None
SeldonAgentConfig|rclone?SeldonRcloneConfig
%SeldonComponent|seldon-scheduler|seldon-envoy|seldon-dataflow-engine|hodometer|seldon-modelgateway|seldon-pipelinegateway
SeldonConfigComponent|name!SeldonComponent podSpec!PodSpec annotations?{s labels?{s replicas?n volumeClaimTemplates?[VolumeClaimTemplate
SeldonConfigProps<ManifestProps|components?[SeldonConfigComponent config?SeldonConfiguration
SeldonConfiguration|agentConfig?SeldonAgentConfig kafkaConfig?SeldonKafkaConfig scalingConfig?SeldonScalingConfig serviceConfig?SeldonServiceConfig tracingConfig?SeldonTracingConfig
SeldonDeploymentProps<ManifestProps|predictors![PredictorProps ambassador?AmbassadorOptions annotations?{s controllerId?s disableOperatorRoutes?b executor?ExecutorOptions headlessServices?b istio?OperatorIstioOptions protocol?SeldonProtocol replicas?n serverType?SeldonServerType storageInitializer?b transport?SeldonTransport
SeldonDeploymentReferenceOptions|predictors![PredictorReference namespace?s operatorRoutes?b protocol?SeldonProtocol
@SeldonIdentity||a SeldonIdentity, such as SeldonIdentity.ofExperiment(…)
SeldonKafkaConfig|bootstrapServers?s consumer?{* consumerGroupIdPrefix?s debug?s producer?{* streams?{* topicPrefix?s topics?{*
SeldonModelScalingConfig|enabled?b
SeldonPipelineScalingConfig|maxShardCountMultiplier?n
%SeldonProtocol|seldon|tensorflow|kfserving|v2
SeldonRcloneConfig|config?[s configSecrets?[s
SeldonRuntimeOverride|name!SeldonComponent disable?b podSpec?PodSpec replicas?n serviceType?SeldonServiceType
SeldonRuntimeProps<ManifestProps|config?SeldonConfiguration disableAutoUpdate?b overrides?[SeldonRuntimeOverride seldonConfig?ISeldonConfig
SeldonScalingConfig|models?SeldonModelScalingConfig pipelines?SeldonPipelineScalingConfig servers?SeldonServerScalingConfig
SeldonServerScalingConfig|enabled?b scaleDownPackingEnabled?b scaleDownPackingPercentage?n
%SeldonServerType|rpc|kafka
SeldonServiceConfig|grpcServicePrefix?s serviceType?SeldonServiceType
%SeldonServiceType|ClusterIP|NodePort|LoadBalancer
SeldonTracingConfig|disable?b otelExporterEndpoint?s otelExporterProtocol?s ratio?n
%SeldonTransport|rest|grpc
ServerConfigProps<ManifestProps|podSpec!PodSpec capabilities?[s volumeClaimTemplates?[VolumeClaimTemplate
ServerConfigReferenceOptions|capabilities?[s
ServerImageOverrides|agent?Container rclone?Container
ServerInventoryOptions|namespace?s
ServerProps<ManifestProps|serverConfig!IServerConfig capabilities?[s deploymentStrategy?DeploymentStrategy disableAutoUpdate?b extraCapabilities?[s imageOverrides?ServerImageOverrides maxReplicas?n minReplicas?n podSpec?PodSpec replicas?n statefulSetPersistentVolumeClaimRetentionPolicy?VolumeClaimRetentionPolicy
ServerReferenceOptions<Core2ReferenceOptions|capabilities?[s maxReplicas?n
%ServerTlsMode|SIMPLE|MUTUAL|OPTIONAL_MUTUAL
ServerTlsOptions<TlsHandshakeOptions|caCertCredentialName?s caCertificates?s caCrl?s certificate?* credentialName?s credentialNames?[s insecureSkipVerify?b mode?ServerTlsMode privateKey?s serverCertificate?s tlsCertificates?[TlsCertificateFiles
ServiceBackendOptions|grpcHeaders?{s grpcMethods?StringMatch grpcPort?n otherPorts?[n paths?[StringMatch protocol?InferenceProtocol removeRequestHeaders?[s requestHeaders?{s subset?* subsetLabels?{s
ServiceBackendProps<ServiceBackendOptions|name!* namespace!* port!n
ServiceEntryEndpoint|address?s labels?{s locality?s network?s ports?{n serviceAccount?s weight?n
%ServiceEntryLocation|MESH_EXTERNAL|MESH_INTERNAL
ServiceEntryPort|number!n name?s protocol?ServiceEntryProtocol targetPort?n
ServiceEntryProps<ManifestProps|hosts![s ports![ServiceEntryPort addresses?[s endpoints?[ServiceEntryEndpoint exportTo?[s location?ServiceEntryLocation resolution?ServiceEntryResolution subjectAltNames?[s workloadSelector?{s
%ServiceEntryProtocol|HTTP|HTTPS|HTTP2|HTTP_PROXY|GRPC|GRPC-Web|TLS|TCP|MONGO|MYSQL|REDIS
%ServiceEntryResolution|NONE|STATIC|DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS
ShadowDeploymentProps<EndpointProps|primary!IBackend shadows![Mirror
%SidecarCaptureMode|DEFAULT|IPTABLES|NONE
SidecarEgressListener|hosts![s bind?s captureMode?SidecarCaptureMode port?SidecarPort
SidecarIngressListener|port?SidecarPort bind?s captureMode?SidecarCaptureMode connectionPool?ConnectionPool defaultEndpoint?* tls?SidecarServerTls
SidecarPort|number!n name?s protocol?ServiceEntryProtocol
SidecarProps<ManifestProps|egress?[SidecarEgressListener inboundConnectionPool?ConnectionPool ingress?[SidecarIngressListener outboundTrafficPolicy?OutboundTrafficMode workloadSelector?{s
SidecarScopeProps<ManifestProps|apiServer?b backends?[IBackend egress?[ModelStoreEgress hosts?[s namespaces?[s outboundTrafficPolicy?OutboundTrafficMode ownNamespace?b rootNamespace?b workloadSelector?{s
SidecarServerTls|privateKey!s serverCertificate!s caCertificates?s caCrl?s cipherSuites?[s maxProtocolVersion?TlsVersion minProtocolVersion?TlsVersion mode?SidecarTlsMode verifyCertificateHash?[s verifyCertificateSpki?[s
%SidecarTlsMode|SIMPLE|MUTUAL|OPTIONAL_MUTUAL
@Size|toMebibytes|a Size, such as Size.gibibytes(1)
StickyOptions<CookieAttributes|cookie?s header?s maxAge?Duration path?s
@StringMatch|_toJson|a StringMatch, such as StringMatch.exact(…)
Subset|name!* labels?{s trafficPolicy?TrafficPolicy
SvcOrchSpec|env?[EnvVar replicas?n resources?ResourceRequirements
@TagOverride|_toJson|a TagOverride, such as TagOverride.remove()
TcpConnectionPool|connectTimeout?Duration idleTimeout?Duration maxConnectionDuration?Duration maxConnections?n tcpKeepalive?TcpKeepalive
TcpKeepalive|interval?Duration probes?n time?Duration
TcpMatch<CommonMatch|destinationSubnets?[s sourceSubnet?s
TcpRoute|route![RouteDestination match?[TcpMatch
TcpServerOptions<GatewayServerOptions|port!n protocol?PlainTcpProtocol
TelemetryProps<ManifestProps|accessLogging?[AccessLogging metrics?[Metrics selector?{s targetRefs?[PolicyTargetRef tracing?Tracing
TensorMapping|from!PipelineData to!s
TlsCertificateFiles|privateKey!s serverCertificate!s caCertificates?s
%TlsContent|HTTPS|TLS
TlsHandshakeOptions|cipherSuites?[s maxProtocolVersion?TlsVersion minProtocolVersion?TlsVersion subjectAltNames?[s verifyCertificateHash?[s verifyCertificateSpki?[s
TlsMatch<CommonMatch|sniHosts![s destinationSubnets?[s
TlsRoute|match![TlsMatch route![RouteDestination
TlsServerOptions<GatewayServerOptions,ServerTlsOptions|port?n
%TlsVersion|TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3
Tracing|customTags?{CustomTag disableContextPropagation?b disableSpanReporting?b enableIstioTags?b mode?WorkloadMode provider?s samplingPercentage?n useRequestIdForTraceSampling?b|one object, since Istio enforces only the first entry of a list
TrafficDiagramOptions|hosts?[s
TrafficManifestsOptions|clusterDomain?s context?[s defaultNamespace?s istioVersion?s operatorIstio?b rootNamespace?s
TrafficPolicy|connectionPool?ConnectionPool loadBalancer?LoadBalancer outlierDetection?OutlierDetection portLevelSettings?[PortTrafficPolicy proxyProtocol?ProxyProtocolVersion retryBudget?RetryBudget tls?ClientTls tunnel?Tunnel
TrafficRequest|address?s claims?{* clientCertificate?b forwardedAddress?s from?TrafficWorkload gateway?s grpc?s headers?[s host?s http?s metadata?[s method?s path?s port?n principal?s scheme?s serverName?s url?s validToken?b
TrafficRequestSet|claims?{StringMatch gateway?s headers?{StringMatch host?s method?StringMatch path?StringMatch
TrafficShare|name!s percentage!n condition?s
TrafficSplitProps<EndpointProps|arms![WeightedArm mirrors?[Mirror
TrafficWorkload|namespace!s labels?{s serviceAccount?s
TransformerNodeProps<GraphNodeOptions|children?[GraphNode
Tunnel|targetHost!s targetPort!n protocol?TunnelProtocol
%TunnelProtocol|CONNECT|POST
%UnmatchedPreflights|FORWARD|IGNORE
UriRegexRewrite|match!s rewrite!s
VirtualServiceProps<ManifestProps|hosts![s exportTo?[s gateways?[IGateway http?[HttpRoute mesh?b tcp?[TcpRoute tls?[TlsRoute
%VolumeClaimRetention|Retain|Delete
VolumeClaimRetentionPolicy|whenDeleted?VolumeClaimRetention whenScaled?VolumeClaimRetention
VolumeClaimTemplate|name!s spec!PersistentVolumeClaimSpec
Warmup|duration!Duration aggression?n minimumPercent?n
WatchedArm|backend!IBackend name?s shadow?b version?s
WeightedArm|backend!IBackend weight!n requestHeaders?HeaderChanges responseHeaders?HeaderChanges
%WorkloadMode|CLIENT_AND_SERVER|CLIENT|SERVER
ZoneAwareLoadBalancing|enabled?b failover?[LocalityFailover failoverPriority?[s minClusterSize?n
`;
