import type { components } from '@shidang/client';
import {
  answer,
  api,
  formatMoment,
  formatNumber,
  inLanguage,
  useLanguage,
  useSession,
  useWords,
} from '@shidang/web-kit';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Table, type TableProps } from 'antd';
import { useEffect } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { usePathParameter } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import { AnswerForm } from './answer-form';
import { Receipts } from './receipts';
import { MineTag, StageTag } from './stage-tag';
import { words } from './words';
import '../progress/progress.css';

/** One urging: as its recipient, with the answer; as its sender, with the receipts. Opening it is what makes the receipt. */
export function UrgingPage() {
  const t = useWords(words);
  const language = useLanguage();
  const { can } = useSession();
  const urgingId = usePathParameter('urgingId');
  const { data, error, refetch } = useQuery({
    queryKey: ['urgings', urgingId],
    queryFn: () => answer(api.GET('/api/v1/urgings/{urgingId}', { params: { path: { urgingId } } })),
  });
  useReceipt(urgingId, Boolean(data?.mine) && !data?.mine?.readAt);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={8} />;
  return (
    <>
      <h1>
        {t('title', { name: data.sender.name })}
        <Link className="progress-up" to="/urgings">
          {t('urgings')}
        </Link>
      </h1>
      <p>
        <StageTag urging={data} /> <MineTag urging={data} /> {formatMoment(data.sentAt)}
      </p>
      {data.mine?.climbed && <Alert type="warning" showIcon title={t('climbed')} style={{ marginBottom: 12 }} />}
      <div className="urge-letter">{inLanguage(data.letter, language)}</div>
      {data.places.length > 0 && <Places urging={data} />}
      {data.mine && (
        <p>
          <Link to="/">{t('handle')}</Link>
        </p>
      )}
      {data.mine && <AnswerForm urgingId={urgingId} required={data.replyRequired} />}
      <h2>{t('replies')}</h2>
      <Replies replies={data.replies} />
      {data.recipients !== undefined && can('urge.send') && <Receipts urgingId={urgingId} urging={data} />}
    </>
  );
}

function useReceipt(urgingId: string, wanted: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!wanted) return;
    void answer(api.POST('/api/v1/urgings/{urgingId}/receipt', { params: { path: { urgingId } } }))
      .then(() =>
        Promise.all([
          queries.invalidateQueries({ queryKey: ['urgings'] }),
          queries.invalidateQueries({ queryKey: ['notices'] }),
        ]),
      )
      // the letter is on the screen all the same; the next opening makes the receipt
      .catch(() => undefined);
  }, [urgingId, wanted, queries]);
}

type View = components['schemas']['UrgingView'];

function Places({ urging: { places, checkedAt } }: { readonly urging: View }) {
  const t = useWords(words);
  const columns: TableProps<View['places'][number]>['columns'] = [
    { key: 'organisation', title: t('organisation'), render: (_, { organisation }) => organisation.name },
    { key: 'turn', title: t('turn'), render: (_, { turn }) => t(`turn_${turn}`) },
    { key: 'n', title: t('when'), align: 'right', render: (_, { n }) => formatNumber(n) },
    { key: 'left', title: t('left'), align: 'right', render: (_, { left }) => formatNumber(left) },
  ];
  return (
    <section aria-label={t('places')}>
      <h2>{t('places')}</h2>
      <Table
        rowKey={({ organisation, turn }) => `${organisation.code}:${turn}`}
        size="small"
        columns={columns}
        dataSource={[...places]}
        pagination={places.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        footer={() => t('checkedAt', { at: formatMoment(checkedAt) })}
      />
    </section>
  );
}

function Replies({ replies }: Pick<View, 'replies'>) {
  const t = useWords(words);
  const role = useWords(consoleWords);
  if (replies.length === 0) return <p className="progress-quiet">{t('noReplies')}</p>;
  return (
    <ul className="urging-replies">
      {replies.map(({ id, organisation, role: post, words: said, at }) => (
        <li key={id}>
          <strong>
            {organisation.name} · {role(`role_${post}` as 'role_principal')}
          </strong>{' '}
          <span className="progress-quiet">{formatMoment(at)}</span>
          <div>{said}</div>
        </li>
      ))}
    </ul>
  );
}
