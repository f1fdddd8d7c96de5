import { codeTable } from '@shidang/catalogue';
import { useWords } from '@shidang/web-kit';
import { activationWords, type PersonSaid } from '@shidang/web-kit/activation';
import { Field, TextField } from '../../app/field';

interface PersonFieldsProps {
  readonly person: PersonSaid;
  readonly change: (person: PersonSaid) => void;
  readonly messageAt: (field: string) => string | undefined;
}

/** Asked of whoever is not bound to his account yet. */
export function PersonFields({ person, change, messageAt }: PersonFieldsProps) {
  const t = useWords(activationWords);
  const types = codeTable('idDocType')?.codes ?? [];
  return (
    <fieldset className="plain">
      <legend>{t('who')}</legend>
      <p className="quiet">{t('whoHint')}</p>
      <TextField
        id="person-name"
        label={t('name')}
        autoComplete="name"
        maxLength={50}
        value={person.name}
        change={(name) => change({ ...person, name })}
        problem={messageAt('person-name')}
      />
      <Field id="person-type" label={t('documentType')}>
        <select
          id="person-type"
          value={person.type}
          onChange={({ currentTarget }) => change({ ...person, type: currentTarget.value })}
        >
          {types.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <TextField
        id="person-number"
        label={t('documentNumber')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        value={person.number}
        change={(number) => change({ ...person, number })}
        problem={messageAt('person-number')}
      />
    </fieldset>
  );
}
