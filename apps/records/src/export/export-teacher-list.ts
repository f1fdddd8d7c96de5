import { contains, rangeOf, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { categories, codeName } from '@shidang/catalogue';
import {
  ExportTeacherList,
  exportTeacherList,
  recordsRefusals,
  TeacherListPiece,
  type RecordStatus,
} from '@shidang/contracts';
import { audited, openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { byteOrderMark, csvLine } from './csv';

/** Rows of one piece: some 300 kB of text, well below what a message holds. */
const rowsAtOnce = 1500;

const header = [
  '姓名',
  '性别',
  '出生日期',
  '身份证件类型',
  '身份证件号',
  '个人标识码',
  '学校标识码',
  '学校名称',
  '学校类别',
  '状态',
  '更新时间',
];

const statusNames: Readonly<Partial<Record<RecordStatus, string>>> = {
  'not-started': '未填报',
  draft: '填报中',
  complete: '已填齐',
  'school-review': '待学校审核',
  'school-returned': '学校退回',
  'school-approved': '学校已审核',
  'authority-review': '待教育行政部门审核',
  'authority-returned': '教育行政部门退回',
  effective: '已生效',
  conflict: '问题数据',
  left: '已离开',
};

interface ListedRow {
  id: string;
  org_path: string;
  name: string;
  sex: string;
  birth_date: string;
  doc_type: string;
  doc_masked: string;
  code_masked: string;
  school_code: string;
  school_name: string | null;
  category: string;
  status: RecordStatus;
  updated_at: Date;
}

/** Place of the last row told. */
type Mark = readonly [orgPath: string, name: string, id: string];

/** 五(六): the list of teachers as csv. Numbers stay masked: unmasking is an operation of its own, with a reason. */
@Controller()
export class ExportTeacherListHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(exportTeacherList)
  export(query: ExportTeacherList, caller: Caller): Promise<TeacherListPiece> {
    const owner = { list: exportTeacherList.name, accountId: caller.accountId };
    const after = openCursor<Mark>(this.vault, query.cursor, owner);
    const limit = Math.min(Math.max(query.limit ?? rowsAtOnce, 1), rowsAtOnce);
    const told = async (em: SqlEntityManager, sql: Sql): Promise<TeacherListPiece> => {
      const path = await pathOf(sql, query.organisation, caller);
      // written down once, before the first piece leaves (domain: exports are logged)
      if (!after) audited(em, { object: `organisation:${query.organisation ?? caller.orgCode}`, orgPath: path });
      const found = await page(sql, query, path, after, limit + 1);
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const mark: Mark | undefined = last && [last.org_path, last.name, last.id];
      const lines = rows.map(lineOf).join('');
      return {
        csv: after ? lines : byteOrderMark + csvLine(header) + lines,
        rows: rows.length,
        ...(found.length > limit && mark && { next: sealCursor(this.vault, mark, owner) }),
      };
    };
    return after ? this.work.read(caller, told) : this.work.as(caller, told);
  }
}

async function pathOf(sql: Sql, code: string | undefined, caller: Caller): Promise<string> {
  if (code === undefined || code === caller.orgCode) return caller.orgPath;
  const [row] = await sql<{ org_path: string }>(`select org_path from organisation where code = $1`, [code]);
  if (!row || !contains(caller.orgPath, row.org_path)) throw recordsRefusals.organisationNotFound({});
  return row.org_path;
}

function page(
  sql: Sql,
  query: ExportTeacherList,
  path: string,
  after: Mark | undefined,
  rows: number,
): Promise<ListedRow[]> {
  const { low, high } = rangeOf(path);
  return sql<ListedRow>(
    `select t.id, t.org_path, t.name, t.sex, t.birth_date::text as birth_date, t.doc_type, t.doc_masked, t.code_masked, t.school_code,
       o.name as school_name, t.category, t.status, t.updated_at
     from teacher t left join organisation o on o.code = t.school_code
     where t.org_path >= $1 and t.org_path < $2
       and ($3::text is null or t.stage = $3) and ($4::text is null or t.category = $4)
       and ($5::text is null or (t.name >= $5 and t.name < $5 || U&'\\+10FFFF'))
       and ($6::text is null or (t.org_path, t.name, t.id) > ($6, $7, $8::uuid))
       and ($9::text is null or t.status = $9) and ($10::text is null or strpos(t.name, $10) > 0)
     order by t.org_path, t.name, t.id limit $11`,
    [
      low,
      high,
      query.stage ?? null,
      query.category ?? null,
      query.name ?? null,
      ...(after ?? [null, null, null]),
      query.status ?? null,
      query.q?.normalize('NFC').trim() || null,
      rows,
    ],
  );
}

const lineOf = (row: ListedRow): string =>
  csvLine([
    row.name,
    codeName('sex', row.sex),
    row.birth_date,
    codeName('idDocType', row.doc_type),
    row.doc_masked,
    row.code_masked,
    row.school_code,
    row.school_name,
    categories.find((each) => each.key === row.category)?.zhName ?? row.category,
    statusNames[row.status] ?? row.status,
    row.updated_at.toISOString(),
  ]);
