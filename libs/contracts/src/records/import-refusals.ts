import { refusal } from '../refusal';

/** Why a workbook is not taken, and what to do instead. Each is decided before a cell is believed. */
export const workbookRefusals = {
  notXlsx: refusal(
    'records.workbook_not_xlsx',
    'unsupported',
    '这不是 .xlsx 工作簿，请下载模板填写后上传',
    'This is not an .xlsx workbook; download the template, fill it in and upload it',
  ),
  oldFormat: refusal(
    'records.workbook_old_format',
    'unsupported',
    '这是旧格式（.xls）工作簿，请在表格软件中另存为 .xlsx 后上传',
    'This is an old .xls workbook; save it as .xlsx and upload it again',
  ),
  encrypted: refusal(
    'records.workbook_encrypted',
    'unsupported',
    '工作簿设有打开密码，请取消密码保存后上传',
    'The workbook is encrypted; remove its password, save and upload it again',
  ),
  hasMacros: refusal(
    'records.workbook_has_macros',
    'unsupported',
    '工作簿含有宏（.xlsm），请另存为不含宏的 .xlsx 后上传',
    'The workbook contains macros (.xlsm); save it as .xlsx without macros',
  ),
  truncated: refusal(
    'records.workbook_truncated',
    'invalid',
    '文件不完整，可能上传中断或保存出错，请重新保存后上传',
    'The file is not complete; save it again and upload it once more',
  ),
  unreadable: refusal<{ part: string }>(
    'records.workbook_unreadable',
    'invalid',
    '工作簿内部已损坏（{part}），请用表格软件打开并另存后上传',
    'The workbook is damaged inside ({part}); open it, save it anew and upload it',
  ),
  unsafe: refusal<{ part: string }>(
    'records.workbook_unsafe',
    'invalid',
    '工作簿含有不允许的内容（{part}），请把数据复制到新下载的模板后上传',
    'The workbook contains what is not allowed ({part}); copy the values into a fresh template',
  ),
  fileTooLarge: refusal<{ limitMb: number }>(
    'records.workbook_too_large',
    'too_large',
    '文件超过 {limitMb} MB，请按教师分成几个工作簿上传',
    'The file is larger than {limitMb} MB; divide the teachers over several workbooks',
  ),
  inflatesTooFar: refusal<{ limitMb: number }>(
    'records.workbook_inflates_too_far',
    'too_large',
    '工作簿展开后超过 {limitMb} MB，请只保留数据，把内容复制到新下载的模板后上传',
    'The workbook is larger than {limitMb} MB when unpacked; copy the values into a fresh template',
  ),
  tooManyCells: refusal<{ limit: number }>(
    'records.workbook_too_many_cells',
    'too_large',
    '单元格超过 {limit} 个，请按教师分成几个工作簿上传',
    'More than {limit} cells; divide the teachers over several workbooks',
  ),
  tooManyRows: refusal<{ sheet: string; limit: number }>(
    'records.workbook_too_many_rows',
    'too_large',
    '工作表“{sheet}”超过 {limit} 行（可能是空行），请删除多余的行后上传',
    'Sheet "{sheet}" has more than {limit} rows, possibly blank ones; delete them and upload again',
  ),
  tooManyOfOne: refusal<{ sheet: string; row: number; limit: number }>(
    'records.workbook_too_many_of_one',
    'too_large',
    '工作表“{sheet}”第 {row} 行：同一证件号超过 {limit} 行，请核对身份证件号一列是否填错',
    'Sheet "{sheet}", row {row}: more than {limit} rows under one document number; check the number column',
  ),
  tooManyColumns: refusal<{ sheet: string; limit: number }>(
    'records.workbook_too_many_columns',
    'too_large',
    '工作表“{sheet}”超过 {limit} 列，请使用模板的列后上传',
    'Sheet "{sheet}" has more than {limit} columns; use the columns of the template',
  ),
  tooManySheets: refusal<{ limit: number }>(
    'records.workbook_too_many_sheets',
    'too_large',
    '工作表超过 {limit} 个，请使用模板的工作表后上传',
    'More than {limit} sheets; use the sheets of the template',
  ),
  tooExpensive: refusal(
    'records.workbook_too_expensive',
    'too_large',
    '处理该工作簿超出时间或内存限制，请按教师分成几个工作簿上传',
    'Reading the workbook exceeded its limits of time or memory; divide the teachers over several workbooks',
  ),
  noSections: refusal(
    'records.workbook_no_sections',
    'invalid',
    '没有找到模板的工作表（如“基本信息”），请使用模板填写后上传',
    'None of the template’s sheets was found; fill in the template and upload it',
  ),
};

