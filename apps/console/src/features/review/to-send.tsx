import { answer, api, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { words } from './words';

export const useToSend = (enabled = true) =>
  useQuery({
    queryKey: ['review', 'to-send'],
    queryFn: () =>
      answer(api.GET('/api/v1/review-cases', { params: { query: { state: 'school-approved', limit: 50 } } })),
    enabled,
  });

/** What the principal has approved waits to be sent upward. */
export function ToSend() {
  const t = useWords(words);
  const { data } = useToSend();
  const count = data?.page.total ?? 0;
  return count === 0 ? null : <Link to="/submissions">{t('goSend', { count })}</Link>;
}
