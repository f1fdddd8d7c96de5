import { codeTable } from '@shidang/catalogue';
import { useWords } from '@shidang/web-kit';
import { activationWords as words, type PersonSaid } from '@shidang/web-kit/activation';
import { Form, Input, Select } from 'antd';

interface PersonFieldsProps {
  readonly person: PersonSaid;
  readonly change: (person: PersonSaid) => void;
  readonly messageAt: (field: string) => string | undefined;
}

/** Asked of whoever is not bound to his account yet. */
export function PersonFields({ person, change, messageAt }: PersonFieldsProps) {
  const t = useWords(words);
  const types = codeTable('idDocType')?.codes ?? [];
  const status = (field: string) => ({
    htmlFor: field,
    validateStatus: messageAt(field) && ('error' as const),
    help: messageAt(field),
  });
  return (
    <fieldset className="activation-person">
      <legend>{t('who')}</legend>
      <p className="activation-aside">{t('whoHint')}</p>
      <Form.Item label={t('name')} {...status('person-name')}>
        <Input
          id="person-name"
          autoComplete="name"
          maxLength={50}
          value={person.name}
          onChange={({ target }) => change({ ...person, name: target.value })}
        />
      </Form.Item>
      <Form.Item label={t('documentType')} htmlFor="person-type">
        <Select
          id="person-type"
          value={person.type}
          onChange={(type) => change({ ...person, type })}
          options={types.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item label={t('documentNumber')} {...status('person-number')}>
        <Input
          id="person-number"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          value={person.number}
          onChange={({ target }) => change({ ...person, number: target.value })}
        />
      </Form.Item>
    </fieldset>
  );
}
