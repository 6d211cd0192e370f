// What CloudFormation refuses of the resources beside caches before their services see them. Imports nothing of CDK.
import { columnOf, NEIGHBOR_ALIASES, neighborKinds, NeighborKind, NEIGHBORS, NEIGHBORS_CHECKED, NeighborRow } from './private/neighbor-table';
import { Inner } from './private/neighbor-values';
import { distance, HOLDS, isNot } from './private/property-kinds';
import { PropertyKind } from './private/schema-table';
import { FACTS, factsOf } from './private/template-facts';
import { parameterProblems } from './schema-rules';
import { ResourceView, Rule } from '../rule';
import { isObject } from '../template/template';

const COMMON = { severity: 'error', evidence: 'schema', checked: NEIGHBORS_CHECKED, since: '0.1.0' } as const;
/** What is never shown. */
const SECRETS = ['SecretString', 'GenerateSecretString', 'Value'];

/** Objects in lists: what must be in each of them. */
const ITEMS: Readonly<Record<string, readonly string[]>> = {
  Dimensions: ['Name', 'Value'], SecurityGroupIngress: ['IpProtocol'], SecurityGroupEgress: ['IpProtocol'],
};
/** What single items of lists have: some types take one that is not in a list. */
const IN_ITEMS = ['Key', 'Name', 'Id', 'IpProtocol', 'TopicArn', 'Region', 'Protocol', 'Endpoint'];

/** The name of which another one is a misspelling. AWS does not name two things so alike that one is mistaken for the other. */
function misspelt(name: string, known: readonly string[]): string | undefined {
  const letters = (text: string) => text.replace(/\d/g, '');
  return known.find((each) => each.toLowerCase() === name.toLowerCase())
    ?? known.find((each) => name.length > 5 && letters(each) !== letters(name) && isClose(each, name));
}

/** Whether one letter is wrong, or two have changed places. */
function isClose(one: string, other: string): boolean {
  const sorted = (text: string) => [...text].sort().join('');
  return Math.abs(one.length - other.length) <= 1 && (distance(one, other) === 1 || (sorted(one) === sorted(other) && distance(one, other) === 2));
}

/** Whether a value is certainly not of a kind. */
function isWrong(kind: NeighborKind, value: unknown): boolean {
  switch (kind) {
    case 'any': return false;
    case 'amount': return typeof value !== 'number' && !(typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value));
    case 'list': return !Array.isArray(value) && !(isObject(value) && IN_ITEMS.some((name) => name in value));
    case 'object': return Array.isArray(value);
    default: return isNot(kind, value);
  }
}

/** The names of all properties written. */
function writtenOn(resource: ResourceView): readonly string[] {
  return (resource.attribute(FACTS.written) ?? []) as readonly string[];
}

function missingInItems(resource: ResourceView, property: string): string[] {
  const items = resource.value(property);
  return !Array.isArray(items) ? [] : items.filter(isObject).flatMap((item: Inner) =>
    ITEMS[property].filter((name) => !(name in item)).map((name) => `${name} must be given in ${property}`));
}

function rulesOf(row: NeighborRow): Rule[] {
  const kinds = neighborKinds(row);
  const [known, short] = [[...kinds.keys()], row.type.split('::')[2]];
  const { required = [], requiredOneOf = [] } = row;
  const aliases = NEIGHBOR_ALIASES[row.type] ?? {};
  const withItems = known.filter((name) => Object.hasOwn(ITEMS, name));
  const judgedKinds = new Map([...kinds].filter(([, kind]) => ['text', 'number', 'flag', 'list'].includes(kind))) as unknown as ReadonlyMap<string, PropertyKind>;
  const common = { ...COMMON, resourceType: row.type, source: row.source };
  const attributes = columnOf(row.attributes);
  return [
    ...required.length + requiredOneOf.length === 0 ? [] : [{
      ...common,
      code: 'PropertyRequired',
      reads: [...required, ...requiredOneOf],
      judge: (resource: ResourceView) => {
        const missing = required.filter((name) => resource.isAbsent(name));
        const all = requiredOneOf.length > 0 && requiredOneOf.every((name) => resource.isAbsent(name)) ? [...missing, requiredOneOf.join(' or ')] : missing;
        return all.length === 0 ? undefined : all.map((name) => `${name} must be given for a ${short}`);
      },
    }],
    ...withItems.length === 0 ? [] : [{
      ...common,
      code: 'ItemIncomplete',
      reads: withItems,
      judge: (resource: ResourceView) => withItems.every((name) => resource.isAbsent(name)) ? undefined
        : [...new Set(withItems.flatMap((name) => missingInItems(resource, name)))],
    }],
    ...known.length === 0 ? [] : [{
      ...common,
      code: 'PropertyNotOfType',
      reads: known,
      judge: (resource: ResourceView) => {
        const strangers = writtenOn(resource).filter((name) => !kinds.has(name));
        return strangers.length === 0 ? undefined : strangers.filter((name) => resource.isPresent(name)).flatMap((name) => {
          const instead = Object.hasOwn(aliases, name) ? aliases[name] : misspelt(name, known);
          return instead ? [`a ${short} has no property ${name}; use ${instead}`] : [];
        });
      },
    }, {
      ...common,
      code: 'PropertyTypeWrong',
      reads: known,
      judge: (resource: ResourceView) => {
        const found: string[] = [];
        let mayBeParameter = false;
        for (const name of writtenOn(resource)) {
          const kind = kinds.get(name);
          const value = resource.value(name);
          mayBeParameter ||= value === undefined || Array.isArray(value);
          if (kind !== undefined && value !== undefined && isWrong(kind, value)) {
            const holds = kind === 'amount' ? 'a number' : HOLDS[kind as PropertyKind];
            found.push(`${name} must be ${holds}, got: ${SECRETS.includes(name) ? 'something else' : JSON.stringify(value)}`);
          }
        }
        return mayBeParameter ? [...found, ...parameterProblems(resource, judgedKinds)] : found;
      },
    }],
    {
      ...common,
      code: 'AttributeUnknown',
      reads: [FACTS.attributesRead],
      judge: (resource: ResourceView) => factsOf(resource, FACTS.attributesRead)
        .filter((name) => !attributes.includes(name) && !kinds.has(name) && isMistaken(name, short, attributes))
        .map((name) => `there is no attribute ${name}; ${attributes.length > 0 ? `there are ${attributes.join(', ')}` : 'Ref gives the name'}`),
    },
  ];
}

/** Whether an attribute is certainly not one that AWS added later: it is misspelt, or named as most types name theirs. */
function isMistaken(name: string, short: string, attributes: readonly string[]): boolean {
  const usual = ['Arn', 'ARN', 'Id', 'ID', 'Name', 'Ref', `${short}Arn`, `${short}ARN`, `${short}Id`];
  return usual.includes(name) || misspelt(name, attributes) !== undefined;
}

/** Rules that follow from the schemas of the types beside caches. */
export const NEIGHBOR_RULES: readonly Rule[] = NEIGHBORS.flatMap(rulesOf);
