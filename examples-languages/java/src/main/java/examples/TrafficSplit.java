package examples;

import io.github.cdk8sseldonistio.FastApp;
import io.github.cdk8sseldonistio.Gateway;
import io.github.cdk8sseldonistio.GatewayServer;
import io.github.cdk8sseldonistio.Model;
import io.github.cdk8sseldonistio.TlsServerOptions;
import io.github.cdk8sseldonistio.WeightedArm;
import java.util.List;
import java.util.stream.Stream;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;

/** Two models of Seldon Core 2 with half of the requests each. */
public final class TrafficSplit {
  public static void main(String[] args) {
    FastApp app = new FastApp();
    Chart chart = new Chart(app, "traffic-split", ChartProps.builder().namespace("seldon-mesh").build());

    Gateway gateway = Gateway.Builder.create(chart, "seldon-gateway")
        .namespace("istio-system")
        .servers(List.of(GatewayServer.http(), GatewayServer.https(TlsServerOptions.builder().credentialName("seldon-ssl-cert").build())))
        .build();

    // REST clients request /v2/models/iris, gRPC clients send `seldon-model: iris`.
    List<WeightedArm> arms = Stream.of("iris1", "iris2")
        .map(id -> Model.Builder.create(chart, id)
            .storageUri("gs://seldon-models/mlserver/iris")
            .requirements(List.of("sklearn"))
            .build())
        .map(model -> WeightedArm.builder().backend(model).weight(50).build())
        .toList();
    io.github.cdk8sseldonistio.TrafficSplit.Builder.create(chart, "iris")
        .gateways(List.of(gateway))
        .arms(arms)
        .build();

    app.synth();
  }
}
