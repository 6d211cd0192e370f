// What CloudFormation would replace between two templates, judged by AWS's own description of the resource types.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly UpdatePolicy?: { readonly UseOnlineResharding?: boolean };
}

interface Template {
  readonly Resources?: Record<string, TemplateResource>;
}

/**
 * What AWS's description says against AWS's own guide: both are updates in place.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html
 */
const IN_PLACE: Readonly<Record<string, readonly string[]>> = { 'AWS::ElastiCache::ReplicationGroup': ['Engine', 'ReplicasPerNodeGroup'] };
/** Changed in place with the policy that every group of ours has. */
const RESHARDED = ['NumNodeGroups', 'NodeGroupConfiguration'];

const properties = new Map<string, string[]>();

/** The properties of a type that replace the resource when they change, appear or disappear. */
function replacing(type: string): string[] {
  if (!properties.has(type)) {
    const [resource] = loadAwsServiceSpecSync().lookup('resource', 'cloudFormationType', 'equals', type);
    const names = Object.entries(resource.properties).filter(([, { causesReplacement }]) => ['yes', 'maybe'].includes(causesReplacement ?? 'no'));
    properties.set(type, names.map(([name]) => name).filter((name) => !IN_PLACE[type]?.includes(name)));
  }
  return properties.get(type)!;
}

/** What would be replaced or removed: `LogicalId` when the resource goes or changes its type, `LogicalId.Property` for each property that replaces it. */
export function replacementsBetween(before: Template, after: Template, types: RegExp = /^AWS::ElastiCache::/): string[] {
  return Object.entries(before.Resources ?? {}).filter(([, { Type }]) => types.test(Type)).flatMap(([logicalId, old]) => {
    const now = after.Resources?.[logicalId];
    if (!now || now.Type !== old.Type) {
      return [logicalId];
    }
    const resharding = now.UpdatePolicy?.UseOnlineResharding ? RESHARDED : [];
    const changed = replacing(old.Type).filter((name) => JSON.stringify(old.Properties?.[name]) !== JSON.stringify(now.Properties?.[name]));
    return changed.filter((name) => !resharding.includes(name)).map((name) => `${logicalId}.${name}`);
  });
}
