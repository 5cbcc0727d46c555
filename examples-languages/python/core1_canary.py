"""A canary of Seldon Core 1, with the routes of its operator, and with routes of the library for testers and sticky sessions."""

from cdk8s import Chart
from cdk8s_seldon_istio import (
    CallerMatch,
    Canary,
    FastApp,
    Gateway,
    GatewayServer,
    GraphNode,
    OperatorRouter,
    PredictorProps,
    PrepackagedServer,
    SeldonDeployment,
    SeldonProtocol,
    StickyOptions,
)


def version(name: str, model_uri: str) -> PredictorProps:
    """A predictor with one version of the model."""
    graph = GraphNode.model(name="classifier", implementation=PrepackagedServer.SKLEARN_SERVER, model_uri=model_uri)
    return PredictorProps(name=name, graph=graph)


app = FastApp()
predictors = [
    version("main", "gs://seldon-models/sklearn/iris-0.23.2/lr_model"),
    version("canary", "gs://seldon-models/v1.19.0-dev/sklearn/iris"),
]

# Seldon's operator splits the requests of all callers: one in four for the canary.
operator = Chart(app, "operator", namespace="models-operator")
gateway = Gateway(operator, "seldon-gateway", namespace="istio-system", servers=[GatewayServer.http()])
shared = SeldonDeployment(operator, "iris", protocol=SeldonProtocol.V2, predictors=predictors)
Canary(
    operator,
    "iris-canary",
    gateways=[gateway],
    stable=shared.predictor("main"),
    canary=shared.predictor("canary"),
    weight=25,
    router=OperatorRouter(),
)

# This library splits them: testers always reach the canary, and sessions of other callers are sticky.
library = Chart(app, "library", namespace="models-library")
routed = SeldonDeployment(library, "iris", protocol=SeldonProtocol.V2, predictors=predictors, disable_operator_routes=True)
Canary(
    library,
    "iris-rollout",
    endpoint="iris",
    gateways=[gateway],
    stable=routed.predictor("main"),
    canary=routed.predictor("canary"),
    weight=25,
    testers=[CallerMatch.header("x-tester", "yes")],
    sticky=StickyOptions(),
)

app.synth()
