import { useSession, answer, api } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';

/** Id of the own record: on the account, or the only one in scope. Undefined while it is asked for, null when there is none. */
export function useOwnRecordId(): string | null | undefined {
  const { me, post } = useSession();
  const known = me.account.teacherId;
  const { data } = useQuery({
    queryKey: ['own-record', post.id],
    enabled: known === undefined,
    queryFn: async () =>
      (await answer(api.GET('/api/v1/teachers', { params: { query: { limit: 1 } } }))).items[0]?.id ?? null,
  });
  return known ?? data;
}
