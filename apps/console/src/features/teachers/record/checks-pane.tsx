import { sectionOf, type SectionKey } from '@shidang/catalogue';
import { inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { Alert, Button, Skeleton } from 'antd';
import { Problem } from '../../../app/problem';
import type { Completeness } from '../teachers-api';
import { words } from '../words';

interface ChecksPaneProps {
  readonly completeness: Completeness | undefined;
  readonly error: unknown;
  readonly onOpen: (at: { section: SectionKey; entry?: string }) => void;
}

/** 工作方案 五(三): everything missing or wrong before the record can be submitted, each with the way there. */
export function ChecksPane({ completeness, error, onOpen }: ChecksPaneProps) {
  const t = useWords(words);
  const language = useLanguage();
  if (error) return <Problem error={error} />;
  if (!completeness) return <Skeleton active />;
  const groups = (['error', 'serious', 'warning'] as const)
    .map((severity) => ({ severity, found: completeness.findings.filter((each) => each.severity === severity) }))
    .filter(({ found }) => found.length > 0);
  const titles = { error: 'errors', serious: 'serious', warning: 'warnings' } as const;
  return (
    <div className="record-checks">
      {groups.every(({ severity }) => severity === 'warning') && <Alert type="success" showIcon title={t('allGood')} />}
      {groups.map(({ severity, found }) => (
        <section key={severity}>
          <h2>
            {t(titles[severity])}（{found.length}）
          </h2>
          <ul>
            {found.map((each, index) => {
              const of = sectionOf(each.section as SectionKey);
              const place = inLanguage({ zh: of.zhName, en: of.en }, language);
              const what = language === 'en' ? each.detailEn : each.detail;
              return (
                <li key={`${each.section} ${each.entryId} ${each.indicator} ${each.code} ${index}`}>
                  <strong>{place}</strong> {what}
                  <Button
                    type="link"
                    size="small"
                    aria-label={`${t('goTo')}：${place} ${what}`}
                    onClick={() =>
                      onOpen({ section: of.key, ...(of.multiRecord && each.entryId && { entry: each.entryId }) })
                    }
                  >
                    {t('goTo')}
                  </Button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
