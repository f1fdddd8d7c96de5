import { categoryOfSchool, divisions } from '@shidang/catalogue';
import type { Random } from '../invented/random';
import { apportion } from './apportion';
import type { SeededSchool } from './organisations';
import type { Part } from './part';
import type { Pace } from './pace';

type PlannedSchool = Omit<SeededSchool, 'id' | 'tier' | 'orgPath'>;

/** 办学类型 with the first two digits of its schools' codes; how frequent and how big its schools are. */
interface Kind {
  readonly runningType: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly frequency: number;
  readonly size: number;
}

const kinds: readonly Kind[] = [
  { runningType: '111', prefix: '11', suffix: '幼儿园', frequency: 34, size: 16 },
  { runningType: '119', prefix: '11', suffix: '小学附设幼儿班', frequency: 4, size: 5 },
  { runningType: '211', prefix: '21', suffix: '小学', frequency: 28, size: 40 },
  { runningType: '218', prefix: '21', suffix: '教学点', frequency: 6, size: 1 },
  { runningType: '312', prefix: '31', suffix: '学校', frequency: 10, size: 55 },
  { runningType: '311', prefix: '31', suffix: '初级中学', frequency: 8, size: 65 },
  { runningType: '342', prefix: '34', suffix: '高级中学', frequency: 5, size: 110 },
  { runningType: '365', prefix: '36', suffix: '职业高级中学', frequency: 3, size: 90 },
  { runningType: '514', prefix: '51', suffix: '特殊教育学校', frequency: 2, size: 20 },
];

interface Place {
  readonly code: string;
  readonly name: string;
  readonly frequency: number;
  readonly pace: Pace;
}

const divisionName = (code: string) => divisions.find((each) => each.code === code)!.name;

/** Counties with the pace most of their schools have; 丽水 itself runs the schools 市直属学校. */
const authorities: readonly Place[] = [
  { code: '331102', frequency: 18, pace: 'ahead' },
  { code: '331121', frequency: 16, pace: 'late' },
  { code: '331122', frequency: 14, pace: 'middle' },
  { code: '331123', frequency: 10, pace: 'finished' },
  { code: '331124', frequency: 10, pace: 'ahead' },
  { code: '331125', frequency: 6, pace: 'finished' },
  { code: '331126', frequency: 9, pace: 'middle' },
  { code: '331127', frequency: 7, pace: 'middle' },
  { code: '331181', frequency: 10, pace: 'ahead' },
  { code: '331100', frequency: 3, pace: 'ahead' },
].map((each) => ({ ...each, name: divisionName(each.code) }) as Place);

/** Who runs schools in a city. Of others than 丽水 the catalogue names no county: theirs are numbered, and marked as invented. */
export function placesIn(city: string): readonly Place[] {
  const own = authorities.find((each) => each.code === city);
  if (own) return authorities;
  return authorities.map((like, at) =>
    like.code.endsWith('00')
      ? { ...like, code: city, name: divisionName(city) }
      : { ...like, code: `${city.slice(0, 4)}${21 + at}`, name: `${divisionName(city)}第${at + 1}县（示例）` },
  );
}

/** 莲都区 on the day the collection closes. */
const lastDay: readonly Place[] = [{ code: '331102', name: '莲都区', frequency: 1, pace: 'handed-in' }];

const places =
  '瓯江 好溪 松荫 古堰 南明 白云 碧湖 仙都 石门 鹤城 龙渊 剑池 百山 濛洲 畲乡 鹤溪 云和湖 梯田 妙高 王村 西屏 古市 水阁 太平 雅溪 双溪 大洋 青山 清泉 枫林'.split(
    ' ',
  );
