import { ancestorsOf, codeOfPath, tierOfPath } from '@shidang/access';

/** Division codes a school's list indexes are led by. Above its own level a school repeats its authority: city-run = county and city the city's. */
export interface Place {
  county: string;
  city: string;
}

export function placeOf(schoolPath: string): Place {
  const authorities = ancestorsOf(schoolPath).map((path) => ({ tier: tierOfPath(path), code: codeOfPath(path) }));
  const own = authorities.at(-1)?.code ?? '000000';
  return { county: own, city: authorities.find(({ tier }) => tier === 'city')?.code ?? own };
}
