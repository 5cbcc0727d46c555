#!/usr/bin/env python
from cdk8s import App, Chart
from cdk8s_seldon_istio import (
    Canary, Gateway, GatewayServer, ListedModel, ListedVersion, Mesh, Model, ModelRoute, ModelsFile, RolloutSteps,
)

app = App()
Mesh.configure(app, sync_waves=True)

platform = Chart(app, "platform", namespace="istio-system")
gateway = Gateway(platform, "models", servers=[GatewayServer.http()])

models = Chart(app, "models", namespace="seldon-mesh")
routes = Chart(app, "routes", namespace="seldon-mesh")


def create_model(model: ListedModel, version: ListedVersion) -> Model:
    return Model(
        models, f"{model.name}-{version.version}",
        storage_uri=version.uri, requirements=model.requirements, memory=model.memory, replicas=model.replicas,
    )


canaries = []
for model in ModelsFile.read("models.yaml"):
    stable = create_model(model, model.stable)
    if model.next is None:
        ModelRoute(routes, model.name, gateways=[gateway], backend=stable)
    else:
        canary = create_model(model, model.next)
        canaries.append(Canary(routes, model.name, gateways=[gateway], stable=stable, canary=canary, weight=model.next.weight))

app.synth()

# A folder for each step of a new version, for teams that shift its requests by a change of the path that their GitOps tool applies.
for canary in canaries:
    RolloutSteps(rollout=canary, shares=[5, 25, 100]).synth()
