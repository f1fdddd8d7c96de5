import { languages, setLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { activationWords as words, takeCode, useSlipCode, type Activation } from '@shidang/web-kit/activation';
import { Link } from '@tanstack/react-router';
import { Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import './activation.css';
import { SetPassword } from './set-password';

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
  const { code, setCode, check, isPending, error } = useSlipCode(scanned, found);
  return (
    <Form layout="vertical" onFinish={check} requiredMark={false}>
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
