import type { Answer } from '../door/ask';
import { cleanAnswer } from './clean-answer';

const documented = new Set(['request.malformed', 'gateway.fault']);
const problem = {
  status: 400,
  code: 'request.malformed',
  detail: '请求格式不正确',
  traceId: 'a'.repeat(32),
};
const refused = (body: object = problem, status = 400, type = 'application/problem+json; charset=utf-8'): Answer => ({
  status,
  headers: { 'content-type': type, 'x-content-type-options': 'nosniff' },
  text: JSON.stringify(body),
});
const asked = { method: 'POST', path: '/api/v1/teachers?q=%2Fetc%2Fpasswd', says: 'planted', isCertain: true };
const found = (answer: Answer) => cleanAnswer(asked, answer, documented).map(({ says }) => says);
const withDetail = (detail: string) => refused({ ...problem, detail });

it('a proper refusal is clean, also when it repeats what was sent', () => {
  expect(found(refused())).toEqual([]);
  expect(found(withDetail('没有 /etc/passwd 这个选项'))).toEqual([]);
});

it.each([
  ['a stack', withDetail('x\n    at Handler.run (/srv/shidang/dist/apps/records/src/main.js:10:3)')],
  ['a stack', withDetail('x at node:internal/process/task_queues')],
  ['SQL', withDetail('select id, name from teacher where id = $1')],
  ['SQL', withDetail('insert into teacher (id) values (1)')],
  ['SQL', withDetail('duplicate key value violates unique constraint "teacher_pkey"')],
  ['SQL', withDetail('invalid input syntax for type uuid: "x"')],
  ['a path', withDetail('cannot open /var/lib/shidang/keys')],
  ['a path', withDetail('apps/records/src/entry/add-entry.ts')],
  ['an inner word', withDetail("TypeError: Cannot read properties of undefined (reading 'x')")],
  ['500', refused({ ...problem, status: 500, code: 'gateway.fault' }, 500)],
  ['503', refused({ ...problem, status: 503 }, 503)],
  ['no answer', { status: 0, headers: {}, text: 'socket hang up' }],
  ['it was taken', refused({}, 201, 'application/json')],
  ['not as a problem', refused(problem, 400, 'text/html')],
  ['whose body says', refused({ ...problem, status: 404 })],
  ['documented nowhere', refused({ ...problem, code: 'request.invented' })],
  ['without a trace', refused({ ...problem, traceId: undefined })],
  ['without words', refused({ ...problem, detail: '' })],
  ['x-content-type-options', { ...refused(), headers: { 'content-type': 'application/problem+json' } }],
])('%s is seen', (what, answer) => {
  expect(found(answer).some((says) => says.includes(what))).toBe(true);
});
