import { defineWords, useWords } from '../words/define-words';
import { formatNumber } from '../format/format';
import type { Job } from './use-job';

const words = defineWords('jobs', {
  running: ['正在处理', 'In progress'],
  holding: ['正在逐条核对', 'Checking each one'],
  releasing: ['正在逐条生效', 'Taking effect one by one'],
  reading: ['正在读取文件', 'Reading the file'],
  checking: ['正在逐行检查', 'Checking every row'],
  committing: ['正在写入档案', 'Writing into the records'],
  undoing: ['正在撤回', 'Taking it back'],
  held: ['已核对，等待生效', 'Checked, waits to take effect'],
  waiting: ['等您处理', 'Waits for you'],
  done: ['已完成', 'Done'],
  undone: ['已撤销', 'Undone'],
  stopped: ['已停止', 'Stopped'],
  count: ['{{done}} / {{total}}', '{{done}} of {{total}}'],
  leave: ['可以离开本页，任务在服务器上继续', 'You may leave this page; the job goes on'],
});

const steps = ['holding', 'releasing', 'reading', 'checking', 'committing', 'undoing'] as const;

interface JobProgressProps {
  readonly job: Pick<Job, 'state' | 'step' | 'total' | 'done'>;
}

/** A bar with its words: what it does, how far it is (nothing while that is not known), and that one may leave. */
export function JobProgress({ job: { state, step, total, done } }: JobProgressProps) {
  const t = useWords(words);
  const doing = t(state === 'running' ? (steps.find((each) => each === step) ?? state) : state);
  const far = t('count', { done: formatNumber(done), total: formatNumber(total) });
  return (
    <div className="sd-job" role="status">
      <span className="sd-job-words">
        <strong>{doing}</strong> {total > 0 && <span>{far}</span>}
      </span>
      <progress aria-label={doing} {...(total > 0 && { max: total, value: done })} />
      {state === 'running' && <small>{t('leave')}</small>}
    </div>
  );
}
