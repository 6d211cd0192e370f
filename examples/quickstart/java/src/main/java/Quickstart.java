// The quickstart in Java: a cache for a function, with nothing to decide.
// Run it: npx cdk deploy
import io.github.cdkelasticache.CacheCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sns.Topic;

public final class Quickstart {
  public static void main(String[] arguments) throws Exception {
    App app = new App();
    Stack stack = new Stack(app, "Quickstart");
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").maxAzs(2).natGateways(1).build();
    Topic alarmTopic = Topic.Builder.create(stack, "AlarmTopic").enforceSsl(true).build();

    CacheCluster cache = CacheCluster.Builder.create(stack, "Cache").vpc(vpc).alarmTopic(alarmTopic).build();
    Function client = Function.Builder.create(stack, "Client")
        .runtime(Runtime.PYTHON_3_13)
        .handler("index.handler")
        .code(Code.fromInline(Files.readString(Path.of("..", "client.py"))))
        .timeout(Duration.seconds(30))
        .vpc(vpc)
        .build();
    cache.grantAccess(client);

    CfnOutput.Builder.create(stack, "ClientName").value(client.getFunctionName()).build();
    app.synth();
  }
}
