import type { Section, SectionKey } from '@shidang/catalogue';
import { inLanguage, ToneTag, useLanguage, useSession, useWords, type Tone } from '@shidang/web-kit';
import type { Completeness } from '../teachers-api';
import { words } from '../words';

interface SectionListProps {
  readonly visible: readonly Section[];
  readonly current: SectionKey;
  readonly completeness: Completeness | undefined;
  readonly onOpen: (section: SectionKey) => void;
}

/** The sections in the order of the national template, each with how far it is and what comes next. */
export function SectionList({ visible, current, completeness, onOpen }: SectionListProps) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <nav className="record-sections" aria-label={t('sections')}>
      <ul>
        {visible.map((section) => (
          <li key={section.key}>
            <button
              type="button"
              aria-current={section.key === current ? 'page' : undefined}
              onClick={() => onOpen(section.key)}
            >
              <span>{inLanguage({ zh: section.zhName, en: section.en }, language)}</span>
              <SectionState section={section} completeness={completeness} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type StateProps = Pick<SectionListProps, 'completeness'> & { readonly section: Section };

function SectionState({ section, completeness }: StateProps) {
  const t = useWords(words);
  const { post } = useSession();
  const known = completeness?.sections.find((each) => each.section === section.key);
  if (!known) return null;
  const returned = completeness?.marks.filter((each) => each.section === section.key && !each.mended).length ?? 0;
  const found = completeness?.findings.filter((each) => each.section === section.key) ?? [];
  const wrong = found.filter((each) => each.severity === 'error' && !isMissing(each.code)).length;
  const doubtful = found.filter((each) => each.severity === 'serious').length;
  const lacking = known.required - known.filled;
  const tag = (tone: Tone, text: string) => <ToneTag tone={tone}>{text}</ToneTag>;
  if (returned > 0) return tag('returned', t('returned', { count: returned }));
  if (wrong > 0) return tag('problem', t('wrong', { count: wrong }));
  if (lacking > 0) return tag('waiting', t('lacks', { count: lacking }));
  if (doubtful > 0) return tag('waiting', t('doubtful', { count: doubtful }));
  if (post.role === 'teacher' && section.organisationOnly) return tag('neutral', t('bySchool'));
  if (known.rows === 0) return tag('neutral', t('noRows'));
  return tag('done', section.multiRecord ? t('rows', { count: known.rows }) : t('done'));
}

/** Counted by completeness already. */
const isMissing = (code: string): boolean => code === 'required' || code === 'section_empty';
