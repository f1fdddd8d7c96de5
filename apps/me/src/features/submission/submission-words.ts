import { defineWords } from '@shidang/web-kit';

export const submissionWords = defineWords('submission', {
  title: ['核对并提交', 'Check and submit'],
  yoursLeft: ['还有 {{count}} 处要您补全', '{{count}} things are yours to complete', '1 thing is yours to complete'],
  schoolsLeft: [
    '还有 {{count}} 处等学校填写；填好后您会收到通知',
    '{{count}} things wait for the school',
    '1 thing waits for the school',
  ],
  marksLeft: [
    '退回的内容还有 {{count}} 处没有修改',
    '{{count}} returned things are not mended yet',
    '1 returned thing is not mended yet',
  ],
  nothingNew: ['没有需要提交的新内容', 'There is nothing new to submit'],
  serious: [
    '这些地方看起来矛盾。请修改，或说明理由：',
    'These look contradictory. Mend them, or say why they are right:',
  ],
  reason: ['理由', 'Reason'],
  answers: ['您填的内容', 'Your answers'],
  schools: ['学校填的内容', 'What the school filled in'],
  change: ['修改', 'Change'],
  rows: ['{{count}} 条', '{{count}} rows', '1 row'],
  noRows: ['没有记录', 'No rows'],
  declare: [
    '本人声明：以上内容由本人填报，真实、准确、完整。',
    'I declare that what I filled in is true, exact and complete.',
  ],
  submit: ['提交审核', 'Submit for review'],
  submitting: ['正在提交…', 'Submitting…'],
  notSaved: ['有 {{count}} 处未保存，不在提交的内容里', '{{count}} things are not saved and would not be submitted'],
  notSavedIn: ['{{section}}：{{count}} 处', '{{section}}: {{count}}'],
  letGo: ['放弃', 'Let go'],
  letGoOf: ['放弃未保存的{{section}}', 'Let go of what is not saved: {{section}}'],
  letGoAsk: ['放弃{{section}}里未保存的 {{count}} 处？', 'Let go of {{count}} unsaved things in {{section}}?'],
  letGoLead: [
    '只删除本机上未保存的内容，不能恢复；已保存的不变。',
    'Only what is not saved goes, for good; what is saved stays.',
  ],
  withdraw: ['撤回提交', 'Withdraw'],
  withdrawing: ['正在撤回…', 'Withdrawing…'],
  withdrawLead: [
    '审核人打开之前可以撤回，撤回后可以继续修改。',
    'Until a reviewer opens it you may withdraw it and go on.',
  ],
});
