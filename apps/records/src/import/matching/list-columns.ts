import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { findIndicator, labelOf, type Category, type SectionKey } from '@shidang/catalogue';
import {
  ImportById,
  ImportColumns,
  importRefusals,
  listImportColumns,
  type ColumnTarget,
  type HeaderColumnView,
} from '@shidang/contracts';
import { Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { openChosen, openHeads, ownImport } from '../import-row';
import { columnLetter } from '../workbook/cell-value';
import type { MatchedColumn } from '../workbook/filled-sheet';
import { keptHeaders } from './kept-headers';
import { isDoubt, likelyTargets } from './match-columns';
import { categoriesOf, filledSheets, missingIn } from './questions';
import { shownSample } from './shown-sample';
import { allTargets, labelOfTarget, requiredTargets, type MatchTarget } from './targets';

@Controller()
export class ListColumnsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listImportColumns)
  list({ importId }: ImportById, caller: Caller): Promise<ImportColumns> {
    return this.work.read(caller, async (_, sql) => {
      const row = await ownImport(sql, importId, caller);
      if (!row.has_file) throw importRefusals.fileGone({ importId });
      if (row.heads === null) throw importRefusals.wrongState({ importId, state: row.state });
      const of = await categoriesOf(sql, caller);
      const choices = {
        chosen: openChosen(this.vault, row),
        kept: await keptHeaders(sql, this.vault, row.organisation),
      };
      const sheets = filledSheets(openHeads(this.vault, importId, row.heads)).map((head) => ({
        sheet: head.sheet,
        section: head.section,
        headerRow: head.headerRow,
        rows: head.rows,
        columns: head.matched.map((column) => viewOf(head.section, column)),
        missing: [...missingIn(head, of, choices)],
        targets: targetsFor(head.section, of),
      }));
      return { importId, etag: String(row.version), sheets };
    });
  }
}

function viewOf(section: SectionKey, column: MatchedColumn): HeaderColumnView {
  const { target, why, proposals, samples } = column;
  // left out by choice or in doubt: it may hold all the same what its header says
  const maybe = target === undefined ? [...proposals, ...likelyTargets(section, column.title)] : [target];
  return {
    column: columnLetter(column.column),
    title: column.title,
    values: column.values,
    samples: samples.map((text) => shownSample(section, text, maybe)),
    ...(target !== undefined && { indicator: target }),
    isSure: !isDoubt(column),
    why,
    proposals: [...proposals],
  };
}

function targetsFor(section: SectionKey, of: readonly Category[]): ColumnTarget[] {
  const required = new Set(requiredTargets(section, of));
  return allTargets(section).map((target) => ({
    indicator: target.key,
    label: labelOfTarget(target, section, of[0]!),
    labelEn: englishOf(section, target),
    isRequired: required.has(target.key),
  }));
}

const persons = { number: 'Document number', name: 'Name' } as const;

function englishOf(section: SectionKey, { known: { keys, person } }: MatchTarget): string {
  const indicator = keys[0] === undefined ? undefined : findIndicator(section, keys[0]);
  return indicator ? labelOf(indicator).en : persons[person!];
}
