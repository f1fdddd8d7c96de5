import { useKeys, useListedKeys, useWords } from '@shidang/web-kit';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { words } from './words';

/** `?` lists the keys of the page that is open. */
export function KeysDialog() {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  useKeys([{ keys: '?', label: t('keysTitle'), run: () => setOpen(true) }]);
  const listed = useListedKeys();
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)} aria-keyshortcuts="?">
        {t('help')}
      </Button>
      <Modal open={open} title={t('keysTitle')} footer={null} onCancel={() => setOpen(false)}>
        <dl className="console-keys">
          {listed.map(({ keys, label }) => (
            <div key={`${keys} ${label}`}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{label}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  );
}
