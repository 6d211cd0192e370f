import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Who hears of events. */
export type EventReceiver =
  | { readonly kind: 'function'; readonly construct: IFunction }
  | { readonly kind: 'queue'; readonly construct: IQueue }
  | { readonly kind: 'topic'; readonly construct: ITopic };
