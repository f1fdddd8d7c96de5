import { languages, setLanguage, useLanguage, useSession, useSessionVerbs, useWords } from '@shidang/web-kit';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown, Layout, type MenuProps } from 'antd';
import { features } from './features';
import { KeysDialog } from './keys-dialog';
import { words } from './words';

const names = { 'zh-CN': '中文', en: 'English' } as const;

/** Where one is, as whom, and what is always at hand. */
export function Header() {
  const t = useWords(words);
  const chosen = useLanguage();
  const { me, post } = useSession();
  const { logOut, actAs } = useSessionVerbs();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const name = me.name ?? me.account.name ?? me.account.loginName;
  const others = me.account.posts.filter(({ id }) => id !== post.id);
  const leave = async () => {
    const ended = await logOut();
    if (!ended) void message.warning(t('endsLater'), 20);
    await navigate({ to: '/log-in' });
  };
  const items: MenuProps['items'] = [
    ...(others.length === 0
      ? []
      : [
          {
            key: 'posts',
            type: 'group' as const,
            label: t('switchPost'),
            children: others.map(({ id, organisationName, role }) => ({
              key: id,
              label: `${organisationName} · ${t(`role_${role}`)}`,
              onClick: () => void actAs(id).then(() => navigate({ to: '/' })),
            })),
          },
          { type: 'divider' as const },
        ]),
    { key: 'password', label: t('changePassword'), onClick: () => void navigate({ to: '/password' }) },
    { key: 'log-out', label: t('logOut'), onClick: () => void leave() },
  ];
  return (
    <Layout.Header className="console-header">
      <Link to="/" className="console-brand">
        {t('product')}
      </Link>
      <span className="console-place">
        {post.organisationName} · {t(`role_${post.role}`)}
      </span>
      <div id="header-tools" className="console-tools">
        {features.map(({ tool: Tool }, index) => Tool && <Tool key={index} />)}
      </div>
      <KeysDialog />
      {languages
        .filter((each) => each !== chosen)
        .map((each) => (
          <Button key={each} type="text" lang={each} onClick={() => setLanguage(each)}>
            {names[each]}
          </Button>
        ))}
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" aria-label={t('openMenu', { name })}>
          {name}
        </Button>
      </Dropdown>
    </Layout.Header>
  );
}
