import { Finding } from './support/judges';

/** A finding we looked into and live with. */
export interface Accepted extends Pick<Finding, 'judge' | 'rule'> {
  /** The construct paths it is accepted for. */
  readonly resource: RegExp;
  /** Why the judge is wrong here, or why this is not a cache library's to mend. */
  readonly reason: string;
}

/** An entry that explains nothing any more fails the test: take it out. */
export const ACCEPTED: Accepted[] = [
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-AEC6',
    resource: /./,
    reason: 'Looks for an AUTH token only. Access is controlled by users with passwords or IAM, which is stronger and excludes a token.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-AEC5',
    resource: /\/MemcachedCluster\/|^Orders\/Cache\//,
    reason: 'Another port hides nothing in a private network that only security groups open. Clients expect the engine\'s own; `port` changes it.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-AEC4',
    resource: /^Development\//,
    reason: 'The example is about one node, which has no second zone to be in; its other deployment has a replica.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-SQS3',
    resource: /^Dashboard\/Happenings\//,
    reason: 'The queue of the example is read by people; nothing fails at its messages, so nothing would be moved away.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-SMG4',
    resource: /^Raw\/Password\/Resource$|\/Secret\/Resource$/,
    reason: 'Rotation helps only when the clients read the password again, so an application asks for it. No L1 brings it.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-SNS3',
    resource: /^Raw\/Events$/,
    reason: 'The publisher is ElastiCache, inside AWS. An encrypted topic would satisfy the rule, and ElastiCache cannot publish to one.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-VPC7',
    resource: /\/Vpc\/Resource$/,
    reason: 'Flow logs are a matter of the network, which an application brings along and this library does not make.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-IAM4',
    resource: /\/ServiceRole\/Resource$/,
    reason: 'aws-cdk-lib gives the role of every function the managed policies for its logs and its network.',
  },
  {
    judge: 'cdk-nag',
    rule: 'AwsSolutions-L1',
    resource: /\/Client\/Resource$/,
    reason: 'The clients of the examples stay on a runtime with long support; the rule wants the newest there is.',
  },
  {
    judge: 'cfn-lint',
    rule: 'W3005',
    resource: /\/Client\/Resource$/,
    reason: 'aws-cdk-lib makes a function depend on its role and refers to it as well; the one is redundant and harmless.',
  },
];

/** The entry that explains a finding. A rule that names its details in brackets is accepted by its bare name. */
export function explanation(finding: Finding): Accepted | undefined {
  return ACCEPTED.find(({ judge, rule, resource }) =>
    judge === finding.judge && rule === finding.rule.replace(/\[.*$/s, '') && resource.test(finding.resource));
}
