import { defineWords, useSession, useWords } from '@shidang/web-kit';

const words = defineWords('workbench', { title: ['{{name}}，您好', 'Good day, {{name}}'] });

export function WorkbenchPage() {
  const t = useWords(words);
  const { me } = useSession();
  return <h1>{t('title', { name: me.name ?? me.account.loginName })}</h1>;
}
