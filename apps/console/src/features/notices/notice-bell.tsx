import { useSession, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { useUnreadCount } from './use-notices';
import { words } from './words';
import './notices.css';

const most = 99;

/** In the header: what is new, as it comes. */
export function NoticeBell() {
  return useSession().can('notice.read') ? <Bell /> : null;
}

function Bell() {
  const t = useWords(words);
  const unread = useUnreadCount();
  return (
    <Link to="/notices" className="notice-bell">
      {t('notices')}
      {unread > 0 && (
        <b>
          {unread > most ? `${most}+` : unread}
          <span className="notice-hidden">{t('unread')}</span>
        </b>
      )}
    </Link>
  );
}
