// Data only: what AWS makes and keeps in every account. Imports nothing of CDK.

/** The group for caches with a public endpoint, and its one user, which logs in with IAM. */
export const SYSTEM_IAM = {
  userGroupId: 'default.iam-user-group',
  userId: 'default.iam-user',
  engine: 'valkey',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html',
} as const;
