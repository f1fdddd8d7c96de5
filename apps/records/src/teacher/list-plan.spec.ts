import { ListPlan, type Target } from './list-plan';

const school: Target = { code: '2133001234', path: '0.33.3311.331102.2133001234.', tier: 'school' };
const county: Target = { code: '331102', path: '0.33.3311.331102.', tier: 'county' };
const cityRun: Target = { code: '2133001999', path: '0.33.3311.2133001999.', tier: 'school' };
const province: Target = { code: '330000', path: '0.33.', tier: 'province' };

describe('the statements of a list', () => {
  test('a county is found by its column and ordered by name', () => {
    const { text, params } = new ListPlan({}, county).page(undefined, 21);
    expect(text).toContain('where t.county = $1 order by t.name, t.id limit $2');
    expect(params).toEqual(['331102', 21]);
  });

  test('above the city by organisation and name, within an explicit range', () => {
    const { text, params } = new ListPlan({}, province).page(['0.33.1.', '王伟', 'id'], 21);
    expect(text).toContain('(t.org_path, t.name, t.id) > ($3, $4, $5::uuid)');
    expect(params).toEqual(['0.33.', '0.33/', '0.33.1.', '王伟', 'id', 21]);
  });

  test('a name search begins with the city above, also for a city-run school', () => {
    expect(new ListPlan({ q: '王' }, school).page(undefined, 1).params?.slice(0, 2)).toEqual(['331100', '王']);
    expect(new ListPlan({ q: '王小明' }, cityRun).page(undefined, 1).params).toEqual([
      '331100',
      '王小',
      cityRun.path,
      '王小明',
      1,
    ]);
  });

  test('a name search in a province is refused until a city is chosen', () => {
    expect(() => new ListPlan({ q: '王' }, province)).toThrow('records.search_too_wide');
    expect(() => new ListPlan({ q: '  ' }, province)).not.toThrow();
  });

  test('a name alone is counted without a look at the teachers', () => {
    expect(new ListPlan({ q: '王' }, county).count().text).not.toContain('teacher');
    expect(new ListPlan({ q: '王', status: 'draft' }, county).count().text).toContain('join teacher');
  });

  test('different texts have different names', () => {
    const statements = [
      {},
      { q: '王' },
      { q: '王小明' },
      { status: 'draft' as const },
      { category: 'special' },
    ].flatMap((query) =>
      [school, county].flatMap((target) => {
        const plan = new ListPlan(query, target);
        return [plan.page(undefined, 1), plan.page(['a', 'b'], 1), plan.count()];
      }),
    );
    const byName = new Map(statements.map(({ text, name }) => [name, text]));
    expect(new Set(statements.map(({ text }) => text)).size).toBe(byName.size);
  });
});
