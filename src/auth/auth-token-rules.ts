import { Rule } from '../checks/rule';

/** What is to be known about the AUTH token of a replication group beside what makes it illegal. */
export const AUTH_TOKEN_RULES: readonly Rule[] = [
  {
    code: 'AuthTokenReplacesGroup',
    severity: 'warning',
    resourceType: 'AWS::ElastiCache::ReplicationGroup',
    checked: '2026-11-21',
    since: '0.1.0',
    reads: ['AuthToken'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
    judge: (group) => group.isPresent('AuthToken')
      ? `${group.name('AuthToken')}: if the cache exists already and has none, CloudFormation replaces it, with its data, and so it does when you go from ` +
        'the token to users later; users and a user group are added in place, and AWS recommends them instead of AUTH' : undefined,
  },
];
