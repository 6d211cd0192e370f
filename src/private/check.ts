import { Annotations, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { failAll, futurePath, idOf, Problem } from './errors';
import { evaluateAlike } from '../checks/evaluate-alike';
import { Finding, ResourceView, Rule } from '../checks/rule';

/** Something worth saying about a construct that does not stop it. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** Constructs being made that judged all of their parts before, and had nothing to say of them. */
const judged = new WeakSet<IConstruct>();

/** Lets the parts of a construct be made without judging each of them again: all were judged together, and nothing was found, not even a warning. */
export function skipParts(construct: IConstruct): void {
  judged.add(construct);
}

/** Ends {@link skipParts}: what comes from now on was not judged before. */
export function judgeParts(construct: IConstruct): void {
  judged.delete(construct);
}

function isPartOfJudged(scope: IConstruct): boolean {
  let parent: IConstruct | undefined = scope;
  while (parent && !judged.has(parent)) {
    parent = parent.node.scope;
  }
  return parent !== undefined;
}

/** What is wrong with a construct that is about to be made. Collects; nothing is thrown before {@link Inspection.finish}. */
export class Inspection {
  /** Whether this is a part of a construct that judged it already. */
  public readonly isJudged: boolean;
  private readonly warnings: Warning[] = [];

  public constructor(
    private readonly scope: IConstruct, private readonly id: string,
    private readonly problems: Problem[] = [], private readonly heard: { aWarning: boolean } = { aWarning: false },
  ) {
    this.isJudged = isPartOfJudged(scope);
  }

  /** Whether there is nothing to say, neither of the construct nor of a part of it. */
  public get isSilent(): boolean {
    return this.problems.length === 0 && !this.heard.aWarning;
  }

  /** The inspection of a part that checks itself again when it is made: its problems count here, its warnings are left to it. */
  public ofPart(): Inspection {
    return new Inspection(this.scope, this.id, this.problems, this.heard);
  }

  /** Judges a resource by rules. What is acknowledged on the scope is let through. */
  public check(rules: readonly Rule[], resource: () => ResourceView): void {
    if (!this.isJudged) {
      evaluateAlike(rules, resource()).forEach((finding) => this.add(finding));
    }
  }

  /** A mistake in how the construct is called, which no template could express. */
  public misuse(code: string, message: string): void {
    this.problems.push({ code, message, acknowledgeable: false });
  }

  public warn(code: string, message: string): void {
    this.heard.aWarning = true;
    this.warnings.push({ code, message });
  }

  /**
   * Ends construction if there is a problem.
   *
   * @returns the warnings to attach to the construct once it exists
   */
  public finish(): readonly Warning[] {
    if (this.problems.length > 0) {
      failAll(futurePath(this.scope, this.id), this.problems);
    }
    return this.warnings;
  }

  private add({ rule, message }: Finding): void {
    if (rule.severity === 'warning' || isAcknowledged(this.scope, rule.code)) {
      this.warn(rule.code, message);
    } else {
      this.problems.push({ code: rule.code, message: `${message} (${rule.source})`, acknowledgeable: true });
    }
  }
}

/** Attaches warnings to a construct. */
export function attach(construct: IConstruct, warnings: readonly Warning[]): void {
  warnings.forEach(({ code, message }) => Annotations.of(construct).addWarningV2(idOf(code), message));
}

/** Whether a rule's id was acknowledged on a scope or one of its parents. */
export function isAcknowledged(scope: IConstruct, code: string): boolean {
  return scope.node.scopes.some((parent) => parent.node.metadata.some((entry) =>
    entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && Object.keys(entry.data as object).includes(idOf(code))));
}
