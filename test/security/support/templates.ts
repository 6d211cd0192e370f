// The templates of an app as CloudFormation would see them: references followed, also into other stacks. Knows nothing of the library.
import { App } from 'aws-cdk-lib';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
}

export type Templates = Record<string, { Resources: Record<string, TemplateResource>; Outputs?: Record<string, any> }>;

/** Where a resource is: a stack and its logical id. */
export interface Place {
  readonly stack: string;
  readonly id: string;
  readonly resource: TemplateResource;
}

export function templatesOf(app: App): Templates {
  return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.parse(JSON.stringify(template))]));
}

/** Every resource of a type. */
export function placesOf(templates: Templates, ...types: string[]): Place[] {
  return Object.entries(templates).flatMap(([stack, { Resources = {} }]) => Object.entries(Resources)
    .filter(([, { Type }]) => types.includes(Type)).map(([id, resource]) => ({ stack, id, resource })));
}

/** What a value refers to, through exports: `Stack/LogicalId.Attribute`; anything else as it is. */
export function follow(templates: Templates, stack: string, value: any): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (value.Ref !== undefined) {
    return String(value.Ref).startsWith('AWS::') ? value.Ref : `${stack}/${value.Ref}`;
  }
  if (value['Fn::GetAtt']) {
    const [id, attribute] = value['Fn::GetAtt'];
    return `${stack}/${id}.${attribute}`;
  }
  if (value['Fn::ImportValue'] !== undefined) {
    const name = value['Fn::ImportValue'];
    for (const [exporter, { Outputs = {} }] of Object.entries(templates)) {
      const output = Object.values(Outputs).find((each) => each.Export?.Name === name);
      if (output) {
        return follow(templates, exporter, output.Value);
      }
    }
    throw new Error(`nobody exports ${name}`);
  }
  return JSON.stringify(value);
}
