import { permissions as sentences, type Permission } from '@shidang/access';
import { inLanguage, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Result } from 'antd';
import { words } from './words';

/** Says which permission is missing and who one is, so that nobody has to ask what "forbidden" means. */
export function ForbiddenPage({ permissions }: { readonly permissions: readonly Permission[] }) {
  const t = useWords(words);
  const chosen = useLanguage();
  const { post } = useSession();
  const needed = permissions.map((each) => inLanguage(sentences[each], chosen)).join(chosen === 'en' ? '; ' : '；');
  return (
    <Result
      status="403"
      title={<h1>{t('forbidden')}</h1>}
      subTitle={t('forbiddenWhy', {
        permissions: needed,
        post: `${post.organisationName} ${t(`role_${post.role}`)}`,
      })}
      extra={<Link to="/">{t('goHome')}</Link>}
    />
  );
}
