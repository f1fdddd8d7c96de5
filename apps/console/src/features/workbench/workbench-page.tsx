import { useSession, useWords } from '@shidang/web-kit';
import { NewestNotices } from './newest-notices';
import { ProgressCard } from './progress-card';
import { TodoList } from './todo-list';
import { words } from './words';
import './workbench.css';

/** What a post sees first: what waits for it by due day, what is new, how far the collection is. */
export function WorkbenchPage() {
  const t = useWords(words);
  const { me, can } = useSession();
  return (
    <>
      <h1>{t('title', { name: me.name ?? me.account.name ?? me.account.loginName })}</h1>
      <div className="workbench">
        <TodoList />
        <div>
          {can('progress.read') && <ProgressCard />}
          {can('notice.read') && <NewestNotices />}
        </div>
      </div>
    </>
  );
}
