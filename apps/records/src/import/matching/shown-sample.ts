import { findIndicator, mask, maskDocumentNumber, type SectionKey } from '@shidang/catalogue';
import { findTarget } from './targets';

/** Six characters or more of digits, as numbers of people, telephones and accounts have. */
const number = /[0-9０-９][0-9０-９\- ]{4,}[0-9０-９xXｘＸ]/g;
const day = /^\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?月?$/;
const shorter = (text: string) => `${text.slice(0, 2)}${'*'.repeat(Math.max(3, text.length - 4))}${text.slice(-2)}`;

/** A content of a column as it is shown while one chooses what the column holds: `targets` are what it is or may be. */
export function shownSample(section: SectionKey, text: string, targets: readonly string[]): string {
  for (const key of targets) {
    const known = findTarget(section, key)?.known;
    if (known?.person === 'number') return maskDocumentNumber(text);
    const indicator = known?.keys.map((each) => findIndicator(section, each)).find((each) => each?.sensitive);
    if (indicator) return String(mask(indicator, text));
  }
  return day.test(text) ? text : text.replace(number, shorter);
}
