import { Work } from '@shidang/persistence';
import { Logger } from '@nestjs/common';
import { HeadCount } from './head-count.entity';
import { RollHeadCounts } from './roll-head-counts';

const school = { code: '2133001234', org_path: '0.33.3311.331102.2133001234.' };

describe('declared head count 应采集人数 (工作方案 五(四))', () => {
  test('before the first confirmation the declared number counts', () => {
    expect(new HeadCount(school, 40).inForce).toBe(40);
  });

  test('a confirmed number stays in force until the next confirmation', () => {
    const count = new HeadCount(school, 40);
    count.confirm(40);
    count.declare(20);
    expect(count.inForce).toBe(40);
    count.confirm(20);
    expect(count.inForce).toBe(20);
  });

  test('the authority confirms the number it saw', () => {
    const count = new HeadCount(school, 40);
    count.declare(38);
    expect(() => count.confirm(40)).toThrow(/head_count_changed/);
  });

  test('what cannot be carried upwards now is declared all the same', async () => {
    const away = { beyond: () => Promise.reject(new Error('the database is away')) } as unknown as Work;
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    await expect(new RollHeadCounts(away).soon()).resolves.toBeUndefined();
    expect(warn).toHaveBeenCalledWith({ notCarriedYet: expect.any(String) });
  });
});
