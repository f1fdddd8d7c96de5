/** Names of `workbookRefusals`; the parser process knows them only by name, so that it loads nothing but the parser. */
export type FaultName =
  | 'notXlsx'
  | 'oldFormat'
  | 'encrypted'
  | 'hasMacros'
  | 'truncated'
  | 'unreadable'
  | 'unsafe'
  | 'fileTooLarge'
  | 'inflatesTooFar'
  | 'tooManyCells'
  | 'tooManyRows'
  | 'tooManyOfOne'
  | 'tooManyColumns'
  | 'tooManySheets'
  | 'tooExpensive'
  | 'noSections';

/** The file as a whole cannot be taken. Crosses the process boundary by its name and facts. */
export class WorkbookFault extends Error {
  constructor(
    readonly fault: FaultName,
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(fault);
    this.name = 'WorkbookFault';
  }
}