const owners: Readonly<Record<string, string>> = { city: '821', county: '831', private: '999' };
/** Serials of the demo begin here: schools that somebody founds by hand get lower ones. */
const firstSerial = 110_001;
/** Of one part: the serials of the next begin behind. */
const mostSchools = 5_000;
/** Every name says that the school does not exist. */
const marked = (name: string) => `${name}（示例）`;
const schoolOf = (
  index: number,
  of: { kind: Kind; parentCode: string; name: string; pace: Pace; teachers: number; owner?: string },
): PlannedSchool => ({
  code: `${of.kind.prefix}33${firstSerial + index}`,
  name: marked(of.name),
  parentCode: of.parentCode,
  runningType: of.kind.runningType,
  category: categoryOfSchool(of.kind.runningType)!.category,
  owner: of.owner ?? owners[of.parentCode.endsWith('00') ? 'city' : 'county']!,
  urbanRural: ['111', '121', '210', '220'][index % 4]!,
  pace: of.pace,
  teachers: of.teachers,
});

/** The schools every scale has, because the demo accounts are theirs: all categories, one attached, one city-run. */
const first: readonly { runningType: string; parentCode: string; name: string; pace: Pace; teachers: number }[] = [
  { runningType: '211', parentCode: '331102', name: '莲都区瓯江小学', pace: 'middle', teachers: 110 },
  { runningType: '119', parentCode: '331102', name: '莲都区古堰小学附设幼儿班', pace: 'finished', teachers: 20 },
  { runningType: '514', parentCode: '331121', name: '青田县石门特殊教育学校', pace: 'late', teachers: 40 },
  { runningType: '365', parentCode: '331122', name: '缙云县仙都职业高级中学', pace: 'middle', teachers: 60 },
  { runningType: '342', parentCode: '331100', name: '丽水市瓯江高级中学', pace: 'ahead', teachers: 70 },
];

const kindOf = (runningType: string): Kind => kinds.find((kind) => kind.runningType === runningType)!;

export function planSchools({ scale, index, city, schools, teachers }: Part, random: Random): PlannedSchool[] {
  const demo = index === 0 ? first : [];
  const known = demo.map((each, at) => schoolOf(at, { ...each, kind: kindOf(each.runningType) }));
  const teachersLeft = teachers - known.reduce((sum, school) => sum + school.teachers, 0);
  const among = scale === 'county' || scale === 'district' ? lastDay : placesIn(city);
  const more = { from: index * mostSchools + known.length, count: schools - known.length, teachers: teachersLeft };
  return [...known, ...moreSchools(more, among, random)];
}

function moreSchools(
  { from, count, teachers }: { from: number; count: number; teachers: number },
  among: readonly Place[],
  random: Random,
): PlannedSchool[] {
  if (count === 0) return [];
  const weighted = <T extends { frequency: number }>(rows: readonly T[]): T[] =>
    rows.flatMap((row) => Array.from({ length: row.frequency }, () => row));
  const [someKind, somewhere] = [weighted(kinds), weighted(among)];
  const taken = new Set(first.map((each) => each.name));
  const drawn = Array.from({ length: count }, () => {
    const at = random.pick(somewhere);
    const kind = at.code.endsWith('00') ? kindOf(random.pick(['342', '365', '312'])) : random.pick(someKind);
    const name = freeName(at.name.replace('（示例）', '') + random.pick(places), kind.suffix, taken);
    const pace: Pace =
      at.pace === 'late' && random.chance(0.25)
        ? 'silent'
        : at.pace === 'handed-in' || random.chance(0.75)
          ? at.pace
          : 'middle';
    const owner = kind.runningType === '111' && random.chance(0.4) ? owners['private'] : undefined;
    return { kind, parentCode: at.code, name, pace, owner, weight: kind.size * (0.5 + random.next()) };
  });
  const sizes = apportion(
    teachers,
    drawn.map((each) => each.weight),
    2,
  );
  return drawn.map((each, index) => schoolOf(from + index, { ...each, teachers: sizes[index]! }));
}

function freeName(stem: string, suffix: string, taken: Set<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem + suffix : `${stem}第${n}${suffix}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
