module examples

go 1.25

require (
	github.com/aws/constructs-go/constructs/v10 v10.5.0
	github.com/aws/jsii-runtime-go v1.139.0
	github.com/cdk8s-seldon-istio/cdk8s-seldon-istio-go/cdk8sseldonistio v0.0.0
	github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 v2.70.106
)
