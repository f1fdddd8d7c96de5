import { codeName } from '@shidang/catalogue';
import { StatusTag, ToneTag, useSession, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { App, Button, Input, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { useUrlSearch } from '../../../app/url-state';
import { standingOf, useWithdrawal } from '@shidang/web-kit/record';
import type { Completeness, TeacherMarks, TeacherView } from '../teachers-api';
import { words } from '../words';
import type { RecordSearchKey } from './record-page';
import { SubmitDialog } from './submit-dialog';
import { UnmaskButton } from './unmask-button';

interface RecordHeadProps {
  readonly teacher: TeacherView;
  readonly completeness: Completeness | undefined;
  readonly marks: TeacherMarks | null;
}

/** Who it is, where the record stands and for how long, and what can be done with it as a whole. */
export function RecordHead({ teacher, completeness }: RecordHeadProps) {
  const t = useWords(words);
  const { can, post } = useSession();
  const [search, change] = useUrlSearch<RecordSearchKey>();
  const [shownNumber, setShownNumber] = useState<string>();
  const [shownCode, setShownCode] = useState<string>();
  const [submitting, setSubmitting] = useState(false);
  const isOpen = !teacher.inReview && teacher.status !== 'left' && !search.asOf;
  const hasNew = teacher.effectiveVersion === 0 || (completeness?.pendingRows ?? 0) > 0;
  const fills = can('record.submit') && isOpen && hasNew;
  const waits = teacher.inReview || teacher.caseStage?.endsWith('returned');
  return (
    <header className="record-head">
      <div className="record-title">
        {post.role !== 'teacher' && <Link to={'/teachers' as string}>{t('back')}</Link>}
        <h1>{teacher.name}</h1>
        <StatusTag status={standingOf(teacher)} {...(teacher.caseSince && waits && { since: teacher.caseSince })} />
        {teacher.status === 'effective' && teacher.inReview && <ToneTag tone="waiting">{t('changeOpen')}</ToneTag>}
        <span className="record-quiet">{t('percent', { percent: completeness?.percent ?? 0 })}</span>
        <Space className="record-verbs" wrap>
          <label>
            <span className="record-quiet">{t('asOf')} </span>
            <Input
              type="date"
              value={search.asOf ?? ''}
              onChange={(event) => change({ asOf: event.target.value || undefined })}
              style={{ width: 150 }}
            />
          </label>
          {teacher.inReview && can('review.withdraw') && <WithdrawButton teacher={teacher} />}
          {fills && (
            <Button type="primary" onClick={() => setSubmitting(true)}>
              {t('submit')}
            </Button>
          )}
        </Space>
      </div>
      <dl className="record-facts">
        <Fact label={t('sex')}>{codeName('sex', teacher.sex)}</Fact>
        <Fact label={t('birthDate')}>{teacher.birthDate}</Fact>
        <Fact label={t('document')}>
          {codeName('idDocType', teacher.documentType)} {shownNumber ?? teacher.documentMasked}
          {can('sensitive.unmask') && !shownNumber && (
            <UnmaskButton
              teacherId={teacher.id}
              label={t('document')}
              indicator="idNo"
              onShown={(value) => setShownNumber(String(value))}
            />
          )}
        </Fact>
        <Fact label={t('code')}>
          {shownCode ?? teacher.personalCodeMasked}
          {!teacher.personalCodeFormal && `（${t('provisional')}）`}
          {can('sensitive.unmask') && !shownCode && (
            <UnmaskButton
              teacherId={teacher.id}
              label={t('code')}
              indicator="personalCode"
              onShown={(value) => setShownCode(String(value))}
            />
          )}
        </Fact>
        <Fact label={t('school')}>{teacher.organisationName ?? teacher.organisation}</Fact>
      </dl>
      {submitting && (
        <SubmitDialog teacher={teacher} completeness={completeness} onClose={() => setSubmitting(false)} />
      )}
    </header>
  );
}

const Fact = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

/** Until a reviewer has opened it; the server knows, and says so. */
function WithdrawButton({ teacher }: { readonly teacher: TeacherView }) {
  const t = useWords(words);
  const { modal, message } = App.useApp();
  const { mutateAsync, error } = useWithdrawal(teacher.id, () => void message.success(t('withdrawn')));
  const ask = () =>
    modal.confirm({
      title: t('withdrawTitle', { name: teacher.name }),
      content: t('withdrawLead'),
      okText: t('withdraw'),
      cancelText: t('cancel'),
      onOk: () => mutateAsync().catch(() => undefined),
    });
  return (
    <>
      <Problem error={error} />
      <Button onClick={ask}>{t('withdraw')}</Button>
    </>
  );
}
