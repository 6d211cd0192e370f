# The quickstart in Python: a cache for a function, with nothing to decide.
# Run it: pip install -r requirements.txt, then npx cdk deploy
from pathlib import Path

from aws_cdk import App, CfnOutput, Duration, Stack, aws_ec2 as ec2, aws_lambda as lambda_, aws_sns as sns
from cdk_elasticache import CacheCluster

app = App()
stack = Stack(app, "Quickstart")
vpc = ec2.Vpc(stack, "Vpc", max_azs=2, nat_gateways=1)
alarm_topic = sns.Topic(stack, "AlarmTopic", enforce_ssl=True)

cache = CacheCluster(stack, "Cache", vpc=vpc, alarm_topic=alarm_topic)
client = lambda_.Function(
    stack,
    "Client",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="index.handler",
    code=lambda_.Code.from_inline((Path(__file__).resolve().parent.parent / "client.py").read_text()),
    timeout=Duration.seconds(30),
    vpc=vpc,
)
cache.grant_access(client)

CfnOutput(stack, "ClientName", value=client.function_name)
app.synth()
