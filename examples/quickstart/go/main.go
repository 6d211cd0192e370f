// The quickstart in Go: a cache for a function, with nothing to decide.
// Run it: go mod tidy, then npx cdk deploy
package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-elasticache/cdk-elasticache-go/cdkelasticache"
)

func main() {
	defer jsii.Close()
	source, err := os.ReadFile("../client.py")
	if err != nil {
		panic(err)
	}

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Quickstart"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2), NatGateways: jsii.Number(1)})
	alarmTopic := awssns.NewTopic(stack, jsii.String("AlarmTopic"), &awssns.TopicProps{EnforceSSL: jsii.Bool(true)})

	cache := cdkelasticache.NewCacheCluster(stack, jsii.String("Cache"), &cdkelasticache.CacheClusterProps{Vpc: vpc, AlarmTopic: alarmTopic})
	client := awslambda.NewFunction(stack, jsii.String("Client"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_PYTHON_3_13(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(string(source))),
		Timeout: awscdk.Duration_Seconds(jsii.Number(30)),
		Vpc:     vpc,
	})
	cache.GrantAccess(client, nil)

	awscdk.NewCfnOutput(stack, jsii.String("ClientName"), &awscdk.CfnOutputProps{Value: client.FunctionName()})
	app.Synth(nil)
}
