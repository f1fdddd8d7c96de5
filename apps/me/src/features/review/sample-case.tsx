import { useLanguage, useWords } from '@shidang/web-kit';
import { blocksOf, catalogueWords, type CaseSummary } from '@shidang/web-kit/review';
import { Link } from 'wouter';
import { Problem } from '../../app/problem';
import { useCase } from './review-api';
import { reviewWords } from './review-words';

const fieldsShown = 3;

/** One of the sample at a glance: a few values of each section; the name leads to all of it. */
export function SampleCase({ of }: { readonly of: CaseSummary }) {
  const t = useWords(reviewWords);
  const language = useLanguage();
  const { data, error } = useCase(of.id, true);
  const say = catalogueWords(of.category, language);
  const blocks = data ? blocksOf(of.kind === 'first' ? 'all' : 'changed', data, say) : [];
  const sections = [...new Set(blocks.map(({ section }) => section))];
  return (
    <article className="card">
      <Link className="link card-title" href={`/review/${of.id}`}>
        {of.teacherName}
      </Link>
      <Problem error={error} />
      <dl className="facts">
        {sections.map((section) => {
          const rows = blocks.filter((each) => each.section === section);
          const [first] = rows;
          return (
            <div key={section}>
              <dt>{say.section(section)}</dt>
              <dd>
                {(first?.fields ?? [])
                  .filter(({ is }) => is !== '')
                  .slice(0, fieldsShown)
                  .map(({ is }) => is)
                  .join(' · ')}
                {rows.length > 1 && <span className="quiet">{` ${t('facts', { count: rows.length })}`}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </article>
  );
}
