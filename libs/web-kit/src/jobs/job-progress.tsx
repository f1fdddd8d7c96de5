import { defineWords, useWords } from '../words/define-words';
import { formatNumber } from '../format/format';
import type { Job } from './use-job';

const words = defineWords('jobs', {
  running: ['正在处理', 'In progress'],
  holding: ['正在逐条核对', 'Checking each one'],
  releasing: ['正在逐条生效', 'Taking effect one by one'],
  held: ['已核对，等待生效', 'Checked, waits to take effect'],
  done: ['已完成', 'Done'],
  undone: ['已撤销', 'Undone'],
  stopped: ['已停止', 'Stopped'],
  count: ['{{done}} / {{total}}', '{{done}} of {{total}}'],
  leave: ['可以离开本页，任务在服务器上继续', 'You may leave this page; the job goes on'],
});

interface JobProgressProps {
  readonly job: Pick<Job, 'state' | 'step' | 'total' | 'done'>;
}

/** A bar with its words: what it does, how far it is, and that one may leave. */
export function JobProgress({ job: { state, step, total, done } }: JobProgressProps) {
  const t = useWords(words);
  const doing = state === 'running' && (step === 'holding' || step === 'releasing') ? t(step) : t(state);
  const far = t('count', { done: formatNumber(done), total: formatNumber(total) });
  return (
    <div className="sd-job" role="status">
      <span className="sd-job-words">
        <strong>{doing}</strong> <span>{far}</span>
      </span>
      <progress aria-label={doing} max={Math.max(total, 1)} value={done} />
      {state === 'running' && <small>{t('leave')}</small>}
    </div>
  );
}
