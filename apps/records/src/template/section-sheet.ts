import {
  categories,
  identityFacts,
  personColumns,
  sections,
  templateColumns,
  type Category,
  type Section,
  type TemplateColumn,
} from '@shidang/catalogue';

/** The hidden sheet of code lists: no section, skipped when it comes back. */
export const referenceSheetName = '代码表';

/** What the first cell of the example row begins with; the row is skipped when it comes back. */
export const exampleMark = '示例';

/** Keys of the two columns every sheet begins with, whose row it is. */
export const personKeys = { number: identityFacts.documentNumber, name: identityFacts.name } as const;

/** A column of a sheet: of the section itself, or one of the two that say whose row it is. */
export interface SheetColumn {
  readonly column: TemplateColumn;
  readonly person: boolean;
  /** As it stands in the header row: required ones carry a star. */
  readonly title: string;
}

const title = (column: TemplateColumn, starred: boolean) => `${starred ? '*' : ''}${column.header}`;

/** Columns of one sheet in order: document number and name first, then the section's own. */
export function sheetColumns(section: Section, category: Category): readonly SheetColumn[] {
  const person = personColumns(category);
  const leading = [personKeys.number, personKeys.name].flatMap((key) => person.filter((each) => each.key === key));
  const own = templateColumns(section, category);
  const isBasic = section.key === 'basic';
  return [
    ...leading.map((column) => ({ column, person: !isBasic, title: title(column, true) })),
    ...own
      .filter((column) => !isBasic || !leading.some((each) => each.key === column.key))
      .map((column) => ({ column, person: false, title: title(column, column.required === 'always') })),
  ];
}

/** A sheet's name, or a header, without what programs and people put around it. */
export const bareTitle = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s*﹡＊]/g, '')
    .trim();

const sectionByName: ReadonlyMap<string, Section> = new Map(sections.map((each) => [bareTitle(each.zhName), each]));

export const sectionOfSheet = (name: string): Section | undefined => sectionByName.get(bareTitle(name));

export const isReferenceSheet = (name: string): boolean => bareTitle(name) === referenceSheetName;

/** Keys a header may mean; which of them is decided by the category of each row's teacher. */
export interface KnownTitle {
  readonly person?: 'number' | 'name';
  readonly keys: readonly string[];
}

function titlesOf(section: Section): ReadonlyMap<string, KnownTitle> {
  const titles = new Map<string, KnownTitle>();
  for (const { key: category } of categories) {
    for (const { column, person } of sheetColumns(section, category)) {
      const known = titles.get(bareTitle(column.header));
      if (person) {
        titles.set(bareTitle(column.header), {
          person: column.key === personKeys.number ? 'number' : 'name',
          keys: [],
        });
      } else if (!known?.keys.includes(column.key)) {
        titles.set(bareTitle(column.header), { ...known, keys: [...(known?.keys ?? []), column.key] });
      }
    }
  }
  if (section.key === 'basic') {
    for (const [part, key] of Object.entries(personKeys)) {
      for (const [text, known] of titles) {
        if (known.keys.includes(key)) titles.set(text, { ...known, person: part as 'number' | 'name' });
      }
    }
  }
  return titles;
}

const known = new Map<Section, ReadonlyMap<string, KnownTitle>>();

/** What a header of this section means in any category; undefined when it means nothing. */
export function findTitle(section: Section, header: string): KnownTitle | undefined {
  let titles = known.get(section);
  if (!titles) known.set(section, (titles = titlesOf(section)));
  return titles.get(bareTitle(header));
}
