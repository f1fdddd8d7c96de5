import { formatMoment, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { usePurposeText, useTeacher, useViewers } from '@shidang/web-kit/record';
import { catalogueWords } from '@shidang/web-kit/review';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { words } from '../../app/words';
import { useOwnRecordId } from '../record/own-record';
import { historyWords } from './history-words';

/** Teachers see who looked at their record, at what, and what for. */
export default function ViewersPage() {
  const t = useWords(historyWords);
  const teacherId = useOwnRecordId() ?? '';
  const { data: teacher, error: teacherError } = useTeacher(teacherId);
  const { data, error = teacherError } = useViewers(teacherId);
  return (
    <Sheet title={t('viewers')} back="/account">
      <p className="note">{t('viewersLead')}</p>
      {!(teacher && data) && (error ? <Problem error={error} /> : <Loading />)}
      {data?.items.length === 0 && <p className="empty">{t('nobody')}</p>}
      {teacher &&
        data?.items.map((item) => (
          <Look key={`${item.accountId} ${item.at}`} look={item} category={teacher.category} />
        ))}
    </Sheet>
  );
}

type LookItem = NonNullable<ReturnType<typeof useViewers>['data']>['items'][number];

function Look({ look, category }: { readonly look: LookItem; readonly category: string }) {
  const t = useWords(historyWords);
  const m = useWords(words);
  const language = useLanguage();
  const purposeText = usePurposeText();
  const { me } = useSession();
  const isOwn = look.accountId === me.account.id;
  const { section = '', indicator } = look;
  const say = catalogueWords(category, language);
  const what = indicator === 'personalCode' ? t('personalCode') : indicator && say.indicator(section, indicator);
  return (
    <article className="card">
      <p className="card-title">
        {isOwn
          ? t('ownLook')
          : [look.name, look.organisationName, m(`role_${look.role as 'teacher'}`)].filter(Boolean).join(' · ')}
      </p>
      {what && <p>{t('looked', { what })}</p>}
      {!isOwn && <p>{t('why', { reason: purposeText(look.reason) })}</p>}
      <p className="quiet">{formatMoment(look.at)}</p>
    </article>
  );
}
