import { answer, api, useMeEvents } from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

const key = ['notices'] as const;
/** While the server does not tell by itself it is asked. */
const asksEvery = 30_000;

/** How many are unread, as it changes. */
export function useUnreadCount(): number {
  const queries = useQueryClient();
  const heard = useCallback(() => {
    void queries.invalidateQueries({ queryKey: key });
    void queries.invalidateQueries({ queryKey: ['urgings'] });
  }, [queries]);
  const told = useMeEvents(heard);
  const { data } = useQuery({
    queryKey: [...key, 'unread-count'],
    queryFn: () => answer(api.GET('/api/v1/notices', { params: { query: { limit: 1, unread: 'true' } } })),
    refetchInterval: told ? false : asksEvery,
  });
  return data?.unreadCount ?? 0;
}

export function useReadNotices() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: key });
  const one = useMutation({
    mutationFn: (noticeId: string) =>
      answer(api.POST('/api/v1/notices/{noticeId}/read', { params: { path: { noticeId } } })),
    onSuccess,
  });
  const all = useMutation({ mutationFn: () => answer(api.POST('/api/v1/notices/read')), onSuccess });
  return { one, all };
}
