// The three topologies of ../typescript/app.ts beside the quickstart.
import io.github.cdkelasticache.AlarmThresholds;
import io.github.cdkelasticache.CacheCluster;
import io.github.cdkelasticache.CacheEngine;
import io.github.cdkelasticache.CacheNodeType;
import io.github.cdkelasticache.CacheProfile;
import io.github.cdkelasticache.CacheTopology;
import io.github.cdkelasticache.EngineParameters;
import io.github.cdkelasticache.MaintenanceWindow;
import io.github.cdkelasticache.MaxmemoryPolicy;
import io.github.cdkelasticache.MemcachedParameters;
import io.github.cdkelasticache.MemcachedTopologyOptions;
import io.github.cdkelasticache.Parameters;
import io.github.cdkelasticache.ServerlessTopologyOptions;
import io.github.cdkelasticache.ShardedTopologyOptions;
import io.github.cdkelasticache.UsageLimits;
import io.github.cdkelasticache.UsageLimitsOptions;
import io.github.cdkelasticache.ValkeyVersion;
import io.github.cdkelasticache.Weekday;
import io.github.cdkelasticache.WeeklyWindowOptions;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.sns.Topic;

public final class Topologies {
  public static void main(String[] arguments) {
    App app = new App();
    sharded(app);
    serverless(app);
    memcached(app);
    app.synth();
  }

  private static void sharded(App app) {
    Stack stack = new Stack(app, "Sharded");
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").maxAzs(2).natGateways(1).build();
    CacheCluster cache = CacheCluster.Builder.create(stack, "Cache")
        .vpc(vpc)
        .profile(CacheProfile.SESSION_STORE)
        .engine(CacheEngine.valkey(ValkeyVersion.V9_0))
        .topology(CacheTopology.sharded(
            ShardedTopologyOptions.builder().shards(2).replicasPerShard(1).nodeType(CacheNodeType.R7_G_LARGE).build()))
        .parameters(Parameters.valkey(EngineParameters.builder().maxmemoryPolicy(MaxmemoryPolicy.VOLATILE_TTL).build()))
        .maintenanceWindow(MaintenanceWindow.weekly(WeeklyWindowOptions.builder().day(Weekday.TUESDAY).hour(2).build()))
        .alarmTopic(new Topic(stack, "AlarmTopic"))
        .alarmThresholds(AlarmThresholds.builder().evictionsPerMinute(0).build())
        .build();
    CfnOutput.Builder.create(stack, "Endpoint").value(cache.getEndpoint().getSocketAddress()).build();
  }

  private static void serverless(App app) {
    Stack stack = new Stack(app, "Serverless");
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").maxAzs(2).natGateways(1).build();
    UsageLimits limits = UsageLimits.of(
        UsageLimitsOptions.builder().maxStorage(Size.gibibytes(10)).maxEcpuPerSecond(5000).build());
    CacheCluster cache = CacheCluster.Builder.create(stack, "Cache")
        .vpc(vpc)
        .topology(CacheTopology.serverless(ServerlessTopologyOptions.builder().limits(limits).build()))
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
    cache.addUser("Reports");
    CfnOutput.Builder.create(stack, "Reader").value(cache.getReaderEndpoint().getSocketAddress()).build();
  }

  private static void memcached(App app) {
    Environment env = Environment.builder().account("111111111111").region("eu-central-1").build();
    Stack stack = Stack.Builder.create(app, "Memcached").env(env).build();
    List<String> zones = List.of("eu-central-1a", "eu-central-1b");
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").availabilityZones(zones).natGateways(1).build();
    CacheCluster.Builder.create(stack, "Cache")
        .vpc(vpc)
        .topology(CacheTopology.memcached(
            MemcachedTopologyOptions.builder().nodes(2).availabilityZones(zones).nodeType(CacheNodeType.M7_G_LARGE).build()))
        .parameters(Parameters.memcached(MemcachedParameters.builder().maxItemSize(Size.mebibytes(4)).build()))
        .build();
  }
}
