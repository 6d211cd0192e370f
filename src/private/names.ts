import * as crypto from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { keep, memoized } from './memo';
import { isToken } from './tokens';

/** The longest id the service takes for users, user groups, replication groups and serverless caches. */
export const MAXIMUM_ID_LENGTH = 40;
const HASH_LENGTH = 10;

/**
 * An id that two constructs, two stacks, or two deployments of one app never share, and that changes when the resource must be replaced.
 *
 * @param construct the construct that the resource belongs to; its path and the names of its stacks go into the id
 * @param replacedBy everything whose change replaces the resource
 * @returns at most 40 characters of lower-case letters, digits and single hyphens, a letter first
 */
export function generatedId(construct: IConstruct, ...replacedBy: string[]): string {
  const { stackNames, path, words } = placeOf(construct);
  const resolved = replacedBy.some(isToken) ? Stack.of(construct).resolve(replacedBy) : replacedBy;
  const hash = sha256(JSON.stringify([stackNames, path, resolved])).slice(0, HASH_LENGTH);
  return `${lastWords(words, MAXIMUM_ID_LENGTH - HASH_LENGTH - 1) || 'cache'}-${hash}`;
}

/** Where a construct is, as far as names tell it. */
interface Place {
  /** The names of its stacks that are known, the outermost first. */
  readonly stackNames: readonly string[];
  /** The ids on the way to it. */
  readonly path: string;
  /** The same as words of lower-case letters and digits, with single hyphens between them. */
  readonly words: string;
}

const NOWHERE: Place = { stackNames: [], path: '', words: '' };
/** Those of constructs that are parents of others with names: what is made for one cache is in one place. */
const parents = new WeakMap<IConstruct, Place>();

function placeOf(construct: IConstruct): Place {
  const { id, scope } = construct.node;
  const above = scope ? keep(parents, scope, () => placeOf(scope)) : NOWHERE;
  const stackName = Stack.isStack(construct) && !isToken(construct.stackName) ? [construct.stackName] : [];
  return {
    stackNames: [...above.stackNames, ...stackName],
    path: [above.path, id].filter((each) => each).join('/'),
    words: [above.words, wordsOf(id)].filter((each) => each).join('-'),
  };
}

/** The words of an id. 'Default' stands for a construct that is all there is of its parent: CDK leaves it out of logical ids, too. */
const wordsOf = memoized((id) => id === 'Default' ? ''
  : id.replace(/([a-z0-9])(?=[A-Z])/g, '$1-').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''));

/** In one call where Node.js has one (20.12 and newer): it takes a third of the time. */
function sha256(text: string): string {
  return crypto.hash ? crypto.hash('sha256', text) : crypto.createHash('sha256').update(text).digest('hex');
}

/** The end of a path, which tells more than its beginning: whole words that begin with a letter. */
function lastWords(text: string, maximumLength: number): string {
  const cut = text.length > maximumLength && text[text.length - maximumLength - 1] !== '-';
  const end = text.slice(-maximumLength);
  return (cut ? end.replace(/^[^-]*-/, '') : end).replace(/^[^a-z]+/, '');
}
