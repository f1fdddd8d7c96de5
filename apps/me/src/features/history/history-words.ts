import { defineWords } from '@shidang/web-kit';

export const historyWords = defineWords('me-history', {
  title: ['变更历史', 'History'],
  none: ['还没有变更', 'Nothing yet'],
  via_screen: ['网页填写', 'On screen'],
  via_api: ['系统对接', 'By a program'],
  via_import: ['表格导入', 'From a workbook'],
  via_change: ['变更申请', 'By a change request'],
  removed: ['删除了一条记录', 'A row was removed'],
  reviewed: ['{{step}}{{verdict}} · {{who}} · {{at}}', '{{step}}: {{verdict}} · {{who}} · {{at}}'],
  step_school: ['学校审核', 'School'],
  step_authority: ['教育行政部门审核', 'Authority'],
  verdict_approve: ['通过', 'approved'],
  verdict_return: ['退回', 'returned'],
  more: ['更早的', 'Earlier'],
  viewers: ['谁查看过我的敏感信息', 'Who looked at my sensitive values'],
  viewersLead: [
    '证件号码、手机、住址等默认隐藏。他人每次查看都要说明用途；每次查看都记录在这里，包括您自己的。',
    'Numbers, phone and address are hidden. Others need a purpose for each look; each look is on record here, your own too.',
  ],
  nobody: ['还没有人查看过', 'Nobody has looked'],
  looked: ['看了：{{what}}', 'Looked at: {{what}}'],
  why: ['用途：{{reason}}', 'Purpose: {{reason}}'],
  ownLook: ['本人查看', 'You looked yourself'],
  personalCode: ['个人标识码', 'Personal code'],
});
