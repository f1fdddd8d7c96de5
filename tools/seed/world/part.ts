import { divisions } from '@shidang/catalogue';
import { apportion } from './apportion';
import { lishui } from './organisations';
import { scales, type SeedScale } from './scale';

/** A city that is planned and written by itself: parts share nothing but the authorities above them. */
export interface Part {
  readonly scale: SeedScale;
  readonly index: number;
  readonly city: string;
  readonly schools: number;
  readonly teachers: number;
  /** Seed of everything random in it. */
  readonly seed: string;
}

const otherCities = divisions.filter((each) => each.level === 'city' && each.code !== lishui).map((each) => each.code);

/** 丽水 first, with the organisations above; in a province the other cities share what is left of its size. */
export function partsOf(scale: SeedScale, size: { schools: number; teachers: number } = scales[scale]): Part[] {
  const alone: Part = { scale, index: 0, city: lishui, ...size, seed: scale };
  if (scale !== 'xl') return [alone];
  const share = size.teachers / scales.xl.teachers;
  const own = { schools: Math.round(scales.l.schools * share), teachers: Math.round(scales.l.teachers * share) };
  const even = (whole: number) =>
    apportion(
      whole,
      otherCities.map(() => 1),
    );
  const [schools, teachers] = [even(size.schools - own.schools), even(size.teachers - own.teachers)];
  const others = otherCities.map((city, at) => ({
    ...{ scale, index: at + 1, city, schools: schools[at]!, teachers: teachers[at]!, seed: `${scale} ${city}` },
  }));
  return [{ ...alone, ...own }, ...others];
}
