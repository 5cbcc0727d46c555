package examples;

import io.github.cdk8sseldonistio.CallerMatch;
import io.github.cdk8sseldonistio.Canary;
import io.github.cdk8sseldonistio.FastApp;
import io.github.cdk8sseldonistio.Gateway;
import io.github.cdk8sseldonistio.GatewayServer;
import io.github.cdk8sseldonistio.GraphNode;
import io.github.cdk8sseldonistio.ModelNodeProps;
import io.github.cdk8sseldonistio.OperatorRouter;
import io.github.cdk8sseldonistio.PredictorProps;
import io.github.cdk8sseldonistio.PrepackagedServer;
import io.github.cdk8sseldonistio.SeldonDeployment;
import io.github.cdk8sseldonistio.SeldonProtocol;
import io.github.cdk8sseldonistio.StickyOptions;
import java.util.List;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;

/** A canary of Seldon Core 1, with the routes of its operator, and with routes of the library for testers and sticky sessions. */
public final class Core1Canary {
  /** A predictor with one version of the model. */
  private static PredictorProps version(String name, String modelUri) {
    return PredictorProps.builder()
        .name(name)
        .graph(GraphNode.model(ModelNodeProps.builder()
            .name("classifier")
            .implementation(PrepackagedServer.SKLEARN_SERVER)
            .modelUri(modelUri)
            .build()))
        .build();
  }

  public static void main(String[] args) {
    FastApp app = new FastApp();
    List<PredictorProps> predictors = List.of(
        version("main", "gs://seldon-models/sklearn/iris-0.23.2/lr_model"),
        version("canary", "gs://seldon-models/v1.19.0-dev/sklearn/iris"));

    // Seldon's operator splits the requests of all callers: one in four for the canary.
    Chart operator = new Chart(app, "operator", ChartProps.builder().namespace("models-operator").build());
    Gateway gateway = Gateway.Builder.create(operator, "seldon-gateway")
        .namespace("istio-system")
        .servers(List.of(GatewayServer.http()))
        .build();
    SeldonDeployment shared = SeldonDeployment.Builder.create(operator, "iris")
        .protocol(SeldonProtocol.V2)
        .predictors(predictors)
        .build();
    Canary.Builder.create(operator, "iris-canary")
        .gateways(List.of(gateway))
        .stable(shared.predictor("main"))
        .canary(shared.predictor("canary"))
        .weight(25)
        .router(new OperatorRouter())
        .build();

    // This library splits them: testers always reach the canary, and sessions of other callers are sticky.
    Chart library = new Chart(app, "library", ChartProps.builder().namespace("models-library").build());
    SeldonDeployment routed = SeldonDeployment.Builder.create(library, "iris")
        .protocol(SeldonProtocol.V2)
        .predictors(predictors)
        .disableOperatorRoutes(true)
        .build();
    Canary.Builder.create(library, "iris-rollout")
        .endpoint("iris")
        .gateways(List.of(gateway))
        .stable(routed.predictor("main"))
        .canary(routed.predictor("canary"))
        .weight(25)
        .testers(List.of(CallerMatch.header("x-tester", "yes")))
        .sticky(StickyOptions.builder().build())
        .build();

    app.synth();
  }
}
