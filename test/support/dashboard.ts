import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** Written from CloudWatch's page on the body of a dashboard. */
export const SCHEMA = JSON.parse(readFileSync(join(__dirname, '..', 'monitoring', 'dashboard-body.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);

/** A widget of a dashboard, as CloudWatch gets it. */
export interface BodyWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: any;
}

/** What stands for a value that CloudFormation fills in. */
function filled(part: any): string {
  if (typeof part === 'string') {
    return part;
  }
  const name: string = part.Ref ?? part['Fn::GetAtt']?.join('.') ?? JSON.stringify(part).replace(/[^A-Za-z]/g, '');
  return name.endsWith('.Arn') ? `arn:aws:service:region:111122223333:${name}` : name === 'AWS::Region' ? 'eu-central-1' : name.replace(/[^\w-]/g, '-');
}

/** The body of the only dashboard of a stack, with names in place of what CloudFormation fills in. */
export function dashboardBody(stack: Stack): { widgets: BodyWidget[]; [key: string]: any } {
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const body = Properties.DashboardBody;
  return JSON.parse(typeof body === 'string' ? body : body['Fn::Join'][1].map(filled).join(''));
}

/** What the schema of CloudWatch's page says against a body. */
export function problemsOf(body: unknown): string[] {
  return validate(body) ? [] : validate.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
