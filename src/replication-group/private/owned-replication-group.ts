import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { requireEndpoint } from './endpoints';
import { Endpoint } from '../../cache/endpoint';
import { LogDelivery } from '../../logging/log-delivery';
import { NotificationTopic } from '../../monitoring/private/notification-topic';
import { ClusterMode } from '../cluster-mode';
import { ReplicationGroupBase } from '../replication-group-ref';

/**
 * What replication groups that are made here share: where they are reached, which follows from their mode.
 *
 * @internal
 */
export abstract class OwnedReplicationGroup extends ReplicationGroupBase {
  /** How data is spread over nodes. */
  public abstract readonly clusterMode: ClusterMode;
  /** @internal */
  protected abstract readonly _resource: CfnReplicationGroup;
  /** @internal */
  protected abstract readonly _port: number;
  /** @internal */
  protected abstract readonly _notificationTopic: NotificationTopic;
  /** @internal */
  public abstract readonly _slowLog?: LogDelivery;

  public get endpoint(): Endpoint {
    return this.clusterMode._row.primaryEndpoint ? this.primaryEndpoint : this.configurationEndpoint;
  }

  public get primaryEndpoint(): Endpoint {
    requireEndpoint(this, this.clusterMode, 'primaryEndpoint');
    return new Endpoint(this._resource.attrPrimaryEndPointAddress, this._port);
  }

  public get readerEndpoint(): Endpoint {
    requireEndpoint(this, this.clusterMode, 'readerEndpoint');
    return new Endpoint(this._resource.attrReaderEndPointAddress, this._port);
  }

  public get configurationEndpoint(): Endpoint {
    requireEndpoint(this, this.clusterMode, 'configurationEndpoint');
    return new Endpoint(this._resource.attrConfigurationEndPointAddress, this._port);
  }

  /**
   * The host names of all nodes, the primary among them: a list that only the deployment knows. In cluster mode an error: cluster clients learn the
   * nodes from the configuration endpoint.
   */
  public get nodeHostnames(): string[] {
    requireEndpoint(this, this.clusterMode, 'nodeHostnames');
    return this._resource.attrReadEndPointAddressesList;
  }

  /** @internal */
  public _topic(): ITopicRef {
    return this._notificationTopic.topic();
  }

  /** @internal */
  public get _readerEndpoint(): Endpoint | undefined {
    return this.clusterMode._row.primaryEndpoint ? this.readerEndpoint : undefined;
  }
}
