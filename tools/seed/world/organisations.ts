import { childPath, rootPath, tierOfPath, type Tier } from '@shidang/access';
import { divisions, type Category } from '@shidang/catalogue';
import type { Random } from '../invented/random';
import type { Identifiers } from './identifiers';
import type { Pace } from './pace';
import type { SeedScale } from './scale';
import { planSchools } from './schools';

export interface SeededOrganisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  readonly orgPath: string;
  readonly parentCode?: string;
}

export interface SeededSchool extends SeededOrganisation {
  readonly parentCode: string;
  readonly runningType: string;
  readonly category: Category;
  readonly owner: string;
  readonly urbanRural: string;
  readonly pace: Pace;
  readonly teachers: number;
}

/** Where the city's schools hang; the county that is behind. */
export const lishui = '331100';
export const lateCounty = '331121';

const authorityName = (code: string, division: string): string => {
  if (code === '000000') return '教育部';
  return code.endsWith('0000') ? `${division}教育厅` : `${division}教育局`;
};

/** 教育部, 浙江省, its cities, the nine counties of 丽水: parents first. */
export function planAuthorities(ids: Identifiers): SeededOrganisation[] {
  const paths = new Map<string, string>();
  return divisions.map(({ code, name, parent }) => {
    const orgPath = parent === null ? rootPath : childPath(paths.get(parent)!, code);
    paths.set(code, orgPath);
    const tier = tierOfPath(orgPath);
    return { id: ids.next(), code, name: authorityName(code, name), tier, orgPath, parentCode: parent ?? undefined };
  });
}

export function planOrganisations(scale: SeedScale, ids: Identifiers, random: Random) {
  const authorities = planAuthorities(ids);
  const pathOf = new Map(authorities.map((each) => [each.code, each.orgPath]));
  const schools: SeededSchool[] = planSchools(scale, random).map((school) => ({
    id: ids.next(),
    tier: 'school',
    orgPath: childPath(pathOf.get(school.parentCode)!, school.code),
    ...school,
  }));
  return { authorities, schools };
}
