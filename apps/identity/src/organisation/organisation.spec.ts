import { Organisation } from './organisation.entity';

const centre = () => Organisation.centre('教育部');
const province = () => centre().found({ code: '330000', name: '浙江省教育厅' });
const city = () => province().found({ code: '331100', name: '丽水市教育局' });
const county = () => city().found({ code: '331102', name: '莲都区教育局' });
const school = { code: '2133001234', name: '实验小学', runningType: '211' };

const refused = (run: () => unknown) => expect(run).toThrow(/organisation_malformed/);

describe('organisations (机构树)', () => {
  test('the tree is founded tier by tier', () => {
    expect(county()).toMatchObject({ orgPath: '0.33.3311.331102.', tier: 'county', parentCode: '331100' });
    expect(province()).toMatchObject({ orgPath: '0.33.', tier: 'province', parentCode: '000000' });
    expect(centre()).toMatchObject({ orgPath: '0.', tier: 'central', parentCode: undefined });
  });

  test('a school hangs under its education authority, whichever tier that is', () => {
    expect(county().found(school)).toMatchObject({
      orgPath: '0.33.3311.331102.2133001234.',
      tier: 'school',
      parentCode: '331102',
    });
    expect(city().found({ ...school, code: '2133001999' })).toMatchObject({
      orgPath: '0.33.3311.2133001999.',
      parentCode: '331100',
    });
  });

  test('办学类型 decides the category', () => {
    const of = (runningType: string) => county().found({ ...school, runningType }).category;
    expect(['111', '211', '345', '361', '514'].map(of)).toEqual([
      'kindergarten',
      'primarySecondary',
      'primarySecondary',
      'vocational',
      'special',
    ]);
  });

  test('an authority belongs to the next higher tier and to its own division', () => {
    refused(() => centre().found({ code: '331100', name: '丽水市教育局' }));
    refused(() => province().found({ code: '340100', name: '合肥市教育局' }));
    refused(() => city().found({ code: '330702', name: '婺城区教育局' }));
    refused(() => city().found({ code: '331200', name: '不存在' }));
    refused(() => county().found({ code: '331103', name: '某乡' }));
    refused(() => centre().found({ code: '000000', name: '教育部' }));
  });

  test('a school needs a running type and the code of its province', () => {
    refused(() => county().found({ code: '2133001234', name: '实验小学' }));
    refused(() => county().found({ ...school, runningType: '999' }));
    refused(() => county().found({ ...school, code: '2134001234' }));
    refused(() => centre().found(school));
    refused(() =>
      county()
        .found(school)
        .found({ ...school, code: '2133001235' }),
    );
    refused(() => county().found({ ...school, owner: 'x' }));
  });

  test('a name is kept in composed form without surrounding space', () => {
    const renamed = county();
    renamed.rename('  莲都区教育局\u3000'.trimEnd() + ' ');
    expect(renamed.name).toBe('莲都区教育局');
    refused(() => renamed.rename('  区 '));
  });
});
