import { Case, Cases, TemplateResources } from './case';
import { LEAST } from './schema';

type Secret = Readonly<Record<string, unknown>>;

/** A resource that takes a value of a secret of the template. */
function taking(short: string, reference: string, secret: Secret): TemplateResources {
  const value = { 'Fn::Sub': reference };
  const { AuthenticationMode: _, ...least } = LEAST[short];
  return {
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { ...secret } },
    Thing: {
      Type: `AWS::ElastiCache::${short}`,
      Properties: short === 'User' ? { ...least, Passwords: [value] } : { ...least, AuthToken: value },
    },
  };
}

const GENERATED = { GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password', ExcludePunctuation: true } };
const keyed = (short: string): Case => ({
  bad: taking(short, '{{resolve:secretsmanager:${Secret}:SecretString:pasword}}', GENERATED),
  good: taking(short, '{{resolve:secretsmanager:${Secret}:SecretString:password}}', GENERATED),
});

/** A property that takes texts, and the way to it. */
const TEXTS: Readonly<Record<string, (text: string) => Record<string, unknown>>> = {
  ReplicationGroup: (ReplicationGroupDescription) => ({ ReplicationGroupDescription }),
  CacheCluster: (ClusterName) => ({ ClusterName }),
  ServerlessCache: (Description) => ({ Description }),
  ServerlessCacheSnapshot: (KmsKeyId) => ({ KmsKeyId }),
  SubnetGroup: (Description) => ({ Description }),
  ParameterGroup: (Description) => ({ Description }),
  User: (password) => ({ AuthenticationMode: { Type: 'password', Passwords: [password] } }),
  UserGroup: (UserGroupId) => ({ UserGroupId }),
  GlobalReplicationGroup: (GlobalReplicationGroupDescription) => ({ GlobalReplicationGroupDescription }),
};

function resolved(short: string): Case {
  const of = (text: string): TemplateResources => ({ Thing: { Type: `AWS::ElastiCache::${short}`, Properties: { ...LEAST[short], ...TEXTS[short](text) } } });
  return { bad: of('{{resolve:ssm-secure:/cache/value:1}}'), good: of('{{resolve:ssm:/cache/value}}') };
}

export const SECRET_CASES: Cases = {
  'GeneratedTokenInvalid': {
    bad: taking('ReplicationGroup', '{{resolve:secretsmanager:${Secret}}}', { GenerateSecretString: { PasswordLength: 32, ExcludeCharacters: '"@/\'' } }),
    good: taking('ReplicationGroup', '{{resolve:secretsmanager:${Secret}}}', { GenerateSecretString: { PasswordLength: 32, ExcludePunctuation: true } }),
  },
  'AuthTokenPartInvalid': {
    bad: { Thing: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...LEAST.ReplicationGroup, AuthToken: { 'Fn::Sub': 'cache@${AWS::StackName}-token' } } } },
    good: { Thing: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...LEAST.ReplicationGroup, AuthToken: { 'Fn::Sub': 'cache-${AWS::StackName}-token' } } } },
  },
  'GeneratedPasswordInvalid': {
    bad: taking('User', '{{resolve:secretsmanager:${Secret}}}', { GenerateSecretString: { PasswordLength: 15 } }),
    good: taking('User', '{{resolve:secretsmanager:${Secret}}}', { GenerateSecretString: { PasswordLength: 16 } }),
  },
  'SecretKeyMissing': keyed('ReplicationGroup'),
  'SecretKeyMissing:User': keyed('User'),
  ...Object.fromEntries(Object.keys(TEXTS).map((short) => [`DynamicReferenceInvalid:${short}`, resolved(short)])),
};
