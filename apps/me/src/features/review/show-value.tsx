import { useSession, useWords } from '@shidang/web-kit';
import { purposes, purposeWords, unmask } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../app/dialog';
import { Problem } from '../../app/problem';
import { reviewWords } from './review-words';

interface ShowValueProps {
  readonly teacherId: string;
  readonly label: string;
  readonly indicator: string;
  /** Absent for the identity number, which is the person's. */
  readonly entryId?: string;
  readonly onShown: (plain: string) => void;
}

/** 显示: one value in full, with a purpose, on record where the teacher sees it (domain: data protection). */
export function ShowValue(props: ShowValueProps) {
  const t = useWords(reviewWords);
  const { can } = useSession();
  const [asked, setAsked] = useState(false);
  if (!can('sensitive.unmask')) return null;
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={t('showOf', { label: props.label })}
        onClick={() => setAsked(true)}
      >
        {t('show')}
      </button>
      {asked && <PurposeDialog {...props} onClose={() => setAsked(false)} />}
    </>
  );
}

function PurposeDialog(props: ShowValueProps & { readonly onClose: () => void }) {
  const { teacherId, label, indicator, entryId, onShown, onClose } = props;
  const t = useWords(reviewWords);
  const p = useWords(purposeWords);
  const [other, setOther] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => unmask(teacherId, { indicator, reason, ...(entryId && { entryId }) }),
    onSuccess: ({ value }) => {
      onShown(String(value ?? ''));
      onClose();
    },
  });
  const said = other.trim();
  return (
    <Dialog title={t('showOf', { label })} onClose={onClose}>
      <p className="quiet">{t('showLead')}</p>
      <Problem error={error} />
      {purposes.map((each) => (
        <button key={each} className="button button-wide" disabled={isPending} onClick={() => mutate(p(each))}>
          {p(each)}
        </button>
      ))}
      <form
        noValidate
        className="show-other"
        onSubmit={(event) => {
          event.preventDefault();
          if (said.length >= 2) mutate(said);
        }}
      >
        <input
          aria-label={t('showOther')}
          placeholder={t('showOther')}
          maxLength={200}
          value={other}
          onChange={({ currentTarget }) => setOther(currentTarget.value)}
        />
        <button className="button" disabled={said.length < 2 || isPending}>
          {t('show')}
        </button>
      </form>
      <button className="link" onClick={onClose}>
        {t('cancel')}
      </button>
    </Dialog>
  );
}
