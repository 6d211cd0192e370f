// Data only: what stands inside of properties that are objects or lists of objects. Imports nothing of CDK.
import { PropertyKind } from './schema-table';

/** An object inside of a property. */
export interface Shape {
  /** What may be in it, by what it holds; names separated by spaces. */
  readonly properties: Readonly<Partial<Record<PropertyKind, string>>>;
  /** What must be in it. */
  readonly required?: string;
  /** Objects in it, or in lists of it. */
  readonly inside?: Readonly<Record<string, Shape>>;
}

const LOG_DELIVERY: Shape = {
  properties: { text: 'DestinationType LogFormat LogType', object: 'DestinationDetails' },
  required: 'DestinationDetails DestinationType LogFormat LogType',
  inside: {
    DestinationDetails: {
      properties: { object: 'CloudWatchLogsDetails KinesisFirehoseDetails' },
      inside: {
        CloudWatchLogsDetails: { properties: { text: 'LogGroup' }, required: 'LogGroup' },
        KinesisFirehoseDetails: { properties: { text: 'DeliveryStream' }, required: 'DeliveryStream' },
      },
    },
  },
};

/** The objects inside of properties, by the name of the property: it means the same in every ElastiCache type. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  AuthenticationMode: { properties: { text: 'Type', list: 'Passwords' }, required: 'Type' },
  CacheUsageLimits: {
    properties: { object: 'DataStorage ECPUPerSecond' },
    // That the unit is missing has a rule of its own.
    inside: { DataStorage: { properties: { number: 'Maximum Minimum', text: 'Unit' } }, ECPUPerSecond: { properties: { number: 'Maximum Minimum' } } },
  },
  LogDeliveryConfigurations: LOG_DELIVERY,
  Members: { properties: { text: 'ReplicationGroupId ReplicationGroupRegion Role' } },
  NodeGroupConfiguration: {
    properties: { text: 'NodeGroupId PrimaryAvailabilityZone Slots', number: 'ReplicaCount', list: 'ReplicaAvailabilityZones' },
  },
  RegionalConfigurations: {
    properties: { text: 'ReplicationGroupId ReplicationGroupRegion', list: 'ReshardingConfigurations' },
    inside: { ReshardingConfigurations: { properties: { text: 'NodeGroupId', list: 'PreferredAvailabilityZones' } } },
  },
  Tags: { properties: { text: 'Key Value' }, required: 'Key' },
};
