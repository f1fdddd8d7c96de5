import { runOf, type RunningSystem } from '@shidang/dev';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Door } from './door';
import { People, type blocks, type Slip } from './people';

/** Two schools per scenario that changes many records, so that scenarios do not count each other's. */
export const schools = {
  liandu: '2133110201',
  qingtian: '2133112101',
  cityRun: '3133110001',
  /** For the sample workbook and for progress. */
  workbook: '2133110202',
  progress: '2133112102',
  query: '2133110203',
  maintenance: '2133110204',
} as const;

/** The first account of the system, by the command line: nobody above could issue it. */
async function first(system: Pick<RunningSystem, 'env'>, people: People): Promise<Door> {
  const env = { ...system.env.identity, SHIDANG_SUPERVISED: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, [...runOf('identity'), 'admin', 'create', '--json'], {
    env,
  });
  return people.activate('systemAdministrator@000000', JSON.parse(stdout.trim().split('\n').at(-1)!) as Slip);
}

/**
 * Central → 浙江省 → 丽水市 → 莲都区, 青田县 → their schools, and one school run by the city itself; information
 * administrators at the counties, the city and the schools, a principal at each school.
 */
export async function lishui(
  system: Pick<RunningSystem, 'url' | 'env'>,
  name: keyof typeof blocks = 'officials',
): Promise<People> {
  const people = new People(system.url, name);
  await first(system, people);
  await people.found('000000', '330000', '浙江省');
  await people.found('330000', '331100', '丽水市');
  await people.found('331100', '331102', '莲都区');
  await people.found('331100', '331121', '青田县');
  const authorities = ['330000', '331100', '331102', '331121'];
  for (const role of ['informationAdministrator', 'informationViewer'])
    await Promise.all(authorities.map((code) => people.issue(`systemAdministrator@${code}`, role, code)));
  await people.issue('systemAdministrator@331102', 'auditor', '331102');
  await people.school('331102', schools.liandu, '莲都区实验小学', '211');
  await people.school('331102', schools.workbook, '莲都区中山小学', '211');
  await people.school('331102', schools.query, '莲都区天宁小学', '211');
  await people.school('331102', schools.maintenance, '莲都区水阁小学', '211');
  await people.school('331121', schools.qingtian, '青田县实验小学', '211');
  await people.school('331121', schools.progress, '青田县塔山小学', '211');
  await people.school('331100', schools.cityRun, '丽水市实验学校', '312');
  return people;
}
