import { RemovalPolicy } from 'aws-cdk-lib';
import { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { CacheSubnets, chooseSubnets, CHOSEN_SUBNETS } from './private/cache-subnets';
import { ISubnetGroup, SubnetGroupBase } from './subnet-group-ref';
import { attach, Inspection } from '../private/check';
import { viewOf } from '../private/construct-view';
import { futurePath } from '../private/errors';
import { refuseSnapshot } from '../private/removal';
import { RULES } from '../private/rule-tables';
import { lowerCase } from '../private/tokens';

/** What a subnet group is made of. */
export interface SubnetGroupProps {
  /** The VPC of the subnets. */
  readonly vpc: IVpc;

  /**
   * Which subnets of the VPC.
   *
   * @default - the private subnets, else the isolated ones; an error when there are neither
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * What the subnet group is for.
   *
   * @default - a text that names the construct
   */
  readonly description?: string;

  /**
   * The name of the subnet group: letters, digits and single hyphens, a letter first, at most 255 characters. The service stores it in lower case.
   *
   * A name that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first.
   *
   * @default - CloudFormation makes one
   */
  readonly subnetGroupName?: string;

  /**
   * What happens to the subnet group when it leaves the stack. A subnet group in use by a cache cannot be deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

const IS_SUBNET_GROUP = Symbol.for('cdk-elasticache.SubnetGroup');

/**
 * The subnets that the nodes of a cache are placed in.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html
 * @resource AWS::ElastiCache::SubnetGroup
 *
 * @example
 * const subnetGroup = new SubnetGroup(this, 'Subnets', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
 * new ReplicationGroup(this, 'Orders', { vpc, subnetGroup });
 * new ReplicationGroup(this, 'Sessions', { vpc, subnetGroup });
 */
export class SubnetGroup extends SubnetGroupBase {
  /**
   * A subnet group that this app does not own.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param subnetGroupName the name of the subnet group
   */
  public static fromSubnetGroupName(scope: Construct, id: string, subnetGroupName: string): ISubnetGroup {
    class Imported extends SubnetGroupBase {
      public readonly subnetGroupName = subnetGroupName;
    }
    return new Imported(scope, id);
  }

  /**
   * Whether something is a `SubnetGroup` that was made here.
   *
   * @param x anything
   */
  public static isSubnetGroup(x: any): x is SubnetGroup {
    return x !== null && typeof x === 'object' && IS_SUBNET_GROUP in x;
  }

  public readonly subnetGroupName: string;

  /** What was chosen; rules about placement read it. */
  private readonly subnets: CacheSubnets;

  public constructor(scope: Construct, id: string, props: SubnetGroupProps) {
    const inspection = new Inspection(scope, id);
    refuseSnapshot(inspection, props.removalPolicy, 'a subnet group');
    const subnets = CHOSEN_SUBNETS.of(props, inspection) ?? chooseSubnets(inspection, props.vpc, props.vpcSubnets);
    const properties = {
      description: props.description ?? `Subnets of ElastiCache caches: ${futurePath(scope, id).slice(-200)}`,
      subnetIds: subnets.subnetIds,
      cacheSubnetGroupName: props.subnetGroupName && lowerCase(props.subnetGroupName),
    };
    inspection.check(RULES.subnetGroup(), () => viewOf(CfnSubnetGroup.CFN_RESOURCE_TYPE_NAME, properties, { CacheSubnetGroupName: 'subnetGroupName' }));
    const warnings = inspection.finish();

    super(scope, id, { physicalName: props.subnetGroupName });
    Object.defineProperty(this, IS_SUBNET_GROUP, { value: true });
    attach(this, warnings);

    const resource = new CfnSubnetGroup(this, 'Resource', properties);
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.subnetGroupName = resource.ref;
    this.subnets = subnets;
  }

  /** @internal */
  public _availabilityZones(): (string | undefined)[] | undefined {
    return this.subnets.zones;
  }

  /** @internal */
  public _subnets(): CacheSubnets {
    return this.subnets;
  }
}
