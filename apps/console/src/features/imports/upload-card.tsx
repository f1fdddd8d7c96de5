import { useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { UploadOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { Problem } from '../../app/problem';
import { ordered } from './import-state';
import { uploadWorkbook } from './upload';
import { words } from './words';

/** Step two: a file chosen is a file sent; what is refused says why, and the next can be chosen at once. */
export function UploadCard() {
  const t = useWords(words);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const sending = useMutation({
    mutationFn: uploadWorkbook,
    onSuccess: (view) => {
      ordered(queries, view);
      void navigate({ to: '/imports/$importId', params: { importId: view.id } } as never);
    },
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !sending.isPending) sending.mutate(file);
    if (chooser.current) chooser.current.value = '';
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      className={`imports-drop${isOver ? ' imports-drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={dropped}
    >
      <input ref={chooser} type="file" accept=".xlsx" hidden onChange={({ target }) => take(target.files)} />
      {sending.isPending ? (
        <p role="status">
          <Spin size="small" />{' '}
          {t('uploading', {
            name: sending.variables.name,
            size: (sending.variables.size / 1024 / 1024).toFixed(1),
          })}
        </p>
      ) : (
        <>
          <Button
            type="primary"
            size="large"
            icon={<UploadOutlined aria-hidden />}
            onClick={() => chooser.current?.click()}
          >
            {t('upload')}
          </Button>
          <p className="imports-note">{t('dropHere')}</p>
        </>
      )}
      <Problem error={sending.error} />
    </div>
  );
}
