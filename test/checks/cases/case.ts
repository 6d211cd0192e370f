/** Resources of a template by logical id. */
export type TemplateResources = Record<string, { Type: string; Properties?: Record<string, unknown>; [attribute: string]: unknown }>;

/** The smallest templates on both sides of a rule. The guide shows them, and every form a value can have is tried on them. */
export interface Case {
  /** Resources that the rule finds fault with. */
  readonly bad: TemplateResources;
  /** The same, put right. */
  readonly good: TemplateResources;
  /** The other sections of both, where the rule is about the template as a whole. */
  readonly sections?: { readonly bad: Sections; readonly good: Sections };
}

export type Sections = Readonly<Record<string, unknown>>;

export type Cases = Readonly<Record<string, Case>>;

/** A template of one resource. */
export function one(Type: string, Properties: Record<string, unknown>): TemplateResources {
  return { Thing: { Type, Properties } };
}

/** A case of one resource: what is common to both sides, what is bad, and what is good. */
export function caseOf(type: string, common: Record<string, unknown>, bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return { bad: one(type, { ...common, ...bad }), good: one(type, { ...common, ...good }) };
}
