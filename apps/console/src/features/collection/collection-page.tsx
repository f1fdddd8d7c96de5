import { useSession, useWords } from '@shidang/web-kit';
import { CampaignCard } from './campaign-card';
import { HeadCounts } from './head-counts';
import { OwnHeadCount } from './own-head-count';
import { words } from './words';
import '../progress/progress.css';

/** When is collected, and how many people each school has to collect. */
export function CollectionPage() {
  const t = useWords(words);
  const { post } = useSession();
  return (
    <>
      <h1>{t('collection')}</h1>
      <CampaignCard />
      <h2>{t('headCount')}</h2>
      <p className="progress-quiet">{t('headCountWhy')}</p>
      {post.tier === 'school' ? <OwnHeadCount code={post.organisation} /> : <HeadCounts code={post.organisation} />}
    </>
  );
}
