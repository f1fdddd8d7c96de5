import { Fault } from '@shidang/bus';
import { commonRefusals, declaredRefusals, identityRefusals } from '@shidang/contracts';
import { NotFoundException } from '@nestjs/common';
import { languageOf } from './language';
import { problemOf, retryAfter } from './problem';
import { statusOf } from './status';

const problem = (error: unknown, language: 'zh' | 'en' = 'zh') => problemOf(error, language, '/api/v1/x', 'trace');

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh'],
    ['zh-CN,zh;q=0.9', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['en;q=0.5, zh;q=0.8', 'zh'],
    ['fr, de', 'zh'],
    ['en;q=0', 'zh'],
    ['*', 'zh'],
  ])('%s → %s', (header, language) => expect(languageOf(header)).toBe(language));
});

describe('a problem', () => {
  it('tells a refusal in both languages under one code', () => {
    expect(problem(identityRefusals.loginNameTaken({}))).toMatchObject({
      status: 409,
      code: 'identity.login_name_taken',
      detail: '登录名已被使用',
      type: '/docs/refusals#identity.login_name_taken',
      instance: '/api/v1/x',
      traceId: 'trace',
    });
    expect(problem(identityRefusals.loginNameTaken({}), 'en').detail).toBe('The log-in name is taken');
  });

  it('tells each finding in the language of the reader, and no other', () => {
    const refused = commonRefusals
      .malformed({ fields: '/a' })
      .with([{ pointer: '/a', field: 'a', code: 'request.isInt', detail: '不是整数', detailEn: 'not an integer' }]);
    expect(problem(refused).errors).toEqual([{ pointer: '/a', field: 'a', code: 'request.isInt', detail: '不是整数' }]);
    expect(problem(refused, 'en').errors?.[0]).toEqual({
      pointer: '/a',
      field: 'a',
      code: 'request.isInt',
      detail: 'not an integer',
    });
  });

  it('says nothing of a fault but its trace', () => {
    for (const fault of [
      new Fault('records.entry.add failed'),
      new Error('select * from secret'),
      'thrown text',
      undefined,
    ]) {
      const told = problem(fault);
      expect(told).toMatchObject({ status: 500, code: 'gateway.fault', traceId: 'trace' });
      expect(JSON.stringify(told)).not.toMatch(/secret|thrown|records/);
    }
  });

  it('tells an unknown route as it tells a missing thing', () => {
    expect(problem(new NotFoundException('Cannot GET /x'))).toEqual(problem(commonRefusals.notFound({})));
  });

  it('has one status for every kind that is declared', () => {
    for (const { kind } of declaredRefusals.values()) expect(statusOf[kind].status).toBeGreaterThanOrEqual(400);
    const statuses = Object.values(statusOf).map(({ status }) => status);
    expect(new Set(statuses).size).toBe(statuses.length);
  });

  it('says when to come back, spread out', () => {
    expect(retryAfter(commonRefusals.unavailable({}), () => 0)).toBe(1);
    expect(retryAfter(commonRefusals.unavailable({}), () => 0.999)).toBe(3);
    expect(retryAfter(commonRefusals.notFound({}))).toBeUndefined();
    expect(retryAfter(new Error())).toBeUndefined();
  });
});
