import { answer, api, formatNumber, useKeys, useWords } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Space } from 'antd';
import { useRef, useState, type RefObject } from 'react';
import { Loading } from '../../../app/loading';
import { Problem } from '../../../app/problem';
import { ordered } from '../import-state';
import type { ImportView } from '../upload';
import { doubled, firstChoices, placeOf, saidOf, undecided, type Choice, type HeaderSheet } from './choices';
import { ColumnTable } from './column-table';
import { words } from './words';

interface MatchStepProps {
  readonly view: ImportView;
  /** Of an import that was checked already: back to it. */
  readonly onLeave?: () => void;
}

/** The step between upload and check, when the headers leave a doubt: which column holds what. */
export function MatchStep({ view, onLeave }: MatchStepProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', 'columns', view.id, view.etag],
    queryFn: () => answer(api.GET('/api/v1/imports/{importId}/columns', { params: { path: { importId: view.id } } })),
    staleTime: Infinity,
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Matching key={data.etag} view={view} sheets={data.sheets} etag={data.etag} onLeave={onLeave} />;
}

interface MatchingProps extends MatchStepProps {
  readonly sheets: readonly HeaderSheet[];
  readonly etag: string;
}

function Matching({ view, sheets, etag, onLeave }: MatchingProps) {
  const queries = useQueryClient();
  const area = useRef<HTMLDivElement>(null);
  const [choices, setChoices] = useState(() => firstChoices(sheets));
  const open = undecided(sheets, choices);
  const toNext = useNextDoubt(area, sheets, open);
  const said = saidOf(sheets, choices);
  const matching = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/imports/{importId}/columns', {
          params: { path: { importId: view.id }, header: { 'If-Match': `"${etag}"` } },
          body: { sheets: said },
        }),
      ),
    onSuccess: (next) => ordered(queries, next),
  });
  const choose = (places: readonly string[], choice: Choice) =>
    setChoices((now) => ({ ...now, ...Object.fromEntries(places.map((place) => [place, choice])) }));
  const isDoubled = sheets.some((sheet) => doubled(sheet, choices).length > 0);
  return (
    <div ref={area}>
      <MatchBar
        open={open.length}
        isReady={open.length === 0 && !isDoubled && said.length > 0}
        isGoing={matching.isPending}
        onLeave={onLeave}
        onLeaveOut={() => choose(open, null)}
        onNext={() => toNext(1)}
        onGo={() => matching.mutate()}
      />
      <Problem error={matching.error} />
      {sheets.map((sheet) => (
        <section key={sheet.sheet} aria-label={sheet.sheet}>
          <ColumnTable
            sheet={sheet}
            choices={choices}
            isOpen={onLeave !== undefined}
            onChoose={(place, choice) => choose([place], choice)}
          />
        </section>
      ))}
    </div>
  );
}

interface MatchBarProps {
  readonly open: number;
  readonly isReady: boolean;
  readonly isGoing: boolean;
  readonly onLeave: (() => void) | undefined;
  readonly onLeaveOut: () => void;
  readonly onNext: () => void;
  readonly onGo: () => void;
}

function MatchBar({ open, isReady, isGoing, onLeave, onLeaveOut, onNext, onGo }: MatchBarProps) {
  const t = useWords(words);
  return (
    <div className="imports-bar">
      <Alert
        type={open > 0 ? 'warning' : 'info'}
        showIcon
        role="status"
        className="imports-grow"
        title={open > 0 ? t('toDecide', { count: formatNumber(open) }) : t('allDecided')}
        description={t('why')}
      />
      <Space>
        {onLeave && <Button onClick={onLeave}>{t('back')}</Button>}
        {open > 0 && <Button onClick={onLeaveOut}>{t('leaveOutRest')}</Button>}
        <Button onClick={onNext}>{`${t('nextDoubt')} F8`}</Button>
        <Button type="primary" size="large" disabled={!isReady} loading={isGoing} onClick={onGo}>
          {t('goOn')}
        </Button>
      </Space>
    </div>
  );
}

/** F8: to the next open column; when all are decided, from one that was in doubt to the next. */
function useNextDoubt(area: RefObject<HTMLElement | null>, sheets: readonly HeaderSheet[], open: readonly string[]) {
  const t = useWords(words);
  const { message } = App.useApp();
  const inDoubt = sheets.flatMap(({ sheet, columns }) =>
    columns.flatMap(({ isSure, column }) => (isSure ? [] : [placeOf(sheet, column)])),
  );
  const toNext = (step: 1 | -1) => {
    const wanted = open.length > 0 ? open : inDoubt;
    const fields = [...(area.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
    const here = fields.findIndex((field) => field.contains(document.activeElement));
    const after = step === 1 ? fields.slice(here + 1) : fields.slice(0, Math.max(0, here)).reverse();
    const all = step === 1 ? fields : [...fields].reverse();
    const next = [...after, ...all].find((field) => wanted.includes(field.dataset['place']!));
    if (next) next.querySelector<HTMLElement>('input')?.focus();
    else void message.info(t('noneOpen'));
  };
  useKeys([
    { keys: 'F8', label: t('nextDoubt'), run: () => toNext(1) },
    { keys: 'Shift+F8', label: t('previousDoubt'), run: () => toNext(-1) },
  ]);
  return toNext;
}
