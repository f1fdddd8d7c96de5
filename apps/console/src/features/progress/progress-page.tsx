import { answer, api, useSession, useWords } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CursorPager, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { Figures } from './rates';
import { presetOf, RankingTools, type Level } from './ranking-tools';
import { RankingTable, sortOf } from './ranking-table';
import { TurnBar } from './turn-bar';
import { UrgeDialog } from './urge-dialog';
import { words } from './words';

type Search = 'organisation' | 'level' | 'sort' | 'preset' | 'idleDays';

/** 工作方案 五(四): how far it is, whose turn it is, and urging in place. */
export function ProgressPage() {
  const t = useWords(words);
  const { post, can } = useSession();
  const [search, change] = useUrlSearch<Search>();
  const code = search.organisation ?? post.organisation;
  const [chosen, choose] = useState<readonly string[]>([]);
  const [urging, setUrging] = useState(false);
  const whole = useQuery({
    queryKey: ['progress', code],
    queryFn: () => answer(api.GET('/api/v1/progress/{code}', { params: { path: { code } } })),
  });
  const level: Level = search.level === 'schools' ? 'schools' : 'children';
  const ranking = useRanking(code, level, search);
  if (whole.error) return <Problem error={whole.error} retry={() => void whole.refetch()} />;
  if (!whole.data) return <Loading rows={10} />;
  const { organisation } = whole.data;
  const isSchool = organisation.tier === 'school';
  return (
    <>
      <h1>
        {t('title', { name: organisation.name })}
        {code !== post.organisation && <Up code={code} own={post.organisation} />}
      </h1>
      <Figures progress={whole.data} />
      <section className="progress-whose" aria-label={t('whoseTurn')}>
        <strong>{t('whoseTurn')}</strong>
        <TurnBar turns={whole.data.turns} />
        {can('teacher.read') && <Link to={`/progress/${code}/teachers` as never}>{t('openTeachers')}</Link>}
      </section>
      {!isSchool && (
        <>
          <RankingTools
            code={code}
            tier={organisation.tier}
            level={level}
            preset={presetOf(search.preset)}
            idleDays={search.idleDays ?? '7'}
            chosen={chosen.length}
            change={(next) => {
              choose([]);
              change(next);
            }}
            urge={() => setUrging(true)}
          />
          <Problem error={ranking.error} retry={() => void ranking.refetch()} />
          {ranking.data ? (
            <RankingTable
              items={ranking.data.items}
              sort={sortOf(search.sort)}
              change={change}
              chosen={chosen}
              choose={choose}
              mayUrge={can('urge.send')}
            />
          ) : (
            !ranking.error && <Loading rows={8} />
          )}
          <CursorPager page={ranking.data?.page} />
        </>
      )}
      {urging && (
        <UrgeDialog
          organisations={chosen}
          close={(sent) => {
            setUrging(false);
            if (sent) choose([]);
          }}
        />
      )}
    </>
  );
}

function useRanking(code: string, level: Level, search: Partial<Record<Search, string>>) {
  const { limit, cursor } = useListPage();
  const preset = presetOf(search.preset);
  const query = {
    ...{ level, limit, cursor, sort: sortOf(search.sort) },
    ...(preset ? { preset } : {}),
    ...(preset === 'idle' ? { idleDays: Number(search.idleDays ?? 7) } : {}),
  };
  return useQuery({
    queryKey: ['progress', code, 'children', query],
    queryFn: () => answer(api.GET('/api/v1/progress/{code}/children', { params: { path: { code }, query } })),
    placeholderData: keepPreviousData,
  });
}

/** One tier up, as far as one's own organisation. */
function Up({ code, own }: { readonly code: string; readonly own: string }) {
  const t = useWords(words);
  const { data } = useQuery({
    queryKey: ['organisations', code],
    queryFn: () => answer(api.GET('/api/v1/organisations/{code}', { params: { path: { code } } })),
  });
  const above = data?.parent ?? own;
  return (
    <Link className="progress-up" to="/progress" search={{ organisation: above } as never}>
      {t('up', { name: data?.parentName ?? above })}
    </Link>
  );
}
