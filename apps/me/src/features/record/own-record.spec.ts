import type { Session } from '@shidang/web-kit';
import { ownRecordOf } from './own-record';

type Sitting = Pick<Session, 'me' | 'post'>;

const sitting = (role: string, teacherId?: string) =>
  ({ me: { account: { teacherId } }, post: { role } }) as unknown as Sitting;

it('a teacher’s post has the record of its account', () => {
  expect(ownRecordOf(sitting('teacher', 't'))).toBe('t');
  expect(ownRecordOf(sitting('teacher'))).toBeUndefined();
});

it.each(['principal', 'informationAdministrator', 'systemAdministrator', 'informationViewer', 'auditor', 'operator'])(
  'the post of a %s has none, not even of a person who teaches besides',
  (role) => expect(ownRecordOf(sitting(role, 't'))).toBeUndefined(),
);
