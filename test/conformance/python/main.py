"""The traffic-split example, as people write it in Python."""

from cdk8s import App, Chart
from cdk8s_seldon_istio import Gateway, GatewayServer, Model, TrafficSplit, WeightedArm

app = App()
chart = Chart(app, "traffic-split", namespace="seldon-mesh")

gateway = Gateway(
    chart,
    "seldon-gateway",
    namespace="istio-system",
    servers=[GatewayServer.http(), GatewayServer.https(credential_name="seldon-ssl-cert")],
)

iris1 = Model(chart, "iris1", storage_uri="gs://seldon-models/mlserver/iris", requirements=["sklearn"])
iris2 = Model(chart, "iris2", storage_uri="gs://seldon-models/mlserver/iris", requirements=["sklearn"])

# REST callers ask for /v2/models/iris, gRPC callers send `seldon-model: iris`.
TrafficSplit(
    chart,
    "iris",
    gateways=[gateway],
    arms=[WeightedArm(backend=iris1, weight=50), WeightedArm(backend=iris2, weight=50)],
)

app.synth()
