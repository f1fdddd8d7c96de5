/**
 * Two cities of their own, so that no other scenario's figures move: home city with two counties and a city-run school,
 * and a second city. Written out by hand: what lies below what is not asked of the code under test.
 */
export const home = {
  city: '331000',
  county: '331002',
  school: '2133100201',
  sibling: '2133100202',
  cousinCounty: '331003',
  cousin: '2133100301',
  cityRun: '3133100001',
  otherCity: '330900',
  otherCityRun: '3133090001',
} as const;

export const ghostAuthority = '331004';
export const ghostSchool = '2133100999';

export type Tier = 'central' | 'province' | 'city' | 'county' | 'school';

const above: Readonly<Record<string, string>> = {
  '330000': '000000',
  [home.city]: '330000',
  [home.otherCity]: '330000',
  [home.county]: home.city,
  [home.cousinCounty]: home.city,
  [home.cityRun]: home.city,
  [home.otherCityRun]: home.otherCity,
  [home.school]: home.county,
  [home.sibling]: home.county,
  [home.cousin]: home.cousinCounty,
};

export const parentOf = (code: string): string | undefined => above[code];

/** Own or lower organisation. */
export function atOrBelow(top: string, code: string | undefined): boolean {
  for (let at = code; at !== undefined; at = above[at]) if (at === top) return true;
  return false;
}

export function tierOf(code: string): Tier {
  if (code.length === 10) return 'school';
  if (code === '000000') return 'central';
  if (code === '330000') return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

export const authorities = ['000000', '330000', home.city, home.otherCity, home.county, home.cousinCounty];
export const schoolsHere = [home.school, home.sibling, home.cousin, home.cityRun, home.otherCityRun];

export const month = new Date().toISOString().slice(0, 7);

export const every = <A, B>(all: readonly A[], body: (each: A, index: number) => Promise<B>): Promise<B[]> =>
  Promise.all(all.map(body));
