import { useKeys, useListedKeys, useWords } from '@shidang/web-kit';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { words } from './words';

/** What the browser and every list and dialog answer to, on each page. */
const generalKeys = [
  ['Tab', 'keyTab'],
  ['Enter', 'keyEnter'],
  ['Esc', 'keyEscape'],
] as const;

/** `?` lists the keys of the page that is open. */
export function KeysDialog() {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  useKeys([{ keys: '?', label: t('keysTitle'), run: () => setOpen(true) }]);
  const listed = useListedKeys();
  const general = generalKeys.map(([keys, word]) => ({ keys, label: t(word) }));
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)} aria-keyshortcuts="?">
        {t('help')}
      </Button>
      <Modal open={open} title={t('keysTitle')} footer={null} onCancel={() => setOpen(false)}>
        <dl className="console-keys">
          {[...listed, ...general].map(({ keys, label }) => (
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
