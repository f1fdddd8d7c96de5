import { useLanguage, useSession, useWords } from '@shidang/web-kit';
import { Link, useLocation } from '@tanstack/react-router';
import { menuGroups } from './feature';
import { features } from './features';
import { words } from './words';

const isHere = (path: string, pathname: string): boolean =>
  path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);

/** Only what this post may use; two levels at most. */
export function MainMenu() {
  const t = useWords(words);
  useLanguage();
  const session = useSession();
  const { pathname } = useLocation();
  const entries = features.flatMap(({ menu }) => menu).filter(({ visible }) => visible(session));
  return (
    <nav aria-label={t('menu')} className="console-menu">
      {menuGroups
        .map((group) => ({ group, inside: entries.filter((entry) => entry.group === group) }))
        .filter(({ inside }) => inside.length > 0)
        .map(({ group, inside }) => (
          <section key={group}>
            <h2>{t(`group_${group}`)}</h2>
            <ul>
              {inside.map(({ path, label }) => (
                <li key={path}>
                  <Link to={path as never} aria-current={isHere(path, pathname) ? 'page' : undefined}>
                    {label()}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </nav>
  );
}
