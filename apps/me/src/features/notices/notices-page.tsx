import { findSection } from '@shidang/catalogue';
import type { components } from '@shidang/client';
import { answer, api, defineWords, formatMoment, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { useCompleteness } from '@shidang/web-kit/record';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { noticesKey } from '../../app/home-tools';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { useOwnRecordId } from '../record/own-record';

const noticeWords = defineWords('me-notices', {
  title: ['通知', 'Notices'],
  none: ['没有通知', 'No notices'],
  noneNext: ['有事项轮到您办理时会在这里通知', 'You are told here when something waits for you'],
  unread: ['未读', 'Unread'],
});

type Notice = components['schemas']['NoticeView'];

/** What happened, the newest first; opening one marks it as read and leads to where it is dealt with. */
export default function NoticesPage() {
  const t = useWords(noticeWords);
  const { data, error } = useQuery({
    queryKey: [...noticesKey, 'list'],
    queryFn: () => answer(api.GET('/api/v1/notices', { params: { query: { limit: 50 } } })),
  });
  const returned = useReturnedPlace(data?.items.some(isReturn) === true);
  const isThere = data !== undefined && returned !== undefined;
  return (
    <Sheet title={t('title')} back="/">
      {!isThere && (error ? <Problem error={error} /> : <Loading />)}
      {data?.items.length === 0 && (
        <div className="empty">
          <p>{t('none')}</p>
          <p>{t('noneNext')}</p>
        </div>
      )}
      {isThere && data.items.length > 0 && (
        <ul className="rows">
          {data.items.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} returned={returned} />
          ))}
        </ul>
      )}
    </Sheet>
  );
}

/** Where a teacher mends what came back: at the first value that is still his to mend; the task list when there is none. Undefined while it is asked for. */
function useReturnedPlace(isWanted: boolean): string | undefined {
  const teacherId = useOwnRecordId();
  const { data, isLoading } = useCompleteness(teacherId ?? '', isWanted && teacherId !== undefined);
  if (isLoading) return undefined;
  const mark = data?.marks.find(({ mended, yours }) => yours && !mended);
  const section = mark && findSection(mark.section);
  if (!section) return '/';
  return `/sections/${section.key}${section.multiRecord && mark.entryId ? `/${mark.entryId}` : ''}`;
}

const isReturn = ({ kind }: Notice): boolean => kind.startsWith('case-returned-');

/** Where it is dealt with. */
function placeOf(notice: Notice, returned: string): string {
  const { kind, caseId, count } = notice;
  if (kind.startsWith('correction-')) return '/corrections';
  if (isReturn(notice)) return returned;
  return kind === 'case-awaiting-school' && caseId && count === 1 ? `/review/${caseId}` : '/';
}

function NoticeRow({ notice, returned }: { readonly notice: Notice; readonly returned: string }) {
  const t = useWords(noticeWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { mutate } = useMutation({
    mutationFn: async () => {
      if (!notice.read)
        await answer(api.POST('/api/v1/notices/{noticeId}/read', { params: { path: { noticeId: notice.id } } }));
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: noticesKey }),
  });
  return (
    <li>
      <button
        className="row"
        onClick={() => {
          mutate();
          navigate(placeOf(notice, returned));
        }}
      >
        <span className="row-card-words">
          <span>{inLanguage(notice.words, language)}</span>
          <span className="quiet">
            {formatMoment(notice.at)} {!notice.read && <b className="row-open">{t('unread')}</b>}
          </span>
        </span>
      </button>
    </li>
  );
}