export const importRefusals = {
  notFound: refusal('records.import_not_found', 'not_found', '没有找到该导入', 'There is no such import'),
  busy: refusal<{ importId: string }>(
    'records.import_running',
    'conflict',
    '本单位已有一个导入正在处理，请等它完成后再试',
    'Another import of your organisation is running; wait until it has finished',
  ),
  wrongState: refusal<{ importId: string; state: string }>(
    'records.import_wrong_state',
    'conflict',
    '导入目前为“{state}”，不能进行此操作，请刷新后再试',
    'The import is "{state}" now and cannot do this; refresh and retry',
  ),
  gaveUp: refusal(
    'records.import_gave_up',
    'conflict',
    '导入多次中断，请稍后重新上传；如仍失败请与管理员联系',
    'The import was interrupted several times; upload it again later, or ask your administrator',
  ),
  expired: refusal(
    'records.import_expired',
    'conflict',
    '上传后太久没有导入，文件已删除，请重新上传',
    'The upload was not committed in time and its file was deleted; upload it again',
  ),
  noGoodRow: refusal<{ importId: string }>(
    'records.import_no_good_row',
    'invalid',
    '没有一行可以导入：请先在表格中改正，或下载标红文件改正后重新上传',
    'No row can be imported: mend the cells on screen, or download the file with red cells, mend it and upload it again',
  ),
  cellUnknown: refusal<{ sheet: string; cell: string }>(
    'records.import_cell_unknown',
    'invalid',
    '工作表“{sheet}”中没有单元格 {cell} 所在的行或列，请刷新后再试',
    'Sheet "{sheet}" has no row or column for cell {cell}; refresh and retry',
  ),
  tooManyCells: refusal<{ cells: number; limit: number }>(
    'records.import_replaces_too_many',
    'too_large',
    '一次要改 {cells} 个单元格，超过 {limit} 个；请下载标红文件，在表格软件中替换后重新上传',
    'That would change {cells} cells, more than {limit}; download the file with red cells, replace there and upload it again',
  ),
  nothingToReplace: refusal<{ sheet: string; column: string }>(
    'records.import_nothing_to_replace',
    'conflict',
    '工作表“{sheet}”{column} 列已没有这个内容，请刷新后再试',
    'Column {column} of sheet "{sheet}" does not say that any more; refresh and retry',
  ),
  nothingToUndo: refusal<{ importId: string }>(
    'records.import_nothing_to_undo',
    'conflict',
    '没有可以撤销的修改',
    'There is no change left to undo',
  ),
  columnsUndecided: refusal<{ sheet: string; columns: string }>(
    'records.import_columns_undecided',
    'invalid',
    '工作表“{sheet}”还有没有选定的列：{columns}，请选择对应的指标或“不导入”',
    'Sheet "{sheet}" has columns nobody has decided on: {columns}; choose what they hold, or that they are not imported',
  ),
  columnTwice: refusal<{ sheet: string; label: string; columns: string }>(
    'records.import_column_twice',
    'invalid',
    '工作表“{sheet}”的 {columns} 列都对应“{label}”，请只留一列',
    'Columns {columns} of sheet "{sheet}" both hold "{label}"; leave one of them',
  ),
  columnUnknown: refusal<{ sheet: string; column: string }>(
    'records.import_column_unknown',
    'invalid',
    '工作表“{sheet}”没有 {column} 列，或没有这个指标，请刷新后再试',
    'Sheet "{sheet}" has no column {column}, or there is no such indicator; refresh and retry',
  ),
  mendedAlready: refusal<{ importId: string; mends: number }>(
    'records.import_mended_already',
    'conflict',
    '已在表格中改过 {mends} 次，重新对应列会丢失这些修改；请先撤销，或重新上传文件',
    '{mends} changes were made on screen, which matching the columns anew would lose; undo them first, or upload the file again',
  ),
  fileGone: refusal<{ importId: string }>(
    'records.import_file_gone',
    'conflict',
    '文件已按规定删除（已导入或超过 7 天），请重新上传',
    'The file has been deleted as it must (committed, or older than 7 days); upload it again',
  ),
  stillMaking: refusal(
    'records.download_being_made',
    'unavailable',
    '文件正在生成，请几秒后再取',
    'The file is being made; ask for it again in a few seconds',
  ),
  downloadLost: refusal(
    'records.download_interrupted',
    'conflict',
    '下载中断，请重新下载',
    'The download was interrupted; start it again',
  ),
  notASchool: refusal<{ code: string }>(
    'records.workbook_not_a_school',
    'invalid',
    '预填工作簿按学校下载，请选择一所学校',
    'Prefilled workbooks are made per school; choose a school',
  ),
  chunkMissing: refusal<{ importId: string; missing: number }>(
    'records.upload_incomplete',
    'conflict',
    '文件还有 {missing} 字节没有传到，请补传缺少的分块后再试',
    '{missing} bytes of the file have not arrived; send the missing chunks and retry',
  ),
  chunkMisplaced: refusal<{ index: number }>(
    'records.upload_chunk_misplaced',
    'invalid',
    '第 {index} 个分块的位置或大小不对，请按 begin 返回的 chunkSize 切分后重传',
    'Chunk {index} has the wrong place or size; cut the file by the chunkSize that begin answered',
  ),
};
