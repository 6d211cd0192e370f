import { isMacroKey } from './names';
import { intrinsicOf, isObject, isScalar } from '../template';

const PAGES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
export const FUNCTIONS_PAGE = `${PAGES}/intrinsic-function-reference.html`;

/** A kind of argument: in words, and whether a value may be one. What a function gives may be anything. */
interface Kind {
  readonly says: string;
  readonly fits: (value: unknown) => boolean;
}

/** Functions that give one text, and never a list. */
const GIVE_TEXT = ['Fn::Sub', 'Fn::Join', 'Fn::Base64', 'Fn::ToJsonString'];
/** Functions that give lists. */
const GIVE_LISTS = ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr'];

const nameOf = (value: unknown) => intrinsicOf(value)?.[0] ?? '';

export function givesList(value: unknown): boolean {
  return GIVE_LISTS.includes(nameOf(value));
}

const TEXT: Kind = { says: 'a text', fits: isScalar };
const VALUE: Kind = { says: 'a text', fits: (value) => isScalar(value) || (isObject(value) && !givesList(value)) };
const LIST: Kind = { says: 'a list', fits: (value) => Array.isArray(value) || (isObject(value) && !GIVE_TEXT.includes(nameOf(value))) };
const OBJECT: Kind = { says: 'an object of values', fits: isObject };
const INDEX: Kind = { says: 'an index from 0', fits: (value) => isObject(value) || /^\s*\d+\s*$/.test(String(value)) };
const CONDITION: Kind = { says: 'the name of a condition', fits: (value) => typeof value === 'string' };
const TRUTH: Kind = { says: 'a condition', fits: (value) => isObject(value) };
const ANY: Kind = { says: 'a value', fits: () => true };

/** In JSON that is made of YAML, nothing stands for the own region. */
const REGION: Kind = { says: 'a text', fits: (value) => value === null || VALUE.fits(value) };

/** The form of the arguments of a function. */
interface Form {
  /** What is written when it is a list: as many items, or between these numbers, each of a kind. */
  readonly items?: readonly Kind[];
  readonly least?: number;
  readonly most?: number;
  /** What is written when it is no list. */
  readonly alone?: Kind;
}

const NAME: Kind = { says: 'a name', fits: (value) => typeof value === 'string' && value !== '' };
const PATH: Kind = { says: 'resource.attribute', fits: (value) => typeof value === 'string' && /^[^.]+\../s.test(value) };
const RESOURCE: Kind = { says: 'a resource', fits: (value) => typeof value === 'string' && value !== '' };
const ATTRIBUTE: Kind = { says: 'an attribute', fits: (value) => (typeof value === 'string' && value !== '') || isObject(value) };

/** The forms of functions, as their pages say. */
const FORMS: Readonly<Record<string, Form>> = {
  'Ref': { alone: NAME },
  'Fn::And': { items: [TRUTH], least: 2, most: 10 },
  'Fn::Base64': { alone: VALUE },
  'Fn::Cidr': { items: [VALUE, VALUE, VALUE], least: 2, most: 3 },
  'Fn::Equals': { items: [ANY, ANY] },
  'Fn::FindInMap': { items: [VALUE, VALUE, VALUE] },
  'Fn::GetAtt': { items: [RESOURCE, ATTRIBUTE], alone: PATH },
  'Fn::GetAZs': { alone: REGION },
  'Fn::If': { items: [CONDITION, ANY, ANY] },
  'Fn::ImportValue': { alone: VALUE },
  'Fn::Join': { items: [TEXT, LIST] },
  'Fn::Not': { items: [TRUTH] },
  'Fn::Or': { items: [TRUTH], least: 2, most: 10 },
  'Fn::Select': { items: [INDEX, LIST] },
  'Fn::Split': { items: [TEXT, VALUE] },
  'Fn::Sub': { items: [TEXT, OBJECT], least: 1, alone: TEXT },
};

/** Functions without a form here: newer ones, those of rules, and those of macros. */
const OTHERS = [
  'Fn::Contains', 'Fn::EachMemberEquals', 'Fn::EachMemberIn', 'Fn::ForEach', 'Fn::GetStackOutput', 'Fn::RefAll', 'Fn::Transform', 'Fn::ValueOf',
  'Fn::ValueOfAll',
];
/** Functions that a macro of AWS brings: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html */
const OF_EXTENSIONS = ['Fn::Length', 'Fn::ToJsonString'];
const KNOWN = [...Object.keys(FORMS), ...OTHERS, ...OF_EXTENSIONS];

function formOf({ items, least = items?.length ?? 0, most = items?.length ?? 0, alone }: Form): string {
  const repeated = items?.length === 1 && most > 1;
  const kinds = () => `[${items!.map(({ says }) => says).join(', ')}]`;
  const list = items && (repeated ? `a list of ${least} to ${most} conditions` : kinds());
  return [list, alone?.says].filter((each) => each !== undefined).join(' or ');
}

/** What is wrong with the argument of a function; `undefined` where nothing is certain to be. */
export function formProblem(name: string, argument: unknown): string | undefined {
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (!form) {
    return undefined;
  }
  const { items, least = items?.length ?? 0, most = items?.length ?? 0, alone } = form;
  if ([argument].flat().some((part) => isObject(part) && Object.keys(part).some(isMacroKey))) {
    return undefined; // a macro writes it
  }
  const fits = Array.isArray(argument)
    ? items !== undefined && argument.length >= least && argument.length <= most
      && argument.every((item, index) => (items[index] ?? items[0]).fits(item))
    : alone !== undefined && alone.fits(argument);
  return fits ? undefined : `${name} must be ${formOf(form)}, got: ${shown(argument)}`;
}

function shown(argument: unknown): string {
  const text = JSON.stringify(argument) ?? 'nothing';
  return Array.isArray(argument) && text.length > 80 ? `a list of ${argument.length}` : text.length > 80 ? 'an object' : text;
}

/** What is wrong with the name of a function: the one that was meant; `unknown` for one that resembles none. */
export function functionProblem(name: string): { readonly meant: string } | 'unknown' | undefined {
  if (OF_EXTENSIONS.includes(name)) {
    return { meant: `${name} with Transform: AWS::LanguageExtensions` };
  }
  if (KNOWN.includes(name)) {
    return undefined;
  }
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '').replace(/s$/, '');
  const right = KNOWN.find((each) => plain(each) === plain(name)) ?? (/^Fn::(Ref|Condition)$/i.test(name) ? name.slice(4) : undefined);
  return right === undefined ? 'unknown' : { meant: right };
}

/** An index into a list that is written out and shorter. */
export function indexProblem(argument: unknown): string | undefined {
  const [index, list] = Array.isArray(argument) ? argument as unknown[] : [];
  return isScalar(index) && Array.isArray(list) && /^\d+$/.test(String(index)) && Number(index) >= list.length
    ? `Fn::Select must be the index of one of ${list.length} values, from 0, got: ${index}` : undefined;
}
