import { checkCharacter, type Employment } from '@shidang/catalogue';
import type { Random } from './random';

/** The four facts and the employment a school enters (工作方案 五(二)). Nobody real: see `inventPerson`. */
export interface InventedPerson {
  name: string;
  /** Code of table `sex`. */
  sex: '1' | '2';
  birthDate: string;
  document: { type: '1'; number: string };
  employment: Employment & { postKind: 'teaching' | 'professional' | 'management' };
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧叶潘蓝雷钟'.split('');
const given =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文晓东海燕春雪梅云飞龙凤清泉松柏若水一诺子涵'.split('');
/** Names that break careless systems: rare characters, the middle dot, three-character surnames. */
const hard = ['㛃小敏', '䶮志远', '𬭊文涛', '蓝·阿依古丽', '欧阳若水', '雷一诺'];

const unassigned = '331199';

const two = (n: number) => String(n).padStart(2, '0');

/**
 * A person with a well-formed document number whose sequence part is one that no authority issues to living people of
 * that prefix: the division part, 331199 unless another one is named, was never assigned. The check digit, birth date and
 * sex agree.
 */
export function inventPerson(
  random: Random,
  serial: number,
  today: string,
  division: string = unassigned,
): InventedPerson {
  const year = Number(today.slice(0, 4));
  const sex = random.chance(0.62) ? '2' : '1';
  const birthYear = year - random.between(28, 58);
  const [month, day] = [random.between(1, 12), random.between(1, 28)];
  // birth date and order number together are unique for 500 × 28 × 12 × 35 people
  const order = two(Math.floor(serial / 5) % 100) + String((serial % 5) * 2 + (sex === '1' ? 1 : 0));
  const first17 = `${division}${birthYear}${two(month)}${two(day)}${order}`;
  const onEstablishment = random.chance(0.85);
  return {
    name: serial % 97 < hard.length ? hard[serial % 97]! : inventName(random),
    sex,
    birthDate: `${birthYear}-${two(month)}-${two(day)}`,
    document: { type: '1', number: first17 + checkCharacter(first17) },
    employment: onEstablishment
      ? { onEstablishment, postKind: 'teaching', retired: false }
      : {
          onEstablishment,
          contract: { start: `${year - 1}-09-01`, end: `${year + 2}-08-31` },
          postKind: 'teaching',
          retired: false,
        },
  };
}

export function inventName(random: Random): string {
  return random.pick(surnames) + random.pick(given) + (random.chance(0.7) ? random.pick(given) : '');
}

/** `count` people no two of whom share a document number. */
export function inventPeople(random: Random, count: number, today: string, division?: string): InventedPerson[] {
  const numbers = new Set<string>();
  const people: InventedPerson[] = [];
  for (let serial = 0; people.length < count; serial++) {
    const person = inventPerson(random, serial, today, division);
    if (numbers.has(person.document.number)) continue;
    numbers.add(person.document.number);
    people.push(person);
  }
  return people;
}
