// A canary of Seldon Core 1, with the routes of its operator, and with routes of the library for testers and sticky sessions.
package main

import (
	"github.com/aws/jsii-runtime-go"
	seldon "github.com/cdk8s-seldon-istio/cdk8s-seldon-istio-go/cdk8sseldonistio"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

// version is a predictor with one version of the model.
func version(name, modelUri string) *seldon.PredictorProps {
	return &seldon.PredictorProps{
		Name: jsii.String(name),
		Graph: seldon.GraphNode_Model(&seldon.ModelNodeProps{
			Name:           jsii.String("classifier"),
			Implementation: seldon.PrepackagedServer_SKLEARN_SERVER(),
			ModelUri:       jsii.String(modelUri),
		}),
	}
}

func main() {
	app := seldon.NewFastApp(nil)
	predictors := []*seldon.PredictorProps{
		version("main", "gs://seldon-models/sklearn/iris-0.23.2/lr_model"),
		version("canary", "gs://seldon-models/v1.19.0-dev/sklearn/iris"),
	}

	// Seldon's operator splits the requests of all callers: one in four for the canary.
	operator := cdk8s.NewChart(app, jsii.String("operator"), &cdk8s.ChartProps{Namespace: jsii.String("models-operator")})
	gateway := seldon.NewGateway(operator, jsii.String("seldon-gateway"), &seldon.GatewayProps{
		Namespace: jsii.String("istio-system"),
		Servers:   &[]seldon.GatewayServer{seldon.GatewayServer_Http(nil)},
	})
	shared := seldon.NewSeldonDeployment(operator, jsii.String("iris"), &seldon.SeldonDeploymentProps{
		Protocol:   seldon.SeldonProtocol_V2,
		Predictors: &predictors,
	})
	seldon.NewCanary(operator, jsii.String("iris-canary"), &seldon.CanaryProps{
		Gateways: &[]seldon.IGateway{gateway},
		Stable:   shared.Predictor(jsii.String("main")),
		Canary:   shared.Predictor(jsii.String("canary")),
		Weight:   jsii.Number(25),
		Router:   seldon.NewOperatorRouter(),
	})

	// This library splits them: testers always reach the canary, and sessions of other callers are sticky.
	library := cdk8s.NewChart(app, jsii.String("library"), &cdk8s.ChartProps{Namespace: jsii.String("models-library")})
	routed := seldon.NewSeldonDeployment(library, jsii.String("iris"), &seldon.SeldonDeploymentProps{
		Protocol:              seldon.SeldonProtocol_V2,
		Predictors:            &predictors,
		DisableOperatorRoutes: jsii.Bool(true),
	})
	seldon.NewCanary(library, jsii.String("iris-rollout"), &seldon.CanaryProps{
		Endpoint: jsii.String("iris"),
		Gateways: &[]seldon.IGateway{gateway},
		Stable:   routed.Predictor(jsii.String("main")),
		Canary:   routed.Predictor(jsii.String("canary")),
		Weight:   jsii.Number(25),
		Testers:  &[]*seldon.RequestMatch{seldon.CallerMatch_Header(jsii.String("x-tester"), jsii.String("yes"))},
		Sticky:   &seldon.StickyOptions{},
	})

	app.Synth()
}
