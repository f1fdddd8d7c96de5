import { inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { catalogueWords, type CaseView } from '@shidang/web-kit/review';
import { reviewWords } from './review-words';

const rank = (severity: string) => ['serious', 'error', 'warning'].indexOf(severity);

/** What the rules say about it, the serious ones first, with the filler's own reason. */
export function RuleHits({ of }: { readonly of: CaseView }) {
  const t = useWords(reviewWords);
  const language = useLanguage();
  const say = catalogueWords(of.category, language);
  const hits = [...of.submission.ruleHits].sort((a, b) => rank(a.severity) - rank(b.severity));
  if (hits.length === 0) return null;
  return (
    <section className="note note-waiting">
      <strong>{t('hits')}</strong>
      <ul>
        {hits.map((hit) => (
          <li key={`${hit.code} ${hit.entryId ?? ''} ${hit.indicator ?? ''}`}>
            <b>{t(`severity_${hit.severity}`)}</b>
            {` ${say.section(hit.section)}：${inLanguage({ zh: hit.detail, en: hit.detailEn }, language)}`}
            {hit.reason && <p className="quiet">{t('acceptedBecause', { reason: hit.reason })}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
