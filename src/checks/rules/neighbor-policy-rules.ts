// Policies of keys and of those who use caches. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { COMMON, Inner, PAGES } from './private/neighbor-values';
import { FACTS, factsOf, texts } from './private/template-facts';
import { isObject } from '../template/template';

const DOCUMENTS = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'];
const HOLDERS = ['Role', 'User', 'Group'];
const GRAMMAR = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html';

/** Statements of a document, which may be one that is not in a list. */
function statementsIn(document: unknown): readonly Inner[] {
  return isObject(document) ? [document.Statement].flat().filter(isObject) : [];
}

/** The statements of what is a policy or holds some. */
function statementsOf(resource: ResourceView, property: string): readonly Inner[] {
  const value = resource.value(property);
  const documents = property === 'PolicyDocument' ? [value] : Array.isArray(value) ? value.map((each) => isObject(each) ? each.PolicyDocument : undefined) : [];
  return documents.flatMap(statementsIn);
}

function listed(value: unknown): string[] {
  return texts([value].flat());
}

/** Whether an action that may have wildcards is or includes another. */
function includes(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(action.toLowerCase());
}

/** Where a policy names resources: `PolicyDocument.Statement.0.Resource.1 Ref AWS::ElastiCache::User`. */
const NAMED = /^(?:PolicyDocument|Policies\.\d+\.PolicyDocument)\.Statement(?:\.\d+)?\.(?:Not)?Resource(?:\.\d+)? Ref (AWS::ElastiCache::\w+)$/;

const IAM_RULES: readonly Rule[] = [...DOCUMENTS, ...HOLDERS].flatMap((short): Rule[] => {
  const property = HOLDERS.includes(short) ? 'Policies' : 'PolicyDocument';
  const common = { ...COMMON, resourceType: `AWS::IAM::${short}`, reads: [property], source: GRAMMAR };
  return [
    {
      ...common,
      code: 'PolicyResourceNoArn',
      judge: (policy) => {
        const statements = statementsOf(policy, property);
        const about = statements.filter(({ Action }) => listed(Action).some((action) => /^elasticache:/i.test(action)));
        const names = about.flatMap(({ Resource }) => listed(Resource)).filter((resource) => /^[\w-]+$/.test(resource));
        const references = statements.length === 0 ? []
          : factsOf(policy, FACTS.places).map((place) => NAMED.exec(place)?.[1]).filter((type) => type !== undefined);
        return [...new Set([
          ...names.map((name) => `Resource must be an ARN or *, got: ${JSON.stringify(name)}`),
          ...references.map((type) => `Resource must be an ARN or *, got: a reference to an ${type}, which gives its name`),
        ])];
      },
    },
    {
      ...common,
      code: 'PolicyActionUnknown',
      severity: 'warning',
      evidence: 'inferred',
      judge: (policy) => statementsOf(policy, property).flatMap(({ Action, NotAction }) => [...listed(Action), ...listed(NotAction)])
        .filter((action) => /^elasticache:/i.test(action) && !/^elasticache:[a-z*?]+$/i.test(action))
        .map((action) => `actions of ElastiCache have names of letters, got: ${JSON.stringify(action)}`),
    },
  ];
});

const KEY_RULES: readonly Rule[] = [{
  ...COMMON,
  code: 'KeyPolicyLocksOut',
  resourceType: 'AWS::KMS::Key',
  reads: ['KeyPolicy', 'BypassPolicyLockoutSafetyCheck'],
  source: `${PAGES}/aws-resource-kms-key.html`,
  judge: (key) => {
    const policy = key.value('KeyPolicy');
    const statements = key.isNotTrue('BypassPolicyLockoutSafetyCheck') ? statementsIn(policy) : [];
    const all = isObject(policy) ? [policy.Statement].flat() : [];
    // One statement that is not known may let somebody.
    const isKnown = statements.length > 0 && statements.length === all.length && statements.every(({ Effect, Action, NotAction }) =>
      Effect === 'Deny' || (Effect === 'Allow' && NotAction === undefined && Action !== undefined && listed(Action).length === [Action].flat().length));
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => listed(Action));
    return isKnown && !allowed.some((action) => includes(action, 'kms:PutKeyPolicy'))
      ? 'KeyPolicy must let somebody call kms:PutKeyPolicy, got: nobody, and the key could never be changed; allow kms:* to the account' : undefined;
  },
}];

/** Rules about policies. */
export const NEIGHBOR_POLICY_RULES: readonly Rule[] = [...IAM_RULES, ...KEY_RULES];
