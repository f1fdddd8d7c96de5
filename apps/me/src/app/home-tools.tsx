import { answer, api, useSession, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Icon } from './icon';
import { words } from './words';

/** Looked for this often: a phone keeps no stream open. */
const asksEvery = 60_000;

export const noticesKey = ['notices'] as const;

/** What is new, and who one is. */
export function HomeTools() {
  const t = useWords(words);
  const { can } = useSession();
  const { data } = useQuery({
    queryKey: [...noticesKey, 'unread'],
    enabled: can('notice.read'),
    refetchInterval: asksEvery,
    queryFn: () => answer(api.GET('/api/v1/notices', { params: { query: { limit: 1, unread: 'true' } } })),
  });
  const unread = data?.unreadCount ?? 0;
  return (
    <nav className="head-tools">
      <Link href="/notices" aria-label={unread > 0 ? t('noticesUnread', { count: unread }) : t('notices')}>
        <Icon name="bell" />
        {unread > 0 && <span className="badge">{unread > 99 ? '99+' : unread}</span>}
      </Link>
      <Link href="/account" aria-label={t('account')}>
        <Icon name="person" />
      </Link>
    </nav>
  );
}
