import { useKeys, useSession, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Breadcrumb, Button, Checkbox, Descriptions, Input, Select } from 'antd';
import { useState } from 'react';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import { FoundOrganisation } from './found-organisation';
import { OrganisationTable } from './organisation-table';
import './organisations.css';
import { RenameOrganisation } from './rename-organisation';
import {
  categories,
  useOrganisation,
  useOrganisations,
  type Category,
  type Organisation,
  type Tier,
} from './organisations-query';
import { words } from './words';

type Search = 'at' | 'q' | 'tier' | 'category' | 'everywhere' | 'cursor' | 'passed';
type Narrow = (next: Partial<Record<Search, string | undefined>>) => void;

/** The tree, one organisation at a time: where it stands, and what lies directly below. */
export function OrganisationsPage() {
  const t = useWords(words);
  const { can, post } = useSession();
  const [search, change] = useUrlSearch<Search>();
  const { limit, cursor } = useListPage();
  const at = search.at ?? post.organisation;
  const everywhere = search.everywhere === 'yes';
  const here = useOrganisation(at);
  const list = useOrganisations(at, everywhere, {
    q: search.q,
    tier: search.tier as Tier | undefined,
    category: search.category as Category | undefined,
    limit,
    cursor,
  });
  const [founding, setFounding] = useState(false);
  const [renaming, setRenaming] = useState<Organisation>();
  // Only what lies directly below the own organisation is one's to found and to rename.
  const mine = can('organisation.manage') && post.tier !== 'school';
  const foundsHere = mine && at === post.organisation && !everywhere;
  useKeys(foundsHere ? [{ keys: 'N', label: t('keyFound'), run: () => setFounding(true) }] : []);
  const narrow: Narrow = (next) => change({ ...next, ...toFirstPage });
  const filtered = Boolean(search.q ?? search.tier ?? search.category);
  const empty = () => {
    if (filtered) return t('nothingFound');
    if (here.data?.tier === 'school') return t('isSchool');
    return foundsHere ? t('noChildren') : t('noChildrenHere', { name: here.data?.name ?? '' });
  };
  return (
    <>
      <div className="organisations-head">
        <h1>{here.data?.name ?? t('title')}</h1>
        <span>
          {can('account.issue') && post.tier !== 'school' && <Link to={'/accounts/issue' as never}>{t('issue')}</Link>}
          {foundsHere && (
            <Button type="primary" onClick={() => setFounding(true)} aria-keyshortcuts="N">
              {t('found')}
            </Button>
          )}
        </span>
      </div>
      <Problem error={here.error} retry={() => void here.refetch()} />
      {here.data && <Place organisation={here.data} />}
      <Filters search={search} narrow={narrow} />
      <Problem error={list.error} retry={() => void list.refetch()} />
      <OrganisationTable
        rows={list.data?.items ?? []}
        loading={list.isPending}
        withParent={everywhere}
        empty={empty()}
        rename={mine ? (row) => (row.parent === post.organisation ? () => setRenaming(row) : undefined) : undefined}
      />
      <CursorPager page={list.data?.page} />
      {founding && here.data && <FoundOrganisation below={here.data} close={() => setFounding(false)} />}
      {renaming && <RenameOrganisation organisation={renaming} close={() => setRenaming(undefined)} />}
    </>
  );
}

function Place({ organisation }: { readonly organisation: NonNullable<ReturnType<typeof useOrganisation>['data']> }) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const { above, name, code, tier, category, childCount } = organisation;
  return (
    <>
      <Breadcrumb
        aria-label={t('path')}
        items={[
          ...above.map((place) => ({
            key: place.code,
            title: (
              <Link to={'/organisations' as never} search={{ at: place.code } as never}>
                {place.name}
              </Link>
            ),
          })),
          { key: code, title: name },
        ]}
      />
      <Descriptions
        size="small"
        className="organisations-place"
        items={[
          { key: 'code', label: t('code'), children: code },
          { key: 'tier', label: t('tier'), children: c(`tier_${tier}`) },
          category
            ? { key: 'category', label: t('category'), children: t(`category_${category}`) }
            : { key: 'children', label: t('children'), children: childCount },
        ]}
      />
    </>
  );
}

interface FiltersProps {
  readonly search: Readonly<Partial<Record<Search, string>>>;
  readonly narrow: Narrow;
}

const tiers: readonly Tier[] = ['province', 'city', 'county', 'school'];

function Filters({ search, narrow }: FiltersProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  return (
    <div className="organisations-bar" role="search">
      <Input.Search
        key={search.q}
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        defaultValue={search.q}
        onSearch={(q) => narrow({ q: q.trim() })}
        style={{ width: 240 }}
      />
      <Checkbox
        checked={search.everywhere === 'yes'}
        onChange={({ target }) => narrow({ everywhere: target.checked ? 'yes' : undefined })}
      >
        {t('everywhere')}
      </Checkbox>
      <Select
        aria-label={t('tier')}
        value={search.tier ?? ''}
        onChange={(tier) => narrow({ tier })}
        style={{ width: 130 }}
        options={[
          { value: '', label: t('anyTier') },
          ...tiers.map((tier) => ({ value: tier, label: c(`tier_${tier}`) })),
        ]}
      />
      <Select
        aria-label={t('category')}
        value={search.category ?? ''}
        onChange={(category) => narrow({ category })}
        style={{ width: 150 }}
        options={[
          { value: '', label: t('anyCategory') },
          ...categories.map((category) => ({ value: category, label: t(`category_${category}`) })),
        ]}
      />
      {(search.q ?? search.tier ?? search.category) && (
        <Button type="link" onClick={() => narrow({ q: undefined, tier: undefined, category: undefined })}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
