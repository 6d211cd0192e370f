import { AccessRules, commandProblem, databaseProblem, patternProblem, renderRules } from './private/access-string-grammar';
import { fail } from '../private/errors';
import { isKnown, lowerCase } from '../private/tokens';

/** Commands that clients send to find out where they are: `CLUSTER SLOTS` and `INFO`, without those that change anything. */
const ORIENTATION = { before: ['+cluster'], after: ['-@admin', '-@dangerous', '+info'] } as const;
const EVERY_KEY = '~*';
const EVERY_CHANNEL = '&*';

/**
 * What a user may do, in the engine's access control language. A value: each method returns a new one and leaves this one as it is.
 *
 * Begin with one of the ready-made ones and narrow it, or with `none()` and widen it. Commands and categories are allowed and denied in the order
 * of the calls, and the last one that fits a command decides. Passwords do not belong here: they are a matter of the user.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
 *
 * @example
 * AccessString.readOnly().keys('app:*');
 * AccessString.none().enabled().readKeys('app:*').writeKeys('app:counter').allowCommands('get', 'incr');
 */
export class AccessString {
  /**
   * What an application needs: every key and channel, and every command but the administrative and the dangerous ones
   * (`FLUSHALL`, `KEYS`, `CONFIG` and their like). `INFO`, which clients send when they connect, is allowed.
   */
  public static readWrite(): AccessString {
    return AccessString.ready(['+@all', '-@admin', '-@dangerous', '+info'], [EVERY_CHANNEL]);
  }

  /**
   * Reads every key and changes nothing: the commands that read, transactions of them, and what a client needs to connect.
   * No channel, no script, and no command that is dangerous on a large cache, such as `KEYS`.
   */
  public static readOnly(): AccessString {
    return AccessString.ready(['+@read', '+@connection', '+@transaction', ...ORIENTATION.before, ...ORIENTATION.after]);
  }

  /**
   * What workers of a job queue need: lists, streams, sets, sorted sets, hashes, strings, scripts, transactions, channels and commands that wait,
   * on every key. Nothing administrative or dangerous.
   */
  public static queueWorker(): AccessString {
    const categories = ['list', 'stream', 'set', 'sortedset', 'hash', 'string', 'keyspace', 'blocking', 'transaction', 'scripting', 'pubsub', 'connection'];
    return AccessString.ready([...categories.map((name) => `+@${name}`), ...ORIENTATION.before, ...ORIENTATION.after], [EVERY_CHANNEL]);
  }

  /**
   * Everything that the service lets a user do, on every key and channel: for people, not for applications.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SupportedCommands.html
   */
  public static admin(): AccessString {
    return AccessString.ready(['+@all'], [EVERY_CHANNEL]);
  }

  /** Nothing at all: the user cannot log in until `enabled()`, and may do nothing until it is told what. */
  public static none(): AccessString {
    return new AccessString({ words: [], state: 'off', keys: [], channels: [], databases: [], commands: ['-@all'], selectors: [] });
  }

  /**
   * An access string as it is. It is checked when it is given to a user. What is added to it by methods is written behind it.
   *
   * @param accessString for example `on ~app:* +@read`; passwords do not belong into it
   */
  public static of(accessString: string): AccessString {
    return new AccessString({ words: [accessString], keys: [], channels: [], databases: [], commands: [], selectors: [] });
  }

  private static ready(commands: readonly string[], channels: readonly string[] = []): AccessString {
    const first = commands[0] === '+@all' ? [] : ['-@all'];
    return new AccessString({ words: [], state: 'on', keys: [EVERY_KEY], channels, databases: [], commands: [...first, ...commands], selectors: [] });
  }

  private text?: string;

  private constructor(private readonly rules: AccessRules) {}

  /** Lets the user log in. */
  public enabled(): AccessString {
    return this.with({ state: 'on' });
  }

  /** Keeps the user from logging in. */
  public disabled(): AccessString {
    return this.with({ state: 'off' });
  }

  /**
   * Limits the user to keys of these patterns; called again, adds more of them. `keys('*')` is every key.
   *
   * @param patterns glob patterns such as `app:*`, without spaces
   * @throws InvalidAccessString when a pattern is empty or has spaces
   */
  public keys(...patterns: string[]): AccessString {
    return this.addKeys('~', patterns);
  }

  /**
   * Limits the user to reading keys of these patterns; called again, or after `keys` and `writeKeys`, adds to them.
   * Redis OSS 7.0 or later, and every version of Valkey.
   *
   * @param patterns glob patterns such as `app:*`, without spaces
   * @throws InvalidAccessString when a pattern is empty or has spaces
   */
  public readKeys(...patterns: string[]): AccessString {
    return this.addKeys('%R~', patterns);
  }

  /**
   * Limits the user to writing keys of these patterns, without reading them; called again, or after `keys` and `readKeys`, adds to them.
   * Redis OSS 7.0 or later, and every version of Valkey.
   *
   * @param patterns glob patterns such as `app:*`, without spaces
   * @throws InvalidAccessString when a pattern is empty or has spaces
   */
  public writeKeys(...patterns: string[]): AccessString {
    return this.addKeys('%W~', patterns);
  }

