import { faultsOf } from '@shidang/access';
import { answer, type components } from '@shidang/client';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { frankApi } from '../api/api';
import type { FieldError } from '../errors/error-summary';
import { useSessionVerbs } from '../session/session';
import { useWords } from '../words/define-words';
import { activationWords } from './activation-words';

export type Activation = components['schemas']['ActivationPreview'] & { readonly code: string };

export interface PersonSaid {
  readonly name: string;
  readonly type: string;
  readonly number: string;
}

/** The code of the slip comes behind `#`; it is taken out of the address at once, so that no history keeps it. */
export function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

/** Whose account a code is for; a scanned one is looked up without a click. */
export function useSlipCode(scanned: string, found: (activation: Activation) => void) {
  const [code, setCode] = useState(scanned);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (typed: string): Promise<Activation> => ({
      ...(await answer(frankApi.POST('/api/v1/activations/preview', { body: { code: typed } }))),
      code: typed,
    }),
    onSuccess: found,
  });
  useEffect(() => {
    if (scanned) mutate(scanned);
  }, [scanned, mutate]);
  return { code, setCode, check: () => mutate(code.trim()), isPending, error };
}

/** Who one is, and the password; everything stays typed when the server refuses. `enter` is called after the first log-in. */
export function useActivation(activation: Activation, enter: (mustChangePassword: boolean) => Promise<unknown>) {
  const t = useWords(activationWords);
  const { logIn } = useSessionVerbs();
  const [person, setPerson] = useState<PersonSaid>({ name: activation.name ?? '', type: '1', number: '' });
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [attempt, setAttempt] = useState(0);
  const known = [activation.loginName, activation.organisation, person.name, person.number];
  const redeeming = useMutation({
    mutationFn: async () => {
      const body = {
        code: activation.code,
        password,
        ...(!activation.personKnown && {
          name: person.name.trim(),
          document: { type: person.type, number: person.number.trim() },
        }),
      };
      const redeemed = await answer(frankApi.POST('/api/v1/activations', { body }));
      // The account is active from here on: a log-in that fails is no reason to activate again.
      const session = await logIn({ loginName: redeemed.loginName, password }).catch(() => undefined);
      if (session) await enter(session.mustChangePassword);
      return redeemed;
    },
  });
  const empty = (field: string, label: string): FieldError => ({
    field,
    label,
    message: t('required', { what: label }),
  });
  const errors: FieldError[] = [
    ...(activation.personKnown || person.name.trim() ? [] : [empty('person-name', t('name'))]),
    ...(activation.personKnown || person.number.trim() ? [] : [empty('person-number', t('documentNumber'))]),
    ...(faultsOf(password, known).length > 0
      ? [{ field: 'new-password', label: t('password'), message: t('weak') }]
      : []),
    ...(password !== repeated ? [{ field: 'repeat-password', label: t('repeat'), message: t('differ') }] : []),
  ];
  const shown = attempt > 0 ? errors : [];
  return {
    person,
    setPerson,
    password,
    setPassword,
    repeated,
    setRepeated,
    known,
    attempt,
    errors: shown,
    messageAt: (field: string) => shown.find((each) => each.field === field)?.message,
    submit: () => {
      setAttempt((count) => count + 1);
      if (errors.length === 0) redeeming.mutate();
    },
    isPending: redeeming.isPending,
    error: redeeming.error,
    redeemed: redeeming.data,
  };
}
