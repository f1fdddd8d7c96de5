import type { HeaderColumn } from '../matching/match-columns';
import { isBlank, textOfCell, type CellValue } from './cell-value';

/** A column with its header, how many cells below it have something, and the first different ones of these. */
export interface ColumnContent extends HeaderColumn {
  readonly samples: readonly string[];
}

interface Counted extends ColumnContent {
  values: number;
  readonly samples: string[];
}

const mostSamples = 3;
const longestSample = 60;
/** Longer ones are sentences somebody wrote into the row of the header. */
const longestTitle = 200;

/** Cells of a header with something in them, a year alone too; what stands below is not known yet. */
export const titlesOf = (cells: ReadonlyMap<number, CellValue>): HeaderColumn[] =>
  [...cells]
    .sort(([a], [b]) => a - b)
    .flatMap(([column, value]) => {
      const title = textOfCell(value).trim().slice(0, longestTitle);
      return title === '' ? [] : [{ column, title, values: 1 }];
    });

/** What stands below a header, also in columns it has no title for: nothing of a sheet is left out unseen. */
export class ColumnContents {
  private readonly counted = new Map<number, Counted>();

  constructor(header: readonly HeaderColumn[]) {
    for (const { column, title } of header) this.begin(column, title);
  }

  take(cells: ReadonlyMap<number, CellValue>): void {
    for (const [column, cell] of cells) {
      if (isBlank(cell)) continue;
      const content = this.counted.get(column) ?? this.begin(column, '');
      content.values++;
      if (content.samples.length >= mostSamples) continue;
      const sample = textOfCell(cell).trim().slice(0, longestSample);
      if (sample !== '' && !content.samples.includes(sample)) content.samples.push(sample);
    }
  }

  /** From left to right. */
  columns(): readonly ColumnContent[] {
    return [...this.counted.values()].sort((one, other) => one.column - other.column);
  }

  private begin(column: number, title: string): Counted {
    const content = { column, title, values: 0, samples: [] };
    this.counted.set(column, content);
    return content;
  }
}
