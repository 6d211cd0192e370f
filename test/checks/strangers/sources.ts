// Where the causes of the broken templates can be read.
const AWS = 'https://docs.aws.amazon.com';
const GUIDE = `${AWS}/AmazonElastiCache/latest/dg`;
const API = `${AWS}/AmazonElastiCache/latest/APIReference`;
const CLOUDFORMATION = `${AWS}/AWSCloudFormation/latest/TemplateReference`;
const PREFLIGHT = 'https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/elasticache';
const TERRAFORM = 'https://github.com/hashicorp/terraform-provider-aws';

export const guide = (page: string): string => `${GUIDE}/${page}.html`;
export const api = (action: string): string => `${API}/API_${action}.html`;
export const cloudFormation = (name: string): string => `${CLOUDFORMATION}/aws-resource-elasticache-${name}.html`;
export const preflight = (rule: string): string => `${PREFLIGHT}/${rule}`;
export const terraform = (issue: number): string => `${TERRAFORM}/issues/${issue}`;
export const TERRAFORM_GROUP = `${TERRAFORM}/blob/main/internal/service/elasticache/replication_group.go`;
export const TERRAFORM_CLUSTER = `${TERRAFORM}/blob/main/internal/service/elasticache/cluster.go`;
export const TERRAFORM_CLUSTER_TEST = `${TERRAFORM}/blob/main/internal/service/elasticache/cluster_test.go`;
export const AUTO_SCALING = `${AWS}/autoscaling/application/APIReference/API_RegisterScalableTarget.html`;
export const SCALING_POLICY = `${AWS}/autoscaling/application/APIReference/API_PutScalingPolicy.html`;
export const ALPHA = 'https://github.com/aws/aws-cdk/tree/main/packages/%40aws-cdk/aws-elasticache-alpha/lib';
export const MOTO = 'https://github.com/getmoto/moto/blob/master/moto/elasticache/models.py';
export const FLOCI = 'https://github.com/floci-io/floci';
export const CFN_LINT = 'https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md';
export const GETATT = `${AWS}/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html`;
