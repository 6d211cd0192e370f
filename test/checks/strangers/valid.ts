import { VALID_JSON } from './valid-json';
import { VALID_ODD } from './valid-odd';
import { VALID_YAML_ACCESS } from './valid-yaml-access';
import { VALID_YAML_GROUPS } from './valid-yaml-groups';
import { VALID_YAML_SHAPES } from './valid-yaml-shapes';

export const VALID = [...VALID_YAML_GROUPS, ...VALID_YAML_ACCESS, ...VALID_YAML_SHAPES, ...VALID_JSON, ...VALID_ODD];
