import { RemovalPolicy } from 'aws-cdk-lib';
import { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IParameterGroupRef, ISubnetGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { policyOfCompanions } from './removal';
import { CacheEngine } from '../engine/cache-engine';
import { CacheSubnets, CHOSEN_SUBNETS } from '../network/private/cache-subnets';
import { SubnetGroup } from '../network/subnet-group';
import { ParameterGroup } from '../parameters/parameter-group';
import { Parameters } from '../parameters/parameters';

/** What the props of every cache on nodes say of the groups it stands on. */
export interface NodeCompanionProps {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly subnetGroup?: ISubnetGroupRef;
  readonly parameters?: Parameters;
  readonly parameterGroup?: IParameterGroupRef;
}

/** The subnet group and the parameter group of a cache on nodes, given or made, as properties of its L1. */
export function createNodeCompanions(
  scope: Construct, props: NodeCompanionProps, engine: CacheEngine, cachePolicy: RemovalPolicy, subnets?: CacheSubnets,
) {
  const removalPolicy = policyOfCompanions(cachePolicy);
  const network = { vpc: props.vpc, vpcSubnets: props.vpcSubnets, removalPolicy };
  const subnetGroup = props.subnetGroup
    ?? new SubnetGroup(scope, 'SubnetGroup', subnets ? CHOSEN_SUBNETS.remember(network, subnets) : network);
  const parameterGroup = props.parameterGroup
    ?? new ParameterGroup(scope, 'ParameterGroup', { engine, parameters: props.parameters, removalPolicy });
  return {
    cacheSubnetGroupName: subnetGroup.subnetGroupRef.cacheSubnetGroupName,
    cacheParameterGroupName: parameterGroup.parameterGroupRef.cacheParameterGroupName,
  };
}
