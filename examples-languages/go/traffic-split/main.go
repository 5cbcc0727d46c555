// Two models of Seldon Core 2 with half of the requests each.
package main

import (
	"github.com/aws/jsii-runtime-go"
	seldon "github.com/cdk8s-seldon-istio/cdk8s-seldon-istio-go/cdk8sseldonistio"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func main() {
	app := seldon.NewFastApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("traffic-split"), &cdk8s.ChartProps{Namespace: jsii.String("seldon-mesh")})

	gateway := seldon.NewGateway(chart, jsii.String("seldon-gateway"), &seldon.GatewayProps{
		Namespace: jsii.String("istio-system"),
		Servers: &[]seldon.GatewayServer{
			seldon.GatewayServer_Http(nil),
			seldon.GatewayServer_Https(&seldon.TlsServerOptions{CredentialName: jsii.String("seldon-ssl-cert")}),
		},
	})

	// REST clients request /v2/models/iris, gRPC clients send `seldon-model: iris`.
	arms := []*seldon.WeightedArm{}
	for _, id := range []string{"iris1", "iris2"} {
		model := seldon.NewModel(chart, jsii.String(id), &seldon.ModelProps{
			StorageUri:   jsii.String("gs://seldon-models/mlserver/iris"),
			Requirements: jsii.Strings("sklearn"),
		})
		arms = append(arms, &seldon.WeightedArm{Backend: model, Weight: jsii.Number(50)})
	}
	seldon.NewTrafficSplit(chart, jsii.String("iris"), &seldon.TrafficSplitProps{
		Gateways: &[]seldon.IGateway{gateway},
		Arms:     &arms,
	})

	app.Synth()
}
