import { VALID_JSON } from './valid-json';
import { VALID_ODD } from './valid-odd';
import { VALID_YAML } from './valid-yaml';
import { VALID_YAML_2 } from './valid-yaml-2';

export const VALID = [...VALID_YAML, ...VALID_YAML_2, ...VALID_JSON, ...VALID_ODD];
