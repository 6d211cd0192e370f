import { Names, Token } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueryDefinition, FilterPattern, ILogGroupRef, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LogDelivery, LogFormat } from './log-delivery';
import { SLOW_LOG } from './private/log-destination';
import { SLOW_LOG_FIELDS, SLOW_LOG_QUERIES } from './private/slow-log-table';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import { fail } from '../private/errors';

/** What the analysis of a slow log is about. */
export interface SlowLogAnalysisProps {
  /** The cache, owned or imported. */
  readonly cache: ICacheCluster;

  /**
   * The log group with its slow log, written as JSON.
   *
   * @default - that of the cache; an imported cache needs one
   */
  readonly logGroup?: ILogGroupRef;

  /**
   * What the names of the saved queries begin with. CloudWatch shows a slash as a folder.
   *
   * @default - the path of the analysis in the app
   */
  readonly queryNamePrefix?: string;
}

/** What a cache of this library tells of its slow log. */
interface LoggingCache {
  readonly _slowLog?: LogDelivery;
  readonly replicationGroup?: ICacheCluster & LoggingCache;
}

const NAMESPACE = 'ElastiCacheSlowLog';

/**
 * Makes the slow log of a cache speak: metrics of how many commands were slow, by command too, and saved queries of CloudWatch Logs Insights for
 * the slowest commands, and for slow commands per minute, by command and by client.
 *
 * The slow log must go to CloudWatch Logs as JSON. AWS hides keys and values in it. From Valkey 8.1 on, entries of the command log (large requests
 * and large replies) come with it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
 *
 * @example
 * const slowLog = new SlowLogAnalysis(this, 'SlowLog', { cache });
 * slowLog.metricSlowCommand('KEYS').createAlarm(this, 'SlowKeys', { threshold: 1, evaluationPeriods: 1 });
 */
export class SlowLogAnalysis extends Construct {
  /** The log group with the slow log. */
  public readonly logGroup: ILogGroupRef;

  public constructor(scope: Construct, id: string, props: SlowLogAnalysisProps) {
    super(scope, id);
    this.logGroup = props.logGroup ?? this.logGroupOf(props.cache);
    const prefix = props.queryNamePrefix ?? this.node.path;
    SLOW_LOG_QUERIES.forEach((query) => new CfnQueryDefinition(this, query.id, {
      name: `${prefix}/${query.title}`,
      logGroupNames: [this.logGroup.logGroupRef.logGroupName],
      queryString: query.lines.join('\n| '),
    }));
  }

  /**
   * How many commands were slow.
   *
   * @param options period, statistic, label and the like
   */
  public metricSlowCommands(options?: MetricOptions): Metric {
    return this.metricOf('All', FilterPattern.exists(`$.${SLOW_LOG_FIELDS.command}`), options);
  }

  /**
   * How often one command was slow. Each command takes a metric filter.
   *
   * @param command the name of the command, for example `KEYS`; in upper and in lower case it is the same
   * @param options period, statistic, label and the like
   */
  public metricSlowCommand(command: string, options?: MetricOptions): Metric {
    // Names of resources carry it, so that it cannot be a token.
    if (!/^[A-Za-z][\w.]*$/.test(command)) {
      fail(this, 'SlowCommandInvalid', 'command must be the name of one command without arguments, for example KEYS, and known at synthesis, ' +
        `got: ${Token.isUnresolved(command) ? 'a token' : JSON.stringify(command)}`);
    }
    const field = `$.${SLOW_LOG_FIELDS.command}`;
    const spellings = [command.toUpperCase(), command.toLowerCase()];
    const patterns = spellings.flatMap((name) => [FilterPattern.stringValue(field, '=', name), FilterPattern.stringValue(field, '=', `${name} *`)]);
    return this.metricOf(command.toUpperCase(), FilterPattern.any(...patterns), options);
  }

  private metricOf(name: string, filterPattern: ReturnType<typeof FilterPattern.exists>, options?: MetricOptions): Metric {
    const id = `${name}Filter`;
    const metricName = `${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}-${name}`;
    if (!this.node.tryFindChild(id)) {
      // The default says zero while other commands are logged; without any entry there is no value.
      new MetricFilter(this, id, {
        logGroup: this.logGroup, filterPattern, metricNamespace: NAMESPACE, metricName, metricValue: '1', defaultValue: 0, unit: Unit.COUNT,
      });
    }
    return new Metric({ namespace: NAMESPACE, metricName, statistic: Stats.SUM, unit: Unit.COUNT, ...options }).attachTo(this);
  }

  private logGroupOf(cache: ICacheCluster): ILogGroupRef {
    const owner = (cache as LoggingCache).replicationGroup ?? cache as ICacheCluster & LoggingCache;
    const delivery = owner._slowLog;
    if (delivery?._cloudWatch && delivery.format !== LogFormat.JSON) {
      return fail(this, 'SlowLogNotJson', `slowLog of ${cache.node.path} must be written as JSON, got: ${delivery.format}; use LogFormat.JSON`);
    }
    const made = owner.node.tryFindChild(SLOW_LOG.logGroupId) as ILogGroupRef | undefined;
    return (delivery?._cloudWatch && (delivery._cloudWatch.logGroup ?? made)) ?? fail(this, 'SlowLogUnknown',
      `no log group of ${cache.node.path} is known: give the cache slowLog: LogDelivery.cloudWatch(), or pass the logGroup that its slow log goes to`);
  }
}
