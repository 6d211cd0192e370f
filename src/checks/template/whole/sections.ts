import { Spots, WHOLE_FACTS } from './facts';
import { isMacroKey, Names } from './names';
import { isObject, Template } from '../template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const SECTIONS = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Transform', 'Resources', 'Outputs', 'Hooks'];
const VERSION = '2010-09-09';
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 };
const LONGEST_DESCRIPTION = 1024;

/** What is said of the sections of a template, before anything in them. */
export function lookAtSections(template: Template, names: Names, spots: Spots): void {
  const sections = template as Readonly<Record<string, unknown>>;
  if (!names.isTransformed) {
    Object.keys(sections).filter((name) => !SECTIONS.includes(name)).forEach((name) => spots.say([name], WHOLE_FACTS.sections, name));
  }
  const { AWSTemplateFormatVersion: version, Description: description } = sections;
  if (version !== undefined && dateOf(version) !== VERSION) {
    spots.say(['AWSTemplateFormatVersion'], WHOLE_FACTS.version, String(version));
  }
  if (Array.isArray(description) || isObject(description)) {
    spots.say(['Description'], WHOLE_FACTS.form, 'Description must be a text');
  } else if (typeof description === 'string' && Buffer.byteLength(description) > LONGEST_DESCRIPTION) {
    spots.say(['Description'], WHOLE_FACTS.limit, `Description must have at most ${LONGEST_DESCRIPTION} bytes, got: ${Buffer.byteLength(description)}`);
  }
  for (const [name, most] of Object.entries(LIMITS)) {
    const section = sections[name];
    const count = Object.keys(isObject(section) ? section : {}).filter((key) => !isMacroKey(key)).length;
    count > most && spots.say([name], WHOLE_FACTS.limit, `${name} must be at most ${most}, got: ${count}`);
  }
  for (const name of ['Parameters', 'Mappings', 'Conditions', 'Outputs']) {
    Array.isArray(sections[name]) && spots.say([name], WHOLE_FACTS.form, `${name} must be an object with a name for each, got: a list`);
  }
  Object.keys(names.parameters).filter((name) => names.isResource(name)).forEach((name) => spots.say(['Parameters', name], WHOLE_FACTS.taken, name));
}

/** A date as it is written; readers of YAML make one of what looks like one. */
function dateOf(version: unknown): string {
  return version instanceof Date ? version.toISOString().slice(0, 10) : String(version);
}
