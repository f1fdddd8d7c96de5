import type { Value } from '@shidang/catalogue';
import { inLanguage, toldProblem, useLanguage, useWords } from '@shidang/web-kit';
import { unmask } from '@shidang/web-kit/record';
import { formWords, type SectionField } from '@shidang/web-kit/section-form';
import { useMutation } from '@tanstack/react-query';
import { words } from '../../app/words';
import { sectionWords } from './section-words';

interface ShowOwnProps {
  readonly teacherId: string;
  readonly entryId?: string;
  readonly field: SectionField;
  readonly shown: (plain: Value | undefined) => void;
}

/** The own number in full: on record like every look. */
export function ShowOwn({ teacherId, entryId, field, shown }: ShowOwnProps) {
  const t = useWords(formWords);
  const s = useWords(sectionWords);
  const m = useWords(words);
  const language = useLanguage();
  const isPersons = field.indicator.identityFact !== undefined;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      unmask(teacherId, {
        ...(!isPersons && entryId && { entryId }),
        indicator: field.key,
        reason: s('ownLook'),
      }),
    onSuccess: ({ value }) => shown(value as Value | undefined),
  });
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={t('showOf', { label: inLanguage(field.label, language) })}
        disabled={isPending}
        onClick={() => mutate()}
      >
        {s('showOwn')}
      </button>
      {error && (
        <span className="field-problem show-problem" role="alert">
          {toldProblem(error, m).title}
        </span>
      )}
    </>
  );
}
