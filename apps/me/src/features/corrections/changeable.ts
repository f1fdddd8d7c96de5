import { indicatorsFor, mayFill, type Category, type Indicator, type SectionKey } from '@shidang/catalogue';

/** The registry's: a document is claimed for a person, and no request changes it. */
const claimed = ['documentType', 'documentNumber'];

/** What a change application could change; the server decides. */
export const changeableIn = (section: SectionKey, category: Category): readonly Indicator[] =>
  indicatorsFor(section, category).filter(({ key, type, identityFact }) => {
    if (type === 'file') return false;
    return identityFact ? !claimed.includes(identityFact) : mayFill('school', section, key);
  });
