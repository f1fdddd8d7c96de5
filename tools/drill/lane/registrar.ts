import { inventPerson, Random, type InventedPerson } from '@shidang/seed';
import type { Client } from '../client/client';
import type { Lane } from './lane';

/** Numbers of nobody: a division that was never assigned, and not the one sample workbooks use. */
const division = '331195';

const syllables = '安邦澄岱恩帆谷涵嘉珂岚沐宁沛祺容舒桐婉熙逸悠韵泽展'.split('');

/** No two of a run have the same name: what an unanswered registration left behind is found by it. */
const nameOf = (n: number): string => {
  const at = (i: number) => syllables[i % syllables.length]!;
  return `钟${at(n)}${at(Math.floor(n / syllables.length))}${at(Math.floor(n / syllables.length ** 2))}`;
};

export interface Newcomer extends InventedPerson {
  readonly serial: number;
}

/** The n-th person of the run. */
export function newcomer(seed: string, serial: number, today: string): Newcomer {
  const person = inventPerson(new Random(`${seed}/person/${serial}`), serial, today, division);
  return { ...person, serial, name: nameOf(serial) };
}

export const factsOf = ({ name, sex, birthDate, document, employment }: InventedPerson) => ({
  name,
  sex,
  birthDate,
  document,
  employment,
});

/** A system administrator of a school registers people; one in ten a second time, which has to be refused. */
export function registrar(client: Client, school: string, seed: string, today: string): Lane {
  let serial = 0;
  return {
    name: `registrar-${school}`,
    async step(wish, op) {
      const again = wish.chance(0.1) && serial > 0;
      const person = newcomer(`${seed}/${school}`, again ? serial - 1 : serial++, today);
      await client.write(op, {
        contract: 'records.teacher.register',
        method: 'POST',
        path: '/teachers',
        body: factsOf(person),
        intent: { name: person.name, birthDate: person.birthDate, school },
        made: (body) => ({ teacherId: (body['teacher'] as { id: string }).id }),
      });
    },
  };
}
