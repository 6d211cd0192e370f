import { isObject, mapItems, mapValues } from './template';

// CloudFormation takes "true" for true and 2 for "2": what a value is follows from its property. No name means two things in the
// resources that rules read. Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ElastiCache.html and the
// pages of the other types there.

const BOOLEANS = new Set([
  'AtRestEncryptionEnabled', 'AutoMinorVersionUpgrade', 'AutomaticFailoverEnabled', 'DataTieringEnabled', 'MultiAZEnabled', 'NoPasswordRequired',
  'TransitEncryptionEnabled',
  'AssignIpv6AddressOnCreation', 'DisableScaleIn', 'DynamicScalingInSuspended', 'DynamicScalingOutSuspended', 'EnableKeyRotation', 'Enabled', 'FifoTopic',
  'Ipv6Native', 'MapPublicIpOnLaunch', 'MultiRegion', 'ReturnData', 'ScheduledScalingSuspended', 'UseOnlineResharding',
]);

const NUMBERS = new Set([
  'GlobalNodeGroupCount', 'Maximum', 'Minimum', 'NumCacheClusters', 'NumCacheNodes', 'NumNodeGroups', 'Port', 'ReplicaCount', 'ReplicasPerNodeGroup',
  'SnapshotRetentionLimit',
  'FromPort', 'MaxCapacity', 'MinCapacity', 'RetentionInDays', 'ScaleInCooldown', 'ScaleOutCooldown', 'TargetValue', 'ToPort',
]);

/** Lists of the properties themselves: when one of these is not known, nor is whether it holds anything. */
const LISTS = new Set([
  'CacheSecurityGroupNames', 'LogDeliveryConfigurations', 'Members', 'NodeGroupConfiguration', 'Passwords', 'PreferredAvailabilityZones',
  'PreferredCacheClusterAZs', 'RegionalConfigurations', 'SecurityGroupIds', 'SnapshotArns', 'SnapshotArnsToRestore', 'SubnetIds', 'Tags', 'UserGroupIds',
  'UserIds', 'VpcSecurityGroupIds',
]);

/** What the rest of a type's properties holds: texts, or in other services' types whatever was written. */
function holdsTexts(type: string): boolean {
  return type.startsWith('AWS::ElastiCache::');
}

export function isList(property: string): boolean {
  return LISTS.has(property);
}

/** A value as CloudFormation reads it for a property. What does not fit stays as it is. */
export function typed(type: string, property: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    return mapItems(value, (inner) => typed(type, property, inner));
  }
  if (isObject(value)) {
    return Object.getPrototypeOf(value) !== Object.prototype ? value : mapValues(value, (inner, key) => typed(type, key, inner));
  }
  if (BOOLEANS.has(property)) {
    return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
  }
  if (NUMBERS.has(property)) {
    return typeof value === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  }
  return holdsTexts(type) && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
}
