import type { NoticeKind, NoticeWords } from '@shidang/contracts';

/** What a notice says in its kind; `n` events, `month` of a report. No names: ids lead to who and where. */
export const noticeWords: Readonly<Record<NoticeKind, (n: number, month: string) => NoticeWords>> = {
  'case-awaiting-school': (n) => ({
    zh: `新到 ${n} 份教师信息，待学校审核`,
    en: `${n} new ${records(n)} for the school to review`,
  }),
  'case-awaiting-authority': (n) => ({
    zh: `新到 ${n} 份教师信息，待教育行政部门审核`,
    en: `${n} new ${records(n)} for the education authority to review`,
  }),
  'case-returned-by-school': (n) => ({
    zh: `${n} 份教师信息被学校退回，请按标注修改后重新提交`,
    en: `${n} ${records(n)} returned by the school: mend what is marked and submit again`,
  }),
  'case-returned-by-authority': (n) => ({
    zh: `${n} 份教师信息被教育行政部门退回，请按标注修改后重新提交`,
    en: `${n} ${records(n)} returned by the education authority: mend what is marked and submit again`,
  }),
  'change-returned': (n) => ({
    zh: `${n} 项信息变更申请未获通过，如仍需变更请重新申请`,
    en: `${n} ${n === 1 ? 'application' : 'applications'} for a change not approved; apply again if it is still needed`,
  }),
  'case-approved': (n) => ({
    zh: `${n} 份教师信息已通过教育行政部门审核`,
    en: `${n} ${records(n)} approved by the education authority`,
  }),
  'case-conflict': (n) => ({
    zh: `${n} 份教师信息的审核结果未能生效，列为问题数据，待处理`,
    en: `The decision on ${n} ${records(n)} could not take effect; to be settled`,
  }),
  'correction-asked': (n) => ({
    zh: `教师请学校更正 ${n} 项已生效信息，请核实后申请变更或说明理由`,
    en: `Teachers ask the school to correct ${values(n)} in effect: apply for the change, or say why not`,
  }),
  'correction-applied': (n) => ({
    zh: `您请学校更正的 ${n} 项信息，学校已提出变更申请`,
    en: `The school applied for the change of ${values(n)} you asked it to correct`,
  }),
  'correction-declined': (n) => ({
    zh: `您请学校更正的 ${n} 项信息，学校答复不予更正，请看说明`,
    en: `The school declined to correct ${values(n)} you asked about: see its words`,
  }),
  'report-submitted': (_, month) => ({
    zh: `${month} 月报表已上报，待接收`,
    en: `A monthly report for ${month} was submitted and waits to be accepted`,
  }),
  'report-returned': (_, month) => ({
    zh: `${month} 月报表被退回，请修改后重新上报`,
    en: `The monthly report for ${month} was returned: mend it and submit again`,
  }),
  'report-accepted': (_, month) => ({
    zh: `${month} 月报表已被接收`,
    en: `The monthly report for ${month} was accepted`,
  }),
  urging: (n) => ({
    zh: `您收到 ${n} 件督办，请查看并办理`,
    en: n === 1 ? 'You are urged: see what waits for you' : `You are urged ${n} times: see what waits for you`,
  }),
  'urging-climbed': (n) => ({
    zh: `${n} 件督办逾期未回复，升级请您督促`,
    en: `${n} ${n === 1 ? 'urging' : 'urgings'} below you went unanswered and climbed to you`,
  }),
  'urging-answered': (n) => ({
    zh: `您发出的督办新到 ${n} 条回复`,
    en: `${n} new ${n === 1 ? 'answer' : 'answers'} to your urging`,
  }),
  'urging-unanswered': (n) => ({
    zh: `您发出的 ${n} 件督办逾期仍未得到全部回复`,
    en: `${n} of your urgings ${n === 1 ? 'is' : 'are'} overdue and not answered by all`,
  }),
};

/** To the teacher whose record it is: it is one, and his. */
export const ownWords: Readonly<Partial<Record<NoticeKind, NoticeWords>>> = {
  'case-returned-by-school': {
    zh: '您的教师信息被学校退回，请按标注修改后重新提交',
    en: 'The school returned your record: mend what is marked and submit again',
  },
  'case-returned-by-authority': {
    zh: '您的教师信息被教育行政部门退回，请按标注修改后重新提交',
    en: 'The education authority returned your record: mend what is marked and submit again',
  },
  'case-approved': {
    zh: '您的教师信息已通过教育行政部门审核',
    en: 'The education authority approved your record',
  },
};

const records = (n: number): string => (n === 1 ? "teacher's record" : "teachers' records");

const values = (n: number): string => (n === 1 ? '1 value' : `${n} values`);
