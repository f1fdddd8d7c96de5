import type { Attack } from '../attack';
import { malformed } from './malformed';
import { properties } from './properties';
import { subjects } from './subjects';
import { tokens } from './tokens';

/** In this order: what ends sessions and fills tables stands behind what looks for leaks. */
export const attacks: readonly Attack[] = [malformed, properties, tokens, subjects];
