import { may } from './oracle';
import { id, query, sending, under, type Route } from './route';
import type { Target } from './oracle';

const teacher = (rest = '') => under('/teachers', 'teacherId', rest);
const aCase = (rest = '') => under('/review-cases', 'caseId', rest);
const entry = (section: string) => (target: Target) => ({
  path: `/teachers/${id(target, 'teacherId')}/sections/${section}/entries/${id(target, 'entryId')}`,
});
const unseenHash = '0'.repeat(64);
const reason = '核对信息';

export const teacherRoutes: Route[] = [
  { route: 'GET /teachers/{teacherId}', who: may.read, ask: teacher() },
  { route: 'GET /teachers/{teacherId}/completeness', who: may.read, ask: teacher('/completeness') },
  { route: 'GET /teachers/{teacherId}/history', who: may.read, ask: teacher('/history?limit=200') },
  { route: 'GET /teachers/{teacherId}/viewers', who: may.read, ask: teacher('/viewers') },
  { route: 'GET /teachers/{teacherId}/review-marks', who: may.seeReview, ask: teacher('/review-marks') },
  ...['records', 'review', 'identity'].map((service): Route => ({
    route: `GET /audit-events/${service}`,
    variant: 'object',
    who: may.audit,
    list: true,
    ask: (target) => ({ path: `/audit-events/${service}?object=teacher:${id(target, 'teacherId')}` }),
  })),
  ...['basic', 'contact', 'work', 'ethics'].map((section): Route => ({
    route: 'GET /teachers/{teacherId}/sections/{section}',
    variant: section,
    section,
    who: may.read,
    ask: teacher(`/sections/${section}`),
  })),
  {
    route: 'POST /teachers/{teacherId}/sections/{section}/confirmation',
    who: may.fill,
    within: ['records.section_changed'],
    ask: sending(teacher('/sections/contact/confirmation'), () => ({ contentTag: '0123456789abcdef' })),
  },
  {
    route: 'POST /teachers/{teacherId}/sections/{section}/entries',
    who: may.fill,
    ask: sending(teacher('/sections/contact/entries'), () => ({ values: { other: '微信' } })),
  },
  {
    route: 'PATCH /teachers/{teacherId}/sections/{section}/entries/{entryId}',
    who: may.fill,
    ask: sending(entry('contact'), () => ({ values: { other: '微信' } })),
  },
  {
    route: 'DELETE /teachers/{teacherId}/sections/{section}/entries/{entryId}',
    who: may.fill,
    ask: entry('contact'),
  },
  {
    route: 'POST /teachers/{teacherId}/submission',
    who: may.fill,
    ask: sending(teacher('/submission'), () => ({ declared: true })),
  },
  {
    route: 'POST /teachers/{teacherId}/unmaskings',
    variant: 'number',
    who: may.unmask,
    unmasks: true,
    ask: sending(teacher('/unmaskings'), () => ({ indicator: 'idNo', reason })),
  },
  {
    route: 'POST /teachers/{teacherId}/unmaskings',
    variant: 'mobile',
    who: may.unmask,
    unmasks: true,
    ask: sending(teacher('/unmaskings'), (target) => ({ entryId: id(target, 'entryId'), indicator: 'mobile', reason })),
  },
  {
    route: 'POST /teachers/{teacherId}/withdrawal',
    who: may.withdraw,
    within: ['review.not_your_submission'],
    ask: sending(teacher('/withdrawal'), () => ({})),
  },
  {
    route: 'POST /change-requests',
    who: may.requestChange,
    ask: sending(
      () => ({ path: '/change-requests' }),
      (target) => ({
        teacherId: id(target, 'teacherId'),
        entryId: id(target, 'entryId'),
        indicator: 'other',
        value: '微信',
        reason,
      }),
    ),
  },
  { route: 'GET /teachers/{teacherId}/record.xlsx', who: may.self, unmasks: true, ask: teacher('/record.xlsx') },
  {
    route: 'POST /corrections',
    who: may.self,
    ask: sending(
      () => ({ path: '/corrections' }),
      (target) => ({ teacherId: id(target, 'teacherId'), entryId: id(target, 'entryId'), indicator: 'other', reason }),
    ),
  },
  { route: 'GET /corrections', who: may.read, list: true, ask: query('/corrections', 'teacherId', 'teacherId') },
  {
    route: 'GET /change-requests',
    who: may.read,
    list: true,
    ask: query('/change-requests', 'teacherId', 'teacherId'),
  },
  {
    route: 'GET /review-cases',
    who: may.seeReview,
    list: true,
    finds: true,
    ask: query('/review-cases', 'teacherId', 'teacherId'),
  },
  {
    route: 'GET /teachers',
    variant: 'name',
    who: may.read,
    list: true,
    finds: true,
    ask: query('/teachers', 'q', 'name'),
  },
  {
    route: 'GET /teachers.csv',
    variant: 'name',
    who: may.takeAway,
    list: true,
    finds: true,
    ask: query('/teachers.csv', 'name', 'name'),
  },
  { route: 'GET /review-cases/{caseId}', who: may.seeReview, ask: aCase() },
  {
    route: 'POST /review-cases/{caseId}/decision',
    who: may.review,
    ask: sending(aCase('/decision'), () => ({ verdict: 'approve', contentHash: unseenHash })),
  },
  {
    route: 'POST /review-cases/{caseId}/withdrawal',
    who: may.withdraw,
    within: ['review.not_your_submission'],
    ask: sending(aCase('/withdrawal'), () => ({})),
  },
  {
    route: 'POST /review-batches',
    who: may.review,
    list: true,
    ask: sending(
      () => ({ path: '/review-batches' }),
      (target) => ({ verdict: 'approve', cases: [{ caseId: id(target, 'caseId'), contentHash: unseenHash }] }),
    ),
  },
  {
    route: 'POST /submissions',
    who: may.sendUpward,
    ask: sending(
      () => ({ path: '/submissions' }),
      (target) => ({ caseIds: [id(target, 'caseId')] }),
    ),
  },
];

export const changeRoutes: Route[] = [
  {
    route: 'GET /change-requests/{changeRequestId}',
    section: 'work',
    who: may.read,
    ask: under('/change-requests', 'changeRequestId'),
  },
  {
    route: 'POST /corrections/{correctionId}/decline',
    who: may.requestChange,
    ask: sending(under('/corrections', 'correctionId', '/decline'), () => ({ words: reason })),
  },
];
