import { sections } from '@shidang/catalogue';
import { answer, api, formatDay, inLanguage, StatusTag, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { sectionQuery, standingOf, useCompleteness, useTeacher } from '@shidang/web-kit/record';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Link } from 'wouter';
import { isPersonalDevice } from '../../app/device/personal-device';
import { useUnsaved } from '../../app/device/unsaved';
import { HomeTools } from '../../app/home-tools';
import { Icon } from '../../app/icon';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { NextStep, type StandingProps } from './next-step';
import { useOwnRecordId } from './own-record';
import { recordWords } from './record-words';
import { isReturned, markedAmong, openOf, sectionStates, type SectionState } from './section-state';

const SendKept = lazy(() => import('../sections/send-kept'));

/** What is mine to do: where the record stands, and each section with its state. */
export function TaskListPage() {
  const t = useWords(recordWords);
  const teacherId = useOwnRecordId();
  return (
    <Sheet title={t('mine')} tools={<HomeTools />}>
      {teacherId ? <TaskList teacherId={teacherId} /> : <p className="note">{t('noRecord')}</p>}
    </Sheet>
  );
}

const isOldAfter = 10 * 60_000;

/** On a device of one's own every section is fetched ahead, so that it opens without a connection. */
function useAllAtHand(teacherId: string, isCalm: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isCalm || !isPersonalDevice()) return;
    for (const { key } of sections)
      void queries.prefetchQuery({ ...sectionQuery(teacherId, key), staleTime: isOldAfter });
  }, [queries, teacherId, isCalm]);
}

function TaskList({ teacherId }: { readonly teacherId: string }) {
  const t = useWords(recordWords);
  const teacher = useTeacher(teacherId);
  const completeness = useCompleteness(teacherId);
  const { me } = useSession();
  const unsaved = useUnsaved(me.account.id, teacherId);
  useAllAtHand(teacherId, teacher.isSuccess && completeness.isSuccess);
  const error = teacher.error ?? completeness.error;
  const retry = () => {
    void teacher.refetch();
    void completeness.refetch();
  };
  // what is there stays, and the dialog over it: a look in the background may be refused
  if (!teacher.data || !completeness.data) return error ? <Problem error={error} retry={retry} /> : <Loading />;
  const states = sectionStates(completeness.data, teacher.data.inReview ? undefined : unsaved);
  const groups = [
    { title: t('yours'), of: states.filter(({ bySchool }) => !bySchool) },
    { title: t('schools'), of: states.filter(({ bySchool }) => bySchool) },
  ];
  return (
    <>
      {unsaved.size > 0 && !teacher.data.inReview && (
        <Suspense fallback={null}>
          <SendKept teacherId={teacherId} />
        </Suspense>
      )}
      <Standing teacher={teacher.data} completeness={completeness.data} states={states} />
      {groups.map(({ title, of }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul className="rows">
            {of.map((state) => (
              <SectionRow key={state.section.key} state={state} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** After a return: what is left of it, and for whom. */
function useReturnedLead({ completeness }: StandingProps): string {
  const t = useWords(recordWords);
  const { open, mended, schools } = markedAmong(completeness.marks);
  if (completeness.marks.length === 0) return t('returnedWhole');
  if (open + mended === 0) return t('returnedOnlySchool', { count: schools });
  const own = open > 0 ? t('returnedLead', { count: open }) : t('returnedMended');
  return [own, schools > 0 && t('returnedSchool', { count: schools })].filter(Boolean).join(t('andThen'));
}

function useLead(props: StandingProps): string {
  const { teacher, completeness, states } = props;
  const t = useWords(recordWords);
  const returned = useReturnedLead(props);
  const [mine, school] = [openOf(states, false), openOf(states, true)];
  if (teacher.status === 'left') return t('leftLead');
  if (teacher.status === 'conflict') return t('conflictLead');
  if (teacher.inReview) return t('inReview');
  if (isReturned(teacher, completeness)) return returned;
  if (teacher.effectiveVersion > 0 && completeness.pendingRows === 0) return t('effectiveLead');
  if (mine > 0)
    return [t('toDo', { count: mine }), school > 0 && t('toDoSchool', { count: school })]
      .filter(Boolean)
      .join(t('andThen'));
  return school > 0 ? t('onlySchool', { count: school }) : t('ready');
}

function Standing(props: StandingProps) {
  const { teacher, completeness } = props;
  const t = useWords(recordWords);
  const { post } = useSession();
  const { data: campaign } = useQuery({
    queryKey: ['campaign', post.organisation],
    queryFn: () => answer(api.GET('/api/v1/campaigns', { params: { query: { organisation: post.organisation } } })),
    retry: false,
  });
  const lead = useLead(props);
  const isOpen = !teacher.inReview && teacher.effectiveVersion === 0;
  return (
    <section className="standing" aria-labelledby="standing">
      <p className="standing-tag" id="standing">
        <StatusTag
          status={standingOf(teacher)}
          {...(teacher.inReview && teacher.caseSince && { since: teacher.caseSince })}
        />
        {isOpen && campaign?.dueOn && <span className="quiet">{t('due', { day: formatDay(campaign.dueOn) })}</span>}
      </p>
      <p className="standing-lead">{lead}</p>
      {isOpen && (
        <>
          <progress max={100} value={completeness.percent} aria-label={t('mine')} />
          <p className="quiet">{t('progress', { percent: completeness.percent })}</p>
        </>
      )}
      <NextStep {...props} />
    </section>
  );
}

/** Of a return, and of what is not saved; nothing where there is neither. */
function useUrgentWords({ marked, unsaved }: SectionState) {
  const t = useWords(recordWords);
  const said = [
    unsaved > 0 && t('unsaved', { count: unsaved }),
    marked.open > 0 && t('mend', { count: marked.open }),
    marked.mended > 0 && t('mended', { count: marked.mended }),
    marked.schools > 0 && t('mendSchool', { count: marked.schools }),
  ].filter(Boolean);
  const tone = unsaved + marked.open > 0 ? 'returned' : marked.schools > 0 ? 'quiet' : 'done';
  return { tone, said: said.join(' · ') };
}

function useStateWords(state: SectionState) {
  const { bySchool, open, rows, confirmed, section } = state;
  const t = useWords(recordWords);
  const urgent = useUrgentWords(state);
  const count = section.multiRecord && rows > 0 ? t('rows', { count: rows }) : '';
  if (urgent.said) return urgent;
  if (open > 0 && bySchool) return { tone: 'quiet', said: t('schoolMissing', { count: open }) };
  if (open > 0) return { tone: 'open', said: t('missing', { count: open }) };
  if (confirmed) return { tone: 'done', said: [t('confirmed'), count].filter(Boolean).join(' · ') };
  if (rows === 0) return { tone: 'quiet', said: t(bySchool ? 'schoolNone' : 'none') };
  return { tone: 'done', said: [bySchool ? t('schoolDone') : t('done'), count].filter(Boolean).join(' · ') };
}

function SectionRow({ state }: { readonly state: SectionState }) {
  const language = useLanguage();
  const { section } = state;
  const { tone, said } = useStateWords(state);
  return (
    <li>
      <Link className="row" href={`/sections/${section.key}`}>
        <span className="row-words">
          <span>{inLanguage({ zh: section.zhName, en: section.en }, language)}</span>
          <span className={`row-state row-${tone}`}>
            {tone === 'done' && <Icon name="done" />}
            {tone === 'returned' && <Icon name="warn" />}
            {said}
          </span>
        </span>
        <Icon name="next" />
      </Link>
    </li>
  );
}
