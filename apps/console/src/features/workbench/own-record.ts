import type { components } from '@shidang/client';
import type { Todo } from './todo';

type Own = Pick<components['schemas']['TeacherView'], 'id' | 'status' | 'inReview'>;

const keys: Readonly<Partial<Record<Own['status'], Todo['key']>>> = {
  'not-started': 'fillOwn',
  draft: 'fillOwn',
  complete: 'submitOwn',
  'school-returned': 'mendOwn',
  'authority-returned': 'mendOwn',
};

/** What a teacher has to do for the own record; nothing while others have it. */
export function ownRecordTodo({ id, status, inReview }: Own): Todo[] {
  const key = inReview ? undefined : keys[status];
  return key ? [{ key, count: 1, to: `/teachers/${id}` }] : [];
}
