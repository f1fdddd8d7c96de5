import { answer, frankApi, languages, setLanguage, useLanguage, useWords } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Problem } from '../../app/problem';
import './activation.css';
import { SetPassword } from './set-password';
import { words } from './words';

export type Activation = components['schemas']['ActivationPreview'] & { readonly code: string };

/** The code of the slip comes behind `#`; it is taken out of the address at once, so that no history keeps it. */
function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

const names = { 'zh-CN': '中文', en: 'English' } as const;

/** From the slip to the first log-in. */
export function ActivationPage() {
  const t = useWords(words);
  const chosen = useLanguage();
  const [scanned] = useState(takeCode);
  const [activation, setActivation] = useState<Activation>();
  return (
    <main className="console-door activation">
      <Card>
        <h1>{t('title')}</h1>
        {activation ? (
          <SetPassword activation={activation} again={() => setActivation(undefined)} />
        ) : (
          <CodeForm scanned={scanned} found={setActivation} />
        )}
        <p className="console-door-foot">
          <Link to={'/log-in' as never}>{t('toLogIn')}</Link>
          {languages
            .filter((each) => each !== chosen)
            .map((each) => (
              <Button key={each} type="link" lang={each} onClick={() => setLanguage(each)}>
                {names[each]}
              </Button>
            ))}
        </p>
      </Card>
    </main>
  );
}

interface CodeFormProps {
  readonly scanned: string;
  readonly found: (activation: Activation) => void;
}

function CodeForm({ scanned, found }: CodeFormProps) {
  const t = useWords(words);
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
  return (
    <Form layout="vertical" onFinish={() => mutate(code.trim())} requiredMark={false}>
      <Form.Item label={t('code')} htmlFor="activation-code" extra={<span id="code-hint">{t('codeHint')}</span>}>
        <Input
          id="activation-code"
          aria-describedby="code-hint"
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          className="activation-code"
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </Form.Item>
      <Problem error={error} />
      <Button type="primary" htmlType="submit" block loading={isPending} disabled={!code.trim()}>
        {t('check')}
      </Button>
    </Form>
  );
}
