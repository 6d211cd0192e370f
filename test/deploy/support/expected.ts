// What a synthesized template asks for, with references resolved by the stack that was made from it.
import { createHash } from 'crypto';
import { ExpectedGroup, ExpectedUser } from './differences';
import { credentialFieldOf, physicalIdsOf } from './local-aws';

/** The part of a template that is read here. */
export interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, any> }>;
}

/** A user of the template that has a password. */
export interface Login {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** A template whose references are resolved. */
export interface Deployed {
  /** By logical id: what is asked of each replication group, and its id. */
  readonly groups: Record<string, { readonly id: string; readonly expected: ExpectedGroup }>;
  /** Everybody who has a password, in whatever user group. */
  readonly logins: Login[];
}

/** Parameters of the service that no engine has a setting for; local/README.md lists them. */
const NO_SETTING = /^(close-on-replica-write|cluster-enabled|replica-allow-chaining|reserved-memory(-percent)?|search-.*|activedefrag)$/;

/** Resolves what a template asks of its replication groups. Throws at what it does not understand, so that nothing is left out in silence. */
export async function readTemplate(template: Template, stackName: string): Promise<Deployed> {
  const physicalIds = await physicalIdsOf(stackName);
  const text = (value: unknown): string => resolve(value, physicalIds);
  const of = (type: string) => Object.entries(template.Resources).filter(([, resource]) => resource.Type === `AWS::ElastiCache::${type}`);

  const logins: Login[] = [];
  const users = new Map<string, ExpectedUser>();
  for (const [, { Properties: properties }] of of('User')) {
    const passwords = await Promise.all((properties.AuthenticationMode.Passwords ?? []).map((each: unknown) => readSecret(text(each))));
    const [id, name] = [text(properties.UserId), text(properties.UserName)];
    users.set(id, { id, name, accessString: text(properties.AccessString), passwordHashes: passwords.map(sha256) });
    logins.push(...passwords.map((password: string) => ({ id, username: name, password })));
  }
  const membersOf = new Map(of('UserGroup').map(([, { Properties: group }]) => [text(group.UserGroupId), group.UserIds.map(text)]));
  const parametersOf = new Map(of('ParameterGroup').map(([logicalId, { Properties: group }]) => [physicalIds[logicalId], group.Properties ?? {}]));

  const groups = of('ReplicationGroup').map(([logicalId, { Properties: group }]) => {
    const members: string[] = (group.UserGroupIds ?? []).flatMap((each: unknown) => known(membersOf, text(each)));
    const parameters = Object.entries(known(parametersOf, text(group.CacheParameterGroupName)));
    const expected: ExpectedGroup = {
      nodes: group.NumCacheClusters,
      port: group.Port,
      tls: group.TransitEncryptionEnabled,
      users: group.UserGroupIds && members.map((id) => known(users, id)),
      strangers: logins.map(({ id }) => id).filter((id) => !members.includes(id)),
      parameters: Object.fromEntries(parameters.filter(([name]) => !NO_SETTING.test(name)).map(([name, value]) => [name, text(value)])),
    };
    return [logicalId, { id: physicalIds[logicalId], expected }];
  });
  return { groups: Object.fromEntries(groups), logins };
}

function resolve(value: any, physicalIds: Record<string, string>): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value?.Ref === 'string' && physicalIds[value.Ref]) {
    return physicalIds[value.Ref];
  }
  if (Array.isArray(value?.['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'];
    return parts.map((part: unknown) => resolve(part, physicalIds)).join(separator);
  }
  throw new Error(`cannot resolve ${JSON.stringify(value)}`);
}

function readSecret(reference: string): Promise<string> {
  const [, secretId, field] = /^\{\{resolve:secretsmanager:(.+):SecretString:(\w+)::\}\}$/.exec(reference) ?? [];
  if (!secretId) {
    throw new Error('a password of the template is no reference to Secrets Manager');
  }
  return credentialFieldOf(secretId, field);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function known<T>(values: Map<string, T>, name: string): T {
  const value = values.get(name);
  if (value === undefined) {
    throw new Error(`the template refers to ${name}, which it does not hold`);
  }
  return value;
}
