import { refusal } from '../refusal';

export const notificationsRefusals = {
  noticeNotFound: refusal('notifications.notice_not_found', 'not_found', '没有找到该通知', 'No such notice'),
  /** Also when it is neither addressed to the caller nor sent from his range (A3). */
  urgingNotFound: refusal('notifications.urging_not_found', 'not_found', '没有找到该督办', 'No such urging'),
  nothingToUrge: refusal(
    'notifications.nothing_to_urge',
    'invalid',
    '所选机构没有待办事项，无需督办；请另选机构或环节',
    'Nothing waits at the organisations chosen; choose others, or another turn',
  ),
  nobodyToUrge: refusal(
    'notifications.nobody_to_urge',
    'invalid',
    '所选机构尚无可接收督办的账号，请先由系统管理员分发账号',
    'Nobody at the organisations chosen has an account to be told; have accounts issued first',
  ),
  tooManyToUrge: refusal<{ most: number }>(
    'notifications.too_many_to_urge',
    'invalid',
    '一次督办最多 {most} 人，请少选机构或只督办学校、教育行政部门',
    'One urging reaches at most {most} people: choose fewer organisations, or schools and authorities only',
  ),
  dueDayPassed: refusal<{ dueOn: string }>(
    'notifications.due_day_passed',
    'invalid',
    '办结日期 {dueOn} 不存在或已过，请改为今天或以后的日期',
    '{dueOn} is no day to come; choose today or later',
  ),
  notAddressed: refusal(
    'notifications.not_addressed',
    'forbidden',
    '该督办不是发给您的，由收件人签收和回复',
    'It is not addressed to you; its recipients acknowledge and answer it',
  ),
};
