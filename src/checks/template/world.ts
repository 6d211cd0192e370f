import type { ResourceView } from '../rule';

/** What stands in a text for a part that is not known. */
export const HOLE = '\u0000';

/** A value that is not known before the deployment, with what is known about it. */
export class Opaque {
  /** Something of which nothing is known, not even whether it is written. */
  public static readonly UNCERTAIN = new Opaque([], false, true);

  /** A text of which something is not known. */
  public static text(text: string, references: readonly string[] = []): Opaque {
    return text.includes('{{resolve:') ? new Opaque(references, false, false, [], undefined, undefined, undefined, text)
      : new Opaque(references, false, false, [], undefined, undefined, text);
  }

  public constructor(
    /** The logical ids of the resources it is made from. */
    public readonly references: readonly string[] = [],
    /** Whether it is nothing but an attribute of that one resource. */
    public readonly exact = false,
    /** Whether it may stand for nothing at all. */
    public readonly mayBeAbsent = false,
    /** Values that it is not. */
    public readonly differsFrom: readonly string[] = [],
    /** The attribute that it is, where it is nothing else; `Ref` for what a reference gives. */
    public readonly attribute?: string,
    /** The resource of another template that it is. */
    public readonly foreign?: () => ResourceView | undefined,
    /** The text that it is, with NUL for each part that is not known. */
    public readonly pattern?: string,
    /** The text with the dynamic references that CloudFormation puts values in place of, in the same form. */
    public readonly dynamic?: string,
  ) {}
}

/** What `AWS::NoValue` leaves of a value. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** One consistent assignment of parameters and conditions. */
export interface World {
  /** What was chosen, in words: `Env=prod`. */
  readonly label: string;
  /** The values of parameters and pseudo parameters that were chosen. */
  readonly pinned: ReadonlyMap<string, unknown>;
  /** The truth of comparisons that no value decides, by their text. */
  readonly comparisons: ReadonlyMap<string, boolean>;
  /** What the other parameters are: their defaults, or anything. */
  readonly others: 'defaults' | 'anything';
  /**
   * Whether what is wrong here is wrong with the template. Otherwise it takes several choices, which the person who deploys may never
   * combine, and is only worth a warning.
   */
  readonly certain: boolean;
  /** The name of a set of worlds of which one will be the case: what all of them show is wrong with the template as well. */
  readonly oneOf?: string;
}
