import { citizenPersonalCode, isDivisionCode, maskPersonalCode, selfMadePersonalCode } from '@shidang/catalogue';
import type { Sql, Vault } from '@shidang/persistence';
import type { Teacher } from '../teacher/teacher.entity';

/**
 * 个人标识码: formal once the record is effective and the number has passed the national duplicate check. `G` + citizen
 * number; `J` + self-made for people without one. The provisional code stays as an alias.
 */
export async function takeFormalCode(sql: Sql, vault: Vault, teacher: Teacher): Promise<void> {
  if (teacher.codeForm !== 'L') return;
  const number = vault.open(teacher.docSealed, { table: 'teacher', column: 'doc_sealed', row: teacher.id });
  const citizen = citizenPersonalCode({ type: teacher.docType, number });
  const code = citizen ?? (await selfMade(sql, teacher));
  teacher.takeCode({
    sealed: vault.seal(code, { table: 'teacher', column: 'code_sealed', row: teacher.id }),
    masked: maskPersonalCode(code),
    form: citizen ? 'G' : 'J',
  });
}

async function selfMade(sql: Sql, { county, birthDate }: Teacher): Promise<string> {
  const division = isDivisionCode(county) ? county : '000000';
  const [row] = await sql<{ last: number }>(
    `insert into personal_code_serial (division, birth_date, last) values ($1, $2, 1)
     on conflict (division, birth_date) do update set last = personal_code_serial.last + 1 returning last`,
    [division, birthDate],
    'code-serial',
  );
  return selfMadePersonalCode({ division, birthDate, serial: row!.last });
}
