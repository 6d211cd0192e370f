// How long a fresh process takes to load what a default cache needs: aws-cdk-lib's classes, and with `library` this library beside them.
// Plain JavaScript that is run where it lies: nothing but the modules themselves is loaded. Prints milliseconds.
const begun = performance.now();
const core = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const elasticache = require('aws-cdk-lib/aws-elasticache');
const logs = require('aws-cdk-lib/aws-logs');
const secrets = require('aws-cdk-lib/aws-secretsmanager');

// Each is loaded when it is first touched.
const touched = [
  core.App, core.Stack, core.Resource, core.Duration, core.RemovalPolicy, ec2.Vpc, ec2.SecurityGroup, ec2.Connections, ec2.Port,
  elasticache.CfnReplicationGroup, elasticache.CfnUser, elasticache.CfnUserGroup, elasticache.CfnSubnetGroup, elasticache.CfnParameterGroup,
  logs.LogGroup, secrets.Secret,
];
if (process.argv[2] === 'library') {
  touched.push(require('cdk-elasticache').CacheCluster);
}
console.log(touched.every(Boolean) ? performance.now() - begun : 'a class is missing');
