import { defineWords } from '../words/define-words';

/** Colours carry at least 4.5:1 on their ground; the icon and the word say the same without colour. */
export type Tone = 'neutral' | 'progress' | 'waiting' | 'returned' | 'done' | 'problem';

/** The states of domain.md §5 as records and review name them, plus those of accounts and reports. */
export const toneOf: Readonly<Record<string, Tone>> = {
  'not-started': 'neutral',
  draft: 'progress',
  complete: 'progress',
  'school-review': 'waiting',
  'school-returned': 'returned',
  'school-approved': 'waiting',
  'authority-review': 'waiting',
  'authority-returned': 'returned',
  effective: 'done',
  approved: 'done',
  withdrawn: 'neutral',
  superseded: 'neutral',
  conflict: 'problem',
  left: 'neutral',
  'correction-open': 'waiting',
  'correction-declined': 'returned',
  'correction-made': 'done',
  'correction-refused': 'returned',
};

/** The states a teacher's record may be in, in the order of its way: what lists are filtered by. The contracts', where a test holds it to theirs. */
export const recordStatuses = [
  'not-started',
  'draft',
  'complete',
  'school-review',
  'school-returned',
  'school-approved',
  'authority-review',
  'authority-returned',
  'conflict',
  'effective',
  'left',
] as const;

export const statusWords = defineWords('status', {
  'not-started': ['未填报', 'Not started'],
  draft: ['填报中', 'Draft'],
  complete: ['填报完成', 'Complete'],
  'school-review': ['待学校审核', 'School review'],
  'school-returned': ['学校退回', 'Returned by school'],
  'school-approved': ['待报送', 'Waits to be sent upward'],
  'authority-review': ['待教育行政部门审核', 'Authority review'],
  'authority-returned': ['教育行政部门退回', 'Returned by authority'],
  effective: ['已生效', 'Effective'],
  approved: ['已通过', 'Approved'],
  withdrawn: ['已撤回', 'Withdrawn'],
  superseded: ['已被新的提交取代', 'Superseded'],
  conflict: ['问题数据', 'Conflict'],
  left: ['已离开', 'Left'],
  'correction-open': ['待学校处理', 'Waits for the school'],
  'correction-declined': ['学校不予更正', 'Declined by the school'],
  'correction-made': ['已更正', 'Corrected'],
  'correction-refused': ['变更未通过', 'The change was not approved'],
  days: ['已 {{count}} 天', 'for {{count}} d'],
  turn: ['待{{who}}', 'waits for {{who}}'],
});
