import { isMarked, whyClosed, whyRowClosed } from '../../entry/fill-rule';
import type { JudgedRow } from './judge-row';
import type { EntryOnFile, TeacherOnFile } from './on-file';

interface Changing {
  readonly row: JudgedRow;
  readonly entry?: EntryOnFile;
  readonly changed: readonly string[];
}

/** A record in review, one that left, an effective row, a value that was not marked: only what would change is refused. */
export function refuseClosed(candidates: readonly Changing[], teacher: TeacherOnFile): void {
  const changing = candidates.filter(({ changed, row }) => changed.length > 0 && !row.isBad);
  const closed = whyClosed(teacher.state);
  if (closed) {
    const [first] = changing;
    first?.row.sayAt(first.row.sheet.number, codeOf(closed.body.code), { zh: closed.body.zh, en: closed.body.en });
    for (const { row } of changing) row.isBad = true;
    return;
  }
  for (const { row, entry, changed } of changing) {
    const { key: section } = row.sheet.section;
    const target = entry && { id: entry.id, isEffective: entry.isEffective };
    const isOpen = (key: string) =>
      !entry || !teacher.state.openMarks || isMarked(teacher.state.openMarks, section, entry.id, key);
    const refusal = whyRowClosed(teacher.state, section, target);
    const unmarked = changed.find((key) => !isOpen(key));
    const at = refusal ? changed[0] : unmarked;
    if (at === undefined) continue;
    const { code, zh, en } = refusal?.body ?? {
      code: 'records.not_marked',
      zh: '退回修改只能改审核人标注的内容，这一项没有被标注',
      en: 'After a return only marked values can be changed; this one was not marked',
    };
    row.sayAt(row.sheet.byKey.get(at), codeOf(code), { zh, en });
  }
}

const codeOf = (code: string) => code.replace(/^records\./, '');