  /**
   * Limits the user to channels of these patterns; called again, adds more of them. `channels('*')` is every channel.
   * Redis OSS 6.2 or later, and every version of Valkey.
   *
   * @param patterns glob patterns such as `news:*`, without spaces
   * @throws InvalidAccessString when a pattern is empty or has spaces
   */
  public channels(...patterns: string[]): AccessString {
    const before = this.rules.channels.filter((word) => word !== EVERY_CHANNEL);
    const channels = unique([...before, ...patterns.map((pattern) => `&${checked('channels', pattern, patternProblem)}`)]);
    return this.with({ channels: channels.includes(EVERY_CHANNEL) ? [EVERY_CHANNEL] : channels });
  }

  /**
   * Allows all commands of categories.
   *
   * @param categories for example `read`, `write`, `sortedset`
   * @throws InvalidAccessString when it is not the name of a category
   */
  public allowCategories(...categories: string[]): AccessString {
    return this.addCommands('+@', 'allowCategories', categories, categoryNameProblem);
  }

  /**
   * Forbids all commands of categories.
   *
   * @param categories for example `dangerous`, `scripting`
   * @throws InvalidAccessString when it is not the name of a category
   */
  public denyCategories(...categories: string[]): AccessString {
    return this.addCommands('-@', 'denyCategories', categories, categoryNameProblem);
  }

  /**
   * Allows commands or subcommands.
   *
   * @param commands for example `get`, or `client|setname` for a subcommand
   * @throws InvalidAccessString when it is not the name of a command
   */
  public allowCommands(...commands: string[]): AccessString {
    return this.addCommands('+', 'allowCommands', commands, commandProblem);
  }

  /**
   * Forbids commands or subcommands. Forbidding subcommands takes Redis OSS 7.0 or later, or Valkey.
   *
   * @param commands for example `keys`, or `config|set` for a subcommand
   * @throws InvalidAccessString when it is not the name of a command
   */
  public denyCommands(...commands: string[]): AccessString {
    return this.addCommands('-', 'denyCommands', commands, commandProblem);
  }

  /**
   * Limits the user to databases; called again, adds more of them. Valkey 9.1 or later.
   *
   * @param databases numbers of databases, from 0
   * @throws InvalidAccessString when it is not a whole number from 0
   * @see https://valkey.io/topics/acl/
   */
  public databases(...databases: number[]): AccessString {
    databases.forEach((database) => checked('databases', database, databaseProblem));
    return this.with({ databases: unique([...this.rules.databases, ...databases]) });
  }

  /**
   * Gives the user other rights beside its own: a command is allowed when its own rights or any one of the selectors allow all of it.
   * Redis OSS 7.0 or later, and every version of Valkey. Begin the rights of a selector with `AccessString.none()`.
   *
   * @param rights what the selector allows; whether it is enabled has no meaning in a selector
   * @throws InvalidAccessString when the rights have selectors themselves, come from `of()`, or have a pattern with quotation marks or a parenthesis at its end
   */
  public selector(rights: AccessString): AccessString {
    const { words, selectors, keys, channels } = rights.rules;
    const problem = words.length > 0 ? 'be built, not given as text with of()'
      : selectors.length > 0 ? 'have no selectors of its own'
        : [...keys, ...channels].some((word) => /["']|\)$/.test(word)) ? 'have no pattern with quotation marks or a parenthesis at its end, which engines misread'
          : undefined;
    if (problem) {
      refuse('selector', problem, rights.toString());
    }
    return this.with({ selectors: [...this.rules.selectors, `(${renderRules({ ...rights.rules, state: undefined })})`] });
  }

  /** The access string as the service takes it. */
  public toString(): string {
    return this.text ??= renderRules(this.rules);
  }

  /** Limits to patterns what was every key; the engine takes no pattern beside every key. */
  private addKeys(prefix: string, patterns: string[]): AccessString {
    const before = this.rules.keys.filter((word) => word !== EVERY_KEY);
    const name = { '~': 'keys', '%R~': 'readKeys', '%W~': 'writeKeys' }[prefix]!;
    const keys = unique([...before, ...patterns.map((pattern) => `${prefix}${checked(name, pattern, patternProblem)}`)]);
    const every = keys.includes(EVERY_KEY) || ['%R~*', '%W~*'].every((word) => keys.includes(word));
    return this.with({ keys: every ? [EVERY_KEY] : keys });
  }

  private addCommands(prefix: string, method: string, names: string[], problemOf: (name: string) => string | undefined): AccessString {
    return this.with({ commands: [...this.rules.commands, ...names.map((name) => `${prefix}${lowerCase(checked(method, name, problemOf))}`)] });
  }

  private with(rules: Partial<AccessRules>): AccessString {
    return new AccessString({ ...this.rules, ...rules });
  }
}

function categoryNameProblem(name: string): string | undefined {
  return /^[a-z]+$/i.test(name) ? undefined : 'be a name without @, such as read';
}

/** A value that has no problem, or is not known yet. */
function checked<T>(method: string, value: T, problemOf: (value: T) => string | undefined): T {
  const problem = isKnown(value) ? problemOf(value) : undefined;
  return problem === undefined ? value : refuse(method, problem, value);
}

function refuse(method: string, problem: string, value: unknown): never {
  return fail(undefined, 'InvalidAccessString', `${method} must ${problem}, got: ${JSON.stringify(value)}`);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
