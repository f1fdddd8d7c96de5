import { useKeys, useSession, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import { BatchPreview, type Issued } from './batch-preview';
import { coverageKey, lackingBelow, useCoverage, type Tier } from './coverage';
import { mostTicks, tickOf, toggled, type Ticks } from './ticks';
import { CoverageTable } from './coverage-table';
import { SlipSheet } from './slip-sheet';
import './accounts.css';
import { issueWords } from './words';

const tiersBelow: readonly Tier[] = ['province', 'city', 'county', 'school'];

/** 逐级分发 in five clicks: tick, preview, issue, print. */
export function IssuePage() {
  const [issued, setIssued] = useState<Issued>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  if (!issued) {
    return (
      <Matrix
        issued={(batch) => {
          void queries.invalidateQueries({ queryKey: coverageKey });
          setIssued(batch);
        }}
      />
    );
  }
  const names = issued.skipped.map((row) => row.organisationName);
  return <SlipSheet slips={issued.slips} skipped={names} done={() => void navigate({ to: '/accounts' as never })} />;
}

function Matrix({ issued }: { readonly issued: (batch: Issued) => void }) {
  const t = useWords(issueWords);
  const c = useWords(consoleWords);
  const { permissions } = useSession();
  const [search, change] = useUrlSearch<'q' | 'tier' | 'lacking' | 'cursor' | 'passed'>();
  const filter = {
    q: search.q,
    tier: search.tier as Tier | undefined,
    lacking: search.lacking === 'yes' ? ('yes' as const) : undefined,
  };
  const { limit, cursor } = useListPage();
  const { data, error, isFetching, refetch } = useCoverage({ ...filter, limit, cursor });
  const [ticks, setTicks] = useState<Ticks>(new Map());
  const [previewing, setPreviewing] = useState(false);
  const every = useMutation({
    mutationFn: () => lackingBelow(filter),
    onSuccess: (rows) => {
      const cells = rows.flatMap((row) => permissions.issuesBelow.map((role) => tickOf(row, role)));
      setTicks((now) => toggled(now, cells, true));
    },
  });
  const ready = ticks.size > 0 && ticks.size <= mostTicks;
  useKeys([{ keys: 'Ctrl+Enter', label: t('keyPreview'), whileTyping: true, run: () => ready && setPreviewing(true) }]);
  const filtered = Boolean(filter.q ?? filter.tier ?? filter.lacking);
  const hasBelow = permissions.issuesBelow.length > 0;
  return (
    <>
      <div className="accounts-head">
        <h1>{t('title')}</h1>
        <Link to={'/accounts' as never}>{t('back')}</Link>
      </div>
      <p>{t(hasBelow ? 'intro' : 'introSchool')}</p>
      <Problem error={error ?? every.error} retry={() => void refetch()} />
      {hasBelow && (
        <>
          <div className="accounts-bar">
            <Input.Search
              allowClear
              aria-label={t('search')}
              placeholder={t('search')}
              defaultValue={search.q}
              onSearch={(q) => change({ q: q.trim(), ...toFirstPage })}
              style={{ width: 240 }}
            />
            <Select
              aria-label={t('tier')}
              value={search.tier ?? ''}
              onChange={(tier) => change({ tier, ...toFirstPage })}
              style={{ width: 130 }}
              options={[
                { value: '', label: t('anyTier') },
                ...tiersBelow.map((tier) => ({ value: tier, label: c(`tier_${tier}`) })),
              ]}
            />
            <Checkbox
              checked={search.lacking === 'yes'}
              onChange={({ target }) => change({ lacking: target.checked ? 'yes' : undefined, ...toFirstPage })}
            >
              {t('lacking')}
            </Checkbox>
            {filter.lacking && data && data.page.total > data.items.length && (
              <Button loading={every.isPending} onClick={() => every.mutate()}>
                {t('selectLacking', { count: Math.min(data.page.total, mostTicks) })}
              </Button>
            )}
          </div>
          <CoverageTable
            title={t('below')}
            rows={data?.items ?? []}
            roles={permissions.issuesBelow}
            ticks={ticks}
            onTick={setTicks}
            loading={isFetching && !data}
            empty={t(filtered ? 'emptyFilter' : 'emptyBelow')}
          />
          <CursorPager page={data?.page} />
        </>
      )}
      {data && (
        <CoverageTable
          title={t('own')}
          rows={[data.own]}
          roles={permissions.issuesHere}
          ticks={ticks}
          onTick={setTicks}
        />
      )}
      <div className="accounts-sticky" role="region" aria-label={t('preview')}>
        <span role="status">{ticks.size > 0 ? t('ticked', { count: ticks.size }) : t('nothingTicked')}</span>
        {ticks.size > mostTicks && <Alert type="error" title={t('tooMany')} />}
        <Button onClick={() => setTicks(new Map())} disabled={ticks.size === 0}>
          {t('untick')}
        </Button>
        <Button
          type="primary"
          className="accounts-bar-end"
          disabled={!ready}
          onClick={() => setPreviewing(true)}
          aria-keyshortcuts="Control+Enter"
        >
          {t('preview')}
        </Button>
      </div>
      {previewing && <BatchPreview ticks={ticks} cancel={() => setPreviewing(false)} issued={issued} />}
    </>
  );
}
