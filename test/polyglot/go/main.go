// The three topologies of ../typescript/app.ts beside the quickstart.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
	cache "github.com/cdk-elasticache/cdk-elasticache-go/cdkelasticache"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	sharded(app)
	serverless(app)
	memcached(app)
	app.Synth(nil)
}

func twoZones(stack awscdk.Stack) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2), NatGateways: jsii.Number(1)})
}

func sharded(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Sharded"), nil)
	cluster := cache.NewCacheCluster(stack, jsii.String("Cache"), &cache.CacheClusterProps{
		Vpc:     twoZones(stack),
		Profile: cache.CacheProfile_SESSION_STORE(),
		Engine:  cache.CacheEngine_Valkey(cache.ValkeyVersion_V9_0()),
		Topology: cache.CacheTopology_Sharded(&cache.ShardedTopologyOptions{
			Shards:           jsii.Number(2),
			ReplicasPerShard: jsii.Number(1),
			NodeType:         cache.CacheNodeType_R7G_LARGE(),
		}),
		Parameters:        cache.Parameters_Valkey(&cache.EngineParameters{MaxmemoryPolicy: cache.MaxmemoryPolicy_VOLATILE_TTL}),
		MaintenanceWindow: cache.MaintenanceWindow_Weekly(&cache.WeeklyWindowOptions{Day: cache.Weekday_TUESDAY, Hour: jsii.Number(2)}),
		AlarmTopic:        awssns.NewTopic(stack, jsii.String("AlarmTopic"), nil),
		AlarmThresholds:   &cache.AlarmThresholds{EvictionsPerMinute: jsii.Number(0)},
	})
	awscdk.NewCfnOutput(stack, jsii.String("Endpoint"), &awscdk.CfnOutputProps{Value: cluster.Endpoint().SocketAddress()})
}

func serverless(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Serverless"), nil)
	limits := cache.UsageLimits_Of(&cache.UsageLimitsOptions{
		MaxStorage:       awscdk.Size_Gibibytes(jsii.Number(10)),
		MaxEcpuPerSecond: jsii.Number(5000),
	})
	cluster := cache.NewCacheCluster(stack, jsii.String("Cache"), &cache.CacheClusterProps{
		Vpc:           twoZones(stack),
		Topology:      cache.CacheTopology_Serverless(&cache.ServerlessTopologyOptions{Limits: limits}),
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	cluster.AddUser(jsii.String("Reports"), nil)
	awscdk.NewCfnOutput(stack, jsii.String("Reader"), &awscdk.CfnOutputProps{Value: cluster.ReaderEndpoint().SocketAddress()})
}

func memcached(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Memcached"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-central-1")},
	})
	zones := jsii.Strings("eu-central-1a", "eu-central-1b")
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{AvailabilityZones: zones, NatGateways: jsii.Number(1)})
	cache.NewCacheCluster(stack, jsii.String("Cache"), &cache.CacheClusterProps{
		Vpc: vpc,
		Topology: cache.CacheTopology_Memcached(&cache.MemcachedTopologyOptions{
			Nodes:             jsii.Number(2),
			AvailabilityZones: zones,
			NodeType:          cache.CacheNodeType_M7G_LARGE(),
		}),
		Parameters: cache.Parameters_Memcached(&cache.MemcachedParameters{MaxItemSize: awscdk.Size_Mebibytes(jsii.Number(4))}),
	})
}
