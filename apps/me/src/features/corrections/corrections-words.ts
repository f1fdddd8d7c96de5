import { defineWords } from '@shidang/web-kit';

export const correctionsWords = defineWords('me-corrections', {
  ask: ['请学校更正', 'Ask the school to correct'],
  lead: [
    '已生效的信息由学校信息管理员申请变更，审核通过后才会改变。',
    'What is in effect is changed by the school: it applies, and the change takes effect once approved.',
  ],
  which: ['哪一项有误', 'What is wrong'],
  choose: ['请选择', 'Choose'],
  present: ['现在是：{{value}}', 'Now: {{value}}'],
  empty: ['（空）', '(empty)'],
  right: ['正确的是（可不填）', 'What would be right (may stay empty)'],
  why: ['说明', 'Why'],
  whyHint: ['例如：与毕业证书不一致', 'For example: it is not what the certificate says'],
  whyShort: ['请说明哪里有误（至少 2 个字）', 'Say what is wrong (2 characters at least)'],
  send: ['发给学校', 'Send to the school'],
  title: ['我请学校更正的', 'What I asked the school to correct'],
  none: ['还没有请学校更正过', 'Nothing asked yet'],
  noneNext: [
    '信息生效后，打开一条记录，点“请学校更正”。',
    'Once your record is in effect, open a row and ask the school to correct it.',
  ],
  proposed: ['建议改为：{{value}}', 'Proposed: {{value}}'],
  reason: ['说明：{{reason}}', 'Why: {{reason}}'],
  schoolSays: ['学校答复：{{words}}', 'The school says: {{words}}'],
  more: ['更早的', 'Earlier'],
});
