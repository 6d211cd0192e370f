# The three topologies of ../typescript/app.ts beside the quickstart.
from aws_cdk import App, CfnOutput, Environment, RemovalPolicy, Size, Stack, aws_ec2 as ec2, aws_sns as sns
from cdk_elasticache import (
    AlarmThresholds,
    CacheCluster,
    CacheEngine,
    CacheNodeType,
    CacheProfile,
    CacheTopology,
    MaintenanceWindow,
    MaxmemoryPolicy,
    Parameters,
    UsageLimits,
    ValkeyVersion,
    Weekday,
)


def sharded(app):
    stack = Stack(app, "Sharded")
    vpc = ec2.Vpc(stack, "Vpc", max_azs=2, nat_gateways=1)
    cache = CacheCluster(
        stack,
        "Cache",
        vpc=vpc,
        profile=CacheProfile.SESSION_STORE,
        engine=CacheEngine.valkey(ValkeyVersion.V9_0),
        topology=CacheTopology.sharded(shards=2, replicas_per_shard=1, node_type=CacheNodeType.R7_G_LARGE),
        parameters=Parameters.valkey(maxmemory_policy=MaxmemoryPolicy.VOLATILE_TTL),
        maintenance_window=MaintenanceWindow.weekly(day=Weekday.TUESDAY, hour=2),
        alarm_topic=sns.Topic(stack, "AlarmTopic"),
        alarm_thresholds=AlarmThresholds(evictions_per_minute=0),
    )
    CfnOutput(stack, "Endpoint", value=cache.endpoint.socket_address)


def serverless(app):
    stack = Stack(app, "Serverless")
    vpc = ec2.Vpc(stack, "Vpc", max_azs=2, nat_gateways=1)
    limits = UsageLimits.of(max_storage=Size.gibibytes(10), max_ecpu_per_second=5000)
    cache = CacheCluster(
        stack, "Cache", vpc=vpc, topology=CacheTopology.serverless(limits=limits), removal_policy=RemovalPolicy.DESTROY
    )
    cache.add_user("Reports")
    CfnOutput(stack, "Reader", value=cache.reader_endpoint.socket_address)


def memcached(app):
    stack = Stack(app, "Memcached", env=Environment(account="111111111111", region="eu-central-1"))
    zones = ["eu-central-1a", "eu-central-1b"]
    vpc = ec2.Vpc(stack, "Vpc", availability_zones=zones, nat_gateways=1)
    CacheCluster(
        stack,
        "Cache",
        vpc=vpc,
        topology=CacheTopology.memcached(nodes=2, availability_zones=zones, node_type=CacheNodeType.M7_G_LARGE),
        parameters=Parameters.memcached(max_item_size=Size.mebibytes(4)),
    )


app = App()
sharded(app)
serverless(app)
memcached(app)
app.synth()
