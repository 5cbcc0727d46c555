"""Two models of Seldon Core 2 with half of the requests each."""

from cdk8s import Chart
from cdk8s_seldon_istio import FastApp, Gateway, GatewayServer, Model, TrafficSplit, WeightedArm

app = FastApp()
chart = Chart(app, "traffic-split", namespace="seldon-mesh")

gateway = Gateway(
    chart,
    "seldon-gateway",
    namespace="istio-system",
    servers=[GatewayServer.http(), GatewayServer.https(credential_name="seldon-ssl-cert")],
)

iris1 = Model(chart, "iris1", storage_uri="gs://seldon-models/mlserver/iris", requirements=["sklearn"])
iris2 = Model(chart, "iris2", storage_uri="gs://seldon-models/mlserver/iris", requirements=["sklearn"])

# REST clients request /v2/models/iris, gRPC clients send `seldon-model: iris`.
TrafficSplit(
    chart,
    "iris",
    gateways=[gateway],
    arms=[WeightedArm(backend=iris1, weight=50), WeightedArm(backend=iris2, weight=50)],
)

app.synth()
