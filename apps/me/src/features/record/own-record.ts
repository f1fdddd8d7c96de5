import { useSession, type Session } from '@shidang/web-kit';

/** Of a teacher's post, and named by the account: what somebody may see is not what is somebody's own. */
export const ownRecordOf = ({ me, post }: Pick<Session, 'me' | 'post'>): string | undefined =>
  post.role === 'teacher' ? me.account.teacherId : undefined;

/** Id of the own record; its pages are there only where there is one (`app/pages.tsx`). */
export const useOwnRecordId = (): string | undefined => ownRecordOf(useSession());
