import type { Attack } from '../attack';
import { canaries } from './canaries';
import { files } from './files';
import { idle } from './idle';
import { malformed } from './malformed';
import { properties } from './properties';
import { revoked } from './revoked';
import { scope } from './scope';
import { slow } from './slow';
import { storm } from './storm';
import { subjects } from './subjects';
import { tokens } from './tokens';
import { traces } from './traces';

/** In this order: what ends sessions, fills tables and uses up limits stands behind what looks for leaks. */
export const attacks: readonly Attack[] = [
  canaries,
  files,
  traces,
  properties,
  tokens,
  subjects,
  revoked,
  malformed,
  storm,
  slow,
  idle,
  scope,
];
