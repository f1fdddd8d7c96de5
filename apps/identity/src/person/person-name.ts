/** Names are compared in one form: composed, without spaces, every middle dot the same. They are never split. */
export const normaliseName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/\s/gu, '')
    .replace(/[•‧∙⋅・･●．.]/gu, '·');
