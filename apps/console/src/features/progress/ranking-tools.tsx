import { useSession, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Button, InputNumber, Radio } from 'antd';
import { toFirstPage } from '../../app/cursor-pager';
import { words } from './words';

export type Level = 'children' | 'schools';

const presets = ['not-started', 'idle', 'overdue', 'done', 'undeclared'] as const;
export type Preset = (typeof presets)[number];
export const presetOf = (text: string | undefined): Preset | undefined => presets.find((preset) => preset === text);

interface RankingToolsProps {
  readonly code: string;
  readonly tier: string;
  readonly level: Level;
  readonly preset: Preset | undefined;
  readonly idleDays: string;
  readonly chosen: number;
  readonly change: (
    next: Partial<Record<'level' | 'preset' | 'idleDays' | 'cursor' | 'passed', string | undefined>>,
  ) => void;
  readonly urge: () => void;
}

/** Which organisations are ranked, and what may be done with the ticked ones. */
export function RankingTools(props: RankingToolsProps) {
  const { code, tier, level, preset, idleDays, chosen, change, urge } = props;
  const t = useWords(words);
  const { can } = useSession();
  return (
    <div className="progress-tools">
      {tier !== 'county' && (
        <Radio.Group
          aria-label={t('level')}
          optionType="button"
          value={level}
          onChange={({ target }) =>
            change({ level: target.value === 'schools' ? 'schools' : undefined, ...toFirstPage })
          }
          options={(['children', 'schools'] as const).map((value) => ({ value, label: t(`level_${value}`) }))}
        />
      )}
      <Radio.Group
        aria-label={t('preset')}
        optionType="button"
        value={preset ?? 'all'}
        onChange={({ target }) =>
          change({ preset: target.value === 'all' ? undefined : String(target.value), ...toFirstPage })
        }
        options={[
          { value: 'all', label: t('preset_all') },
          ...presets.map((value) => ({ value, label: t(`preset_${value}`, { n: idleDays }) })),
        ]}
      />
      {preset === 'idle' && (
        <InputNumber
          aria-label={t('idleDays')}
          min={1}
          max={365}
          value={Number(idleDays)}
          onChange={(days) => days && change({ idleDays: String(days), ...toFirstPage })}
        />
      )}
      <span className="progress-push" />
      <Link to={`/progress/${code}/bulletin` as never} search={(level === 'schools' ? { level } : {}) as never}>
        {t('bulletin')}
      </Link>
      {can('urge.send') && (
        <Button
          type="primary"
          disabled={chosen === 0}
          onClick={urge}
          title={chosen === 0 ? t('tickToUrge') : undefined}
        >
          {chosen === 0 ? t('urge') : t('urgeN', { n: chosen })}
        </Button>
      )}
    </div>
  );
}
