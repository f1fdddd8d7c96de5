import { childPath, rootPath, tierOfPath, type Tier } from '@shidang/access';
import { divisions, type Category } from '@shidang/catalogue';
import type { Random } from '../invented/random';
import type { Identifiers } from './identifiers';
import type { Pace } from './pace';
import type { Part } from './part';
import { placesIn, planSchools } from './schools';

export interface SeededOrganisation {
  /** Of a city: its schools collect. */
  readonly collects?: boolean;
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
const province = '330000';

const authorityName = (code: string, division: string): string => {
  if (code === '000000') return '教育部';
  return code.endsWith('0000') ? `${division}教育厅` : `${division}教育局`;
};

interface Named {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
}

/** Of 丽水 all the catalogue names; of another city itself and its counties. Parents first. */
function divisionsOf({ scale, index, city }: Part): readonly Named[] {
  // the other cities of a province come with their own parts
  const elsewhere = (each: (typeof divisions)[number]) => each.level === 'city' && each.code !== lishui;
  if (index === 0) return scale === 'xl' ? divisions.filter((each) => !elsewhere(each)) : divisions;
  const own = divisions.find((each) => each.code === city)!;
  const counties = placesIn(city).filter(({ code }) => code !== city);
  return [own, ...counties.map(({ code, name }) => ({ code, name, parent: city }))];
}

function planAuthorities(part: Part, ids: Identifiers): SeededOrganisation[] {
  const paths = new Map([[province, childPath(rootPath, province)]]);
  return divisionsOf(part).map(({ code, name, parent }) => {
    const orgPath = parent === null ? rootPath : childPath(paths.get(parent)!, code);
    paths.set(code, orgPath);
    const tier = tierOfPath(orgPath);
    const named = { code, name: authorityName(code, name), tier, orgPath, parentCode: parent ?? undefined };
    return { id: ids.next(), ...named, ...(code === part.city && { collects: true }) };
  });
}

export function planOrganisations(part: Part, ids: Identifiers, random: Random) {
  const authorities = planAuthorities(part, ids);
  const pathOf = new Map(authorities.map((each) => [each.code, each.orgPath]));
  const schools: SeededSchool[] = planSchools(part, random).map((school) => ({
    id: ids.next(),
    tier: 'school',
    orgPath: childPath(pathOf.get(school.parentCode)!, school.code),
    ...school,
  }));
  return { authorities, schools };
}
