import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { CacheCluster, CacheClusterOptions, CacheClusterProps } from '../../src';

export const TYPE = {
  group: 'AWS::ElastiCache::ReplicationGroup',
  user: 'AWS::ElastiCache::User',
  userGroup: 'AWS::ElastiCache::UserGroup',
  subnetGroup: 'AWS::ElastiCache::SubnetGroup',
  parameterGroup: 'AWS::ElastiCache::ParameterGroup',
  securityGroup: 'AWS::EC2::SecurityGroup',
  ingress: 'AWS::EC2::SecurityGroupIngress',
  secret: 'AWS::SecretsManager::Secret',
  logGroup: 'AWS::Logs::LogGroup',
  alarm: 'AWS::CloudWatch::Alarm',
  policy: 'AWS::IAM::Policy',
  key: 'AWS::KMS::Key',
};

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: any;
}

/** A VPC that adds no resource, so that a template holds the cache alone. */
export function importedVpc(scope: Construct): IVpc {
  return Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['zone-a', 'zone-b'], privateSubnetIds: ['subnet-a', 'subnet-b'],
  });
}

/** A stack of its own app. */
export function stackOf(id = 'Stack', props?: StackProps): Stack {
  return new Stack(new App(), id, props);
}

/** Everything in a synthesized stack, by type. */
export class Resources {
  public static of(stack: Stack): Resources {
    return new Resources(Template.fromStack(stack).toJSON());
  }

  public readonly all: Record<string, Resource>;

  public constructor(public readonly template: any) {
    this.all = template.Resources ?? {};
  }

  /** The resources of a type by logical id. */
  public ofType(type: string): Record<string, Resource> {
    return Object.fromEntries(Object.entries(this.all).filter(([, resource]) => resource.Type === type));
  }

  public ids(type: string): string[] {
    return Object.keys(this.ofType(type));
  }

  /** The only resource of a type. */
  public only(type: string): Resource {
    const found = Object.values(this.ofType(type));
    if (found.length !== 1) {
      throw new Error(`expected one ${type}, found ${found.length}`);
    }
    return found[0];
  }

  /** The properties of the only resource of a type. */
  public props(type: string): any {
    return this.only(type).Properties;
  }

  /** The properties of the replication group. */
  public get group(): any {
    return this.props(TYPE.group);
  }

  /** How many resources there are of each type. */
  public get census(): Record<string, number> {
    const count: Record<string, number> = {};
    Object.values(this.all).forEach(({ Type }) => count[Type] = (count[Type] ?? 0) + 1);
    return count;
  }

  public get text(): string {
    return JSON.stringify(this.template);
  }
}

/** A cache with nothing beside it in its stack. */
export function cacheIn(stack: Stack, props: CacheClusterOptions & Partial<CacheClusterProps> = {}, id = 'Cache'): CacheCluster {
  const vpc = props.vpc ?? stack.node.tryFindChild('Vpc') as IVpc | undefined ?? importedVpc(stack);
  return new CacheCluster(stack, id, { vpc, ...props });
}

/** What the template of a cache with such props holds. */
export function resourcesOf(
  props: (stack: Stack) => CacheClusterOptions & Partial<CacheClusterProps> = () => ({}), stackProps?: StackProps,
): Resources {
  const stack = stackOf('Stack', stackProps);
  cacheIn(stack, props(stack));
  return Resources.of(stack);
}

/** The error that something throws. */
export function errorOf(action: () => unknown): Error & { codes?: string[] } {
  try {
    action();
  } catch (error) {
    return error as Error & { codes?: string[] };
  }
  throw new Error('expected an error, got none');
}
