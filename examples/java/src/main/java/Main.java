import com.vmworld.codeconnect.vmoperator.Amount;
import com.vmworld.codeconnect.vmoperator.DeletionPolicy;
import com.vmworld.codeconnect.vmoperator.Readiness;
import com.vmworld.codeconnect.vmoperator.RollingUpdateOptions;
import com.vmworld.codeconnect.vmoperator.UpdateStrategy;
import com.vmworld.codeconnect.vmoperator.VmGroup;
import com.vmworld.codeconnect.vmoperator.VmGroupMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Duration;
import org.cdk8s.Size;

public class Main {
  public static void main(String[] args) {
    App app = new App();
    web(app, "test", 1);
    web(app, "production", 6);
    app.synth();
  }

  static VmGroup web(App app, String environment, int replicas) {
    Chart chart = new Chart(app, environment, ChartProps.builder().namespace(environment).build());
    boolean production = environment.equals("production");
    return VmGroup.Builder.create(chart, "web")
        .metadata(VmGroupMetadata.builder().name("web").build())
        .template("/dc1/vm/templates/ubuntu")
        .replicas(replicas)
        .cpu(2)
        .memory(Size.gibibytes(4))
        .readiness(Readiness.ipAddress())
        .minReady(Duration.seconds(30))
        .updateStrategy(
            UpdateStrategy.rollingUpdate(
                RollingUpdateOptions.builder()
                    .maxSurge(Amount.percent(25))
                    .maxUnavailable(Amount.absolute(0))
                    .build()))
        .deletionPolicy(production ? DeletionPolicy.ORPHAN : DeletionPolicy.DELETE)
        .build();
  }
}
