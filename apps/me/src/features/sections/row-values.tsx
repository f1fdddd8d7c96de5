import { indicatorsFor, isEmpty, type Category, type SectionKey, type Values } from '@shidang/catalogue';
import { useLanguage } from '@shidang/web-kit';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';

interface RowValuesProps {
  readonly section: SectionKey;
  readonly category: Category;
  readonly values: Values;
}

const isMask = (value: unknown) => typeof value === 'string' && value.includes('*');

/** What a row says, without what it does not say. */
export function RowValues({ section, category, values }: RowValuesProps) {
  const language = useLanguage();
  return (
    <dl className="facts card">
      {indicatorsFor(section, category)
        .filter(({ key }) => !isEmpty(values[key]))
        .map((indicator) => (
          <div key={indicator.key}>
            <dt>{fieldLabel(section, indicator.key, category, language)}</dt>
            <dd>
              {valueText(
                indicator.sensitive || isMask(values[indicator.key]) ? undefined : indicator,
                values[indicator.key],
                category,
              )}
            </dd>
          </div>
        ))}
    </dl>
  );
}
