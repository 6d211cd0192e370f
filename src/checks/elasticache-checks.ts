import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { ID_PREFIX } from '../private/errors';

/**
 * Judges everything about ElastiCache in the finished templates of an app: caches made with any library or none, and what belongs to them.
 *
 * A finding of severity `error` is something that AWS refuses or that loses data, and fails the synthesis. A `warning` does not. Values that
 * are not known before the deployment are not judged. Acknowledge a finding by its id on the scope it is about, with the reason:
 * `Validations.of(scope).acknowledge({ id: 'cdk-elasticache::PortOutOfRange', reason: '...' })`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 * @example
 *
 * Validations.of(app).addPlugins(new ElastiCacheChecks());
 */
export class ElastiCacheChecks implements IPolicyValidationPlugin {
  /** The name of the plugin, which the ids of its findings begin with. */
  public readonly name = ID_PREFIX;

  /** The version of the library. */
  public get version(): string | undefined {
    return load().libraryVersion();
  }

  /** The codes of all rules. */
  public get ruleIds(): string[] | undefined {
    return load().ruleCodes();
  }

  /** Judges the templates of an app. CDK calls it at the end of the synthesis. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return load().judge(context);
  }
}

/** The rules and what reads templates are loaded by those who use them. */
function load(): typeof import('./private/assembly-report') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./private/assembly-report');
}
