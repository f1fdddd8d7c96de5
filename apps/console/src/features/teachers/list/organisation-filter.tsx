import { answer, api, useSession, useWords } from '@shidang/web-kit';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useState } from 'react';
import { words } from '../words';

interface Node {
  readonly id: string;
  readonly pId: string;
  readonly value: string;
  readonly title: string;
  readonly isLeaf: boolean;
}

/** 200 at a time, until all are there: a county has some hundred schools. */
async function childrenOf(code: string): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const { items, page } = await answer(
      api.GET('/api/v1/organisations/{code}/children', {
        params: { path: { code }, query: { limit: 200, ...(cursor && { cursor }) } },
      }),
    );
    nodes.push(
      ...items.map((each) => ({
        id: each.code,
        pId: code,
        value: each.code,
        title: each.name,
        isLeaf: !each.hasChildren,
      })),
    );
    cursor = page.next;
  }
  return nodes;
}

interface OrganisationFilterProps {
  readonly value: string | undefined;
  readonly onChange: (code: string | undefined) => void;
}

/** The organisations below one's own, opened level by level; the one in the URL is named even before its level is open. */
export function OrganisationFilter({ value, onChange }: OrganisationFilterProps) {
  const t = useWords(words);
  const { post } = useSession();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<readonly Node[]>([]);
  const { data: first = [] } = useQuery({
    queryKey: ['organisation-children', post.organisation],
    queryFn: () => childrenOf(post.organisation),
    staleTime: 300_000,
  });
  const known = [...first, ...opened];
  const { data: named } = useQuery({
    queryKey: ['organisation', value],
    enabled: value !== undefined && !known.some((each) => each.value === value),
    queryFn: () => answer(api.GET('/api/v1/organisations/{code}', { params: { path: { code: value ?? '' } } })),
  });
  const nodes: readonly Node[] =
    named && !known.some((each) => each.value === named.code)
      ? [...known, { id: named.code, pId: '', value: named.code, title: named.name, isLeaf: !named.hasChildren }]
      : known;
  const open = async (code: string) => {
    const children = await queries.fetchQuery({
      queryKey: ['organisation-children', code],
      queryFn: () => childrenOf(code),
      staleTime: 300_000,
    });
    setOpened((all) => [...all.filter(({ pId }) => pId !== code), ...children]);
  };
  return (
    <TreeSelect
      aria-label={t('organisation')}
      placeholder={t('ownOrganisation')}
      value={value}
      treeDataSimpleMode
      treeData={[...nodes]}
      loadData={({ value: code }) => open(String(code))}
      showSearch={{ treeNodeFilterProp: 'title' }}
      allowClear
      onChange={(code?: string) => onChange(code)}
      style={{ width: 260 }}
    />
  );
}
