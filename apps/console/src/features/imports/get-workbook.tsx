import { categories, type Category } from '@shidang/catalogue';
import { answer, api, download, inLanguage, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQuery } from '@tanstack/react-query';
import { DownOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { words } from './words';

const useOwnCategory = (): Category | undefined => {
  const { post } = useSession();
  const { data } = useQuery({
    queryKey: ['organisations', post.organisation],
    queryFn: () => answer(api.GET('/api/v1/organisations/{code}', { params: { path: { code: post.organisation } } })),
    enabled: post.tier === 'school',
    staleTime: 600_000,
  });
  return categories.find(({ key }) => key === data?.category)?.key;
};

/** Step one: the school's own workbook with everything known in it, or an empty one. */
export function GetWorkbook() {
  const t = useWords(words);
  const language = useLanguage();
  const { post } = useSession();
  const own = useOwnCategory();
  const isSchool = post.tier === 'school';
  const [code, setCode] = useState(isSchool ? post.organisation : '');
  const getting = useMutation({ mutationFn: ({ path, name }: { path: string; name: string }) => download(path, name) });
  const nameOf = (key: Category) => {
    const category = categories.find((each) => each.key === key)!;
    return inLanguage({ zh: category.zhName, en: category.en }, language);
  };
  const template = (key: Category) =>
    getting.mutate({ path: `/api/v1/import-templates/${key}.xlsx`, name: 'template.xlsx' });
  const prefilled = () =>
    getting.mutate({ path: `/api/v1/workbooks/${encodeURIComponent(code.trim())}.xlsx`, name: 'workbook.xlsx' });
  const others = categories.filter(({ key }) => key !== own);
  return (
    <Space direction="vertical" style={{ width: '100%' }}>
      <Space wrap>
        {!isSchool && (
          <Input
            aria-label={t('schoolCode')}
            placeholder={t('schoolCode')}
            value={code}
            onChange={({ target }) => setCode(target.value)}
            style={{ width: 160 }}
            maxLength={10}
          />
        )}
        <Button
          icon={<DownloadOutlined aria-hidden />}
          onClick={prefilled}
          disabled={code.trim() === ''}
          loading={getting.isPending && getting.variables.path.includes('/workbooks/')}
        >
          {t('prefilled')}
        </Button>
        {own && <Button onClick={() => template(own)}>{t('templateFor', { category: nameOf(own) })}</Button>}
        <Dropdown
          trigger={['click']}
          menu={{
            items: others.map(({ key }) => ({ key, label: t('templateFor', { category: nameOf(key) }) })),
            onClick: ({ key }) => template(key as Category),
          }}
        >
          <Button icon={<DownOutlined aria-hidden />} iconPlacement="end">
            {t('otherCategories')}
          </Button>
        </Dropdown>
      </Space>
      <p className="imports-note">{t('prefilledNote')}</p>
      <Problem error={getting.error} />
    </Space>
  );
}
