/** The type of what is a template as a whole, and of its parts: rules name it as they name types of resources. */
export const WHOLE = {
  template: 'Template',
  parameter: 'Template::Parameter',
  mapping: 'Template::Mapping',
  condition: 'Template::Condition',
  resource: 'Template::Resource',
  output: 'Template::Output',
} as const;

/** What is said of a place of a template, as an attribute of its view. */
export const WHOLE_FACTS = {
  /** What is referred to and is not there, after what refers to it: `Port condition IsProd`. */
  unresolved: 'Unresolved',
  /** The resources by which one depends on itself, the first again at the end. */
  circle: 'Circle',
  /** The same of conditions. */
  conditionCircle: 'ConditionCircle',
  /** The resources that a condition reads. */
  conditionReads: 'ConditionReads',
  /** Functions with arguments of another form than they take. */
  malformed: 'Malformed',
  /** Functions that there are not, each with the one that was meant. */
  misspelt: 'Misspelt',
  /** Functions that are not known here. */
  unknown: 'UnknownFunctions',
  /** Functions with other keys beside them. */
  beside: 'Beside',
  /** What is wrong with the parts that every section, resource, output, parameter or mapping has. */
  form: 'Form',
  /** What there are too many of. */
  limit: 'Limit',
  /** Why an output is no text. */
  notText: 'NotText',
  /** What is wrong with the name of an export. */
  exportName: 'ExportName',
  /** The secrets that an output shows. */
  secrets: 'Secrets',
  /** Attributes of a nested stack that it does not have, and parameters of one that are lists. */
  nested: 'Nested',
  /** The sections that the template should not have. */
  sections: 'Sections',
  /** The version of the format, where it is another one. */
  version: 'Version',
  /** That something else has the same name. */
  taken: 'Taken',
} as const;

export type WholeFact = (typeof WHOLE_FACTS)[keyof typeof WHOLE_FACTS];

/** A place in a template, from its section on, and what is said of it. */
export interface Spot {
  readonly place: readonly string[];
  readonly facts: Map<WholeFact, string[]>;
}

/** The places of which anything is said. */
export class Spots {
  private readonly byPlace = new Map<string, Spot>();

  /** Says something of a place, once. */
  public say(place: readonly string[], fact: WholeFact, text: string): void {
    const key = place.join('\u0000');
    const spot = this.byPlace.get(key) ?? { place, facts: new Map<WholeFact, string[]>() };
    this.byPlace.set(key, spot);
    const said = spot.facts.get(fact) ?? [];
    said.includes(text) || spot.facts.set(fact, [...said, text]);
  }

  public all(): Spot[] {
    return [...this.byPlace.values()];
  }
}
