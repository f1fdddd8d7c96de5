import { formatMoment, useKeys, useWords } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useBlocker } from '@tanstack/react-router';
import { Alert, Button, Modal, QRCode, Segmented, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { words as consoleWords } from '../../app/words';
import './slips.css';
import { slipWords } from './words';

export type Slip = components['schemas']['ActivationSlip'];

/** The code stands behind `#`: a browser sends that to no server, so it is in no log. */
export const activationUrl = ({ activationPath, code }: Slip, origin = location.origin): string =>
  `${origin}${activationPath}#${code}`;

interface SlipSheetProps {
  readonly slips: readonly Slip[];
  /** Organisations that had an account already. */
  readonly skipped?: readonly string[];
  readonly done: () => void;
}

/** What was issued, once: codes live in the memory of this page and nowhere else (ADR 0070). */
export function SlipSheet({ slips, skipped = [], done }: SlipSheetProps) {
  const t = useWords(slipWords);
  const [perPage, setPerPage] = useState<'four' | 'one'>('four');
  const [printed, setPrinted] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const leaving = useBlocker({
    shouldBlockFn: () => !printed,
    enableBeforeUnload: () => !printed,
    withResolver: true,
  });
  const print = () => {
    window.print();
    setPrinted(true);
  };
  useKeys([{ keys: 'P', label: t('keyPrint'), run: print }]);
  return (
    <>
      <div className="no-print">
        <h1 tabIndex={-1} ref={heading}>
          {t('title', { count: slips.length })}
        </h1>
        <Alert type="warning" showIcon title={t('once')} />
        {skipped.length > 0 && <p>{t('skipped', { count: skipped.length, names: skipped.join('、') })}</p>}
        <Space className="slips-tools" wrap>
          <Button type="primary" onClick={print} aria-keyshortcuts="P">
            {t('print')}
          </Button>
          <Button onClick={done} disabled={!printed}>
            {t('printed')}
          </Button>
          <Segmented
            aria-label={t('perPage')}
            value={perPage}
            onChange={setPerPage}
            options={(['four', 'one'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Space>
      </div>
      <div className={`slips slips-${perPage}`}>
        {slips.map((slip) => (
          <SlipCard key={slip.accountId} slip={slip} />
        ))}
      </div>
      <Modal
        open={leaving.status === 'blocked'}
        title={t('leaveTitle')}
        onCancel={() => leaving.reset?.()}
        footer={[
          <Button key="leave" danger onClick={() => leaving.proceed?.()}>
            {t('leave')}
          </Button>,
          <Button key="stay" type="primary" autoFocus onClick={() => leaving.reset?.()}>
            {t('stay')}
          </Button>,
        ]}
      >
        {t('leaveWhat', { count: slips.length })}
      </Modal>
    </>
  );
}

function SlipCard({ slip }: { readonly slip: Slip }) {
  const t = useWords(slipWords);
  const c = useWords(consoleWords);
  const role = c(`role_${slip.role}`);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('organisation'), slip.organisationName],
    [t('role'), role],
    [t('name'), slip.name],
    [t('loginName'), slip.loginName],
    [t('until'), formatMoment(slip.expiresAt)],
  ];
  return (
    <article className="slip" aria-label={`${slip.organisationName} ${role}`}>
      <h2>{t('heading')}</h2>
      <div className="slip-body">
        <dl>
          {facts
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        <QRCode
          type="svg"
          aria-label={t('qr', { organisation: slip.organisationName, role })}
          value={activationUrl(slip)}
          size={116}
          bordered={false}
          errorLevel="M"
        />
      </div>
      <p className="slip-code">
        <span>{t('code')}</span> <strong>{slip.code}</strong>
      </p>
      <ol>
        <li>
          {t('step1')} <span className="slip-url">{`${location.host}${slip.activationPath}`}</span>
        </li>
        <li>{t('step2')}</li>
        <li>{t('step3')}</li>
      </ol>
    </article>
  );
}
