import { answer, api, formatNumber, useKeys, useLanguage, useWords } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Space } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { Loading } from '../../../app/loading';
import { Problem } from '../../../app/problem';
import { ordered } from '../import-state';
import type { ImportView } from '../upload';
import {
  doubled,
  firstChoices,
  placeOf,
  saidOf,
  stillMissing,
  undecided,
  type Choice,
  type HeaderSheet,
} from './choices';
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
  const t = useWords(words);
  const english = useLanguage() === 'en';
  const queries = useQueryClient();
  const { message } = App.useApp();
  const area = useRef<HTMLDivElement>(null);
  const [choices, setChoices] = useState(() => firstChoices(sheets));
  const inDoubt = useMemo(
    () =>
      sheets.flatMap(({ sheet, columns }) =>
        columns.flatMap((each) => (each.isSure ? [] : placeOf(sheet, each.column))),
      ),
    [sheets],
  );
  const open = undecided(sheets, choices);
  const isDoubled = sheets.some((sheet) => doubled(sheet, choices).length > 0);
  const matching = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/imports/{importId}/columns', {
          params: { path: { importId: view.id }, header: { 'If-Match': `"${etag}"` } },
          body: { sheets: saidOf(sheets, choices) },
        }),
      ),
    onSuccess: (next) => ordered(queries, next),
  });
  const choose = (place: string, choice: Choice) => setChoices((now) => ({ ...now, [place]: choice }));
  const leaveOutRest = () =>
    setChoices((now) => ({ ...now, ...Object.fromEntries(open.map((place) => [place, null])) }));

  /** Undecided ones first; when all are decided, from one that was in doubt to the next. */
  const toNext = (step: 1 | -1) => {
    const fields = [...(area.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
    const wanted = open.length > 0 ? open : inDoubt;
    const places = fields.map((field) => field.dataset['place']!);
    const here = places.findIndex((_, at) => fields[at]!.contains(document.activeElement));
    const after = step === 1 ? places.slice(here + 1) : places.slice(0, Math.max(0, here)).reverse();
    const next = after.find((place) => wanted.includes(place)) ?? wanted[step === 1 ? 0 : wanted.length - 1];
    const field = fields.find((each) => each.dataset['place'] === next);
    if (field) field.querySelector<HTMLElement>('input')?.focus();
    else void message.info(t('noneOpen'));
  };
  useKeys([
    { keys: 'F8', label: t('nextDoubt'), run: () => toNext(1) },
    { keys: 'Shift+F8', label: t('previousDoubt'), run: () => toNext(-1) },
  ]);
  const nothingSaid = saidOf(sheets, choices).length === 0;
  return (
    <div ref={area}>
      <div className="imports-bar">
        <Alert
          type={open.length > 0 ? 'warning' : 'info'}
          showIcon
          role="status"
          className="imports-grow"
          title={open.length > 0 ? t('toDecide', { count: formatNumber(open.length) }) : t('allDecided')}
          description={t('why')}
        />
        <Space>
          {onLeave && <Button onClick={onLeave}>{t('back')}</Button>}
          {open.length > 0 && <Button onClick={leaveOutRest}>{t('leaveOutRest')}</Button>}
          <Button onClick={() => toNext(1)}>{`${t('nextDoubt')} F8`}</Button>
          <Button
            type="primary"
            size="large"
            disabled={open.length > 0 || isDoubled || (onLeave !== undefined && nothingSaid)}
            loading={matching.isPending}
            onClick={() => matching.mutate()}
          >
            {t('goOn')}
          </Button>
        </Space>
      </div>
      <Problem error={matching.error} />
      {sheets.map((sheet) => (
        <section key={sheet.sheet} aria-label={sheet.sheet}>
          <ColumnTable
            sheet={sheet}
            choices={choices}
            isOpen={onLeave !== undefined}
            missing={stillMissing(sheet, choices).map((key) => {
              const target = sheet.targets.find(({ indicator }) => indicator === key);
              return (english ? target?.labelEn : target?.label) ?? key;
            })}
            doubled={doubled(sheet, choices)}
            onChoose={choose}
          />
        </section>
      ))}
    </div>
  );
}
