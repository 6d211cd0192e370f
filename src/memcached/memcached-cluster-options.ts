import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IParameterGroupRef, ISubnetGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { MaintenanceWindow } from '../backup/maintenance-window';
import { MemcachedVersion } from '../engine/memcached-version';
import { IpDiscovery, NetworkType } from '../network/network-type';
import { CacheNodeType } from '../node-type/cache-node-type';
import { Parameters } from '../parameters/parameters';

/** What a Memcached cluster is made of, its VPC apart. */
export interface MemcachedClusterOptions {
  /**
   * The version of Memcached. A newer one is an update in place that empties the nodes; back is not possible.
   *
   * @default - Memcached 1.6.22, pinned for this major release of the library
   */
  readonly version?: MemcachedVersion;

  /**
   * The name of the cluster: 1 to 50 letters, digits and single hyphens, a letter first. The service stores it in lower case.
   *
   * A name that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first, and a change
   * that needs replacement fails until the name is changed too.
   *
   * @default - CloudFormation makes one
   */
  readonly clusterName?: string;

  /**
   * The type of every node. CloudFormation cannot change it, so that another type makes a new, empty cluster and deletes the old one.
   *
   * @default CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * How many nodes the data is spread over: 1 to 40, more after a quota increase. Each item is on one node alone, and gone when the node fails.
   *
   * **With `availabilityZones` the number changes in place** and the items of the other nodes stay. Without, CloudFormation makes a new, empty
   * cluster and deletes the old one.
   *
   * @default 2
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-cachecluster.html#cfn-elasticache-cachecluster-numcachenodes
   */
  readonly nodes?: number;

  /**
   * The availability zone of each node. Has no meaning together with `crossAz`.
   *
   * @default - the service chooses
   */
  readonly availabilityZones?: string[];

  /**
   * Whether the service spreads the nodes over availability zones. Needs two nodes. Has no meaning together with `availabilityZones`.
   *
   * @default - true with two nodes or more, false with one; an error when `nodes` is a token
   */
  readonly crossAz?: boolean;

  /**
   * Which subnets of the VPC the nodes are placed in. Has no meaning together with `subnetGroup`. Changing it replaces the cache.
   *
   * @default - the private subnets, else the isolated ones; an error when there are neither
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The subnet group of the nodes. Changing it replaces the cache.
   *
   * @default - a new one of `vpcSubnets`
   */
  readonly subnetGroup?: ISubnetGroupRef;

  /**
   * The security groups of the nodes.
   *
   * @default - a new one that lets nobody in and the cache not out
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The port, 1150 to 8004 or 8006 to 65535. Changing it replaces the cache.
   *
   * @default 11211
   */
  readonly port?: number;

  /**
   * Settings of the engine that differ from the service's defaults. Nearly all wait for a reboot of the nodes, which empties them.
   * Has no meaning together with `parameterGroup`.
   *
   * @default - none
   */
  readonly parameters?: Parameters;

  /**
   * The parameter group. Its family must be the version's.
   *
   * @default - a new one with `parameters`
   */
  readonly parameterGroup?: IParameterGroupRef;

  /**
   * Whether clients must use TLS. From Memcached 1.6.12, not on `t2` nodes. It cannot be changed, so that another value makes a new, empty
   * cluster and deletes the old one.
   *
   * @default - true for a version that can, false for an older one
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-mc.html
   */
  readonly transitEncryption?: boolean;

  /**
   * The IP versions that clients connect with. All but IPv4 need Memcached 1.6.6, Nitro nodes, and subnets with such addresses. Changing it
   * replaces the cache.
   *
   * @default - the service's: NetworkType.IPV4
   */
  readonly networkType?: NetworkType;

  /**
   * The IP version of the addresses that auto discovery gives to clients.
   *
   * @default - IpDiscovery.IPV6 for NetworkType.IPV6, otherwise the service's: IpDiscovery.IPV4
   */
  readonly ipDiscovery?: IpDiscovery;

  /**
   * Whether minor versions are installed in the maintenance window when AWS offers them.
   *
   * @default - the service's: true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * The time of the week in which AWS maintains the nodes, in UTC. A node that is replaced in it comes back empty.
   *
   * @default - Sunday 05:00 to 06:00
   */
  readonly maintenanceWindow?: MaintenanceWindow;

  /**
   * The topic for what happens to the cache: replaced nodes, changes. One a cache, a standard topic without encryption, in the account and
   * Region of the cache. A topic of this app gets the policy that the service needs.
   *
   * @default - none
   */
  readonly notificationTopic?: ITopicRef;

  /**
   * What happens to the cache when it leaves the stack or is replaced. Memcached has no snapshots: `SNAPSHOT` is an error.
   * With `RETAIN` its subnet group, parameter group and security group stay as well.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What a Memcached cluster is made of. */
export interface MemcachedClusterProps extends MemcachedClusterOptions {
  /** The VPC of the cache. */
  readonly vpc: IVpc;
}
