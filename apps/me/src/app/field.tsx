import { useWords } from '@shidang/web-kit';
import { useState, type InputHTMLAttributes, type ReactNode } from 'react';
import { words } from './words';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string;
  readonly children: ReactNode;
}

export const notesOf = (id: string, { hint, problem }: Pick<FieldProps, 'hint' | 'problem'>): string | undefined =>
  [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;

/** Label above, input, what is wrong with it and how to mend it below. */
export const Field = ({ id, label, hint, problem, children }: FieldProps) => (
  <div className={problem ? 'field field-wrong' : 'field'}>
    <label htmlFor={id}>{label}</label>
    {children}
    {problem && (
      <p className="field-problem" id={`${id}-problem`}>
        {problem}
      </p>
    )}
    {hint && (
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
  </div>
);

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'> {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string;
  readonly change: (text: string) => void;
}

export function TextField({ id, label, hint, problem, change, ...rest }: TextFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={notesOf(id, { hint, problem })}
        onChange={({ currentTarget }) => change(currentTarget.value)}
        {...rest}
      />
    </Field>
  );
}

/** A password one may look at: typing it unseen on glass fails too often. */
export function PasswordField(props: Omit<TextFieldProps, 'type'>) {
  const t = useWords(words);
  const [shown, setShown] = useState(false);
  return (
    <>
      <TextField {...props} type={shown ? 'text' : 'password'} autoCapitalize="off" spellCheck={false} />
      <label className="tick tick-small">
        <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
        {t('showPassword')}
      </label>
    </>
  );
}
