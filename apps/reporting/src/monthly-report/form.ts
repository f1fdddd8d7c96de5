import type { ProgressStatus } from '@shidang/contracts';
import type { Role } from '@shidang/access';
import { statusesOf } from '../progress/organisation-progress';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Which frozen records a figure counts; its list opens with the same condition. */
export interface RecordsCounted {
  readonly statuses: readonly ProgressStatus[];
  readonly formalCode?: boolean;
}

/** Where a figure of the register comes from. */
export type Source =
  | { readonly records: RecordsCounted }
  | { readonly accountsOf: Role; readonly activated?: true }
  | { readonly from: 'schools' | 'schoolsWithAccounts' | 'headCount' };

interface Common {
  readonly key: string;
  readonly label: Words;
  readonly definition?: Words;
}

/**
 * One cell of the form. How it is summed into a roll-up follows from its type: numbers are added, yes is counted, rates
 * are computed again from the sums, days and texts stay on their own sheet.
 */
export type Cell =
  | (Common & {
      readonly kind: 'typed';
      readonly type: 'integer' | 'yesNo' | 'day' | 'text';
      readonly required?: true;
      readonly neededWith?: string;
      readonly atMost?: string;
      /** Begins as it was in the month before. */
      readonly carriedOver?: true;
    })
  | (Common & { readonly kind: 'filled'; readonly type: 'integer'; readonly source: Source })
  | (Common & { readonly kind: 'rate'; readonly type: 'rate'; readonly of: string; readonly over: string });

export interface Group {
  readonly key: string;
  readonly label: Words;
  readonly cells: readonly Cell[];
}

const words = (zh: string, en: string): Words => ({ zh, en });

const typed = (
  key: string,
  label: Words,
  type: 'integer' | 'yesNo' | 'day' | 'text',
  rules: { required?: true; neededWith?: string; atMost?: string; carriedOver?: true } = {},
): Cell => ({ key, label, kind: 'typed', type, ...rules });

const filled = (key: string, label: Words, source: Source, definition?: Words): Cell => ({
  key,
  label,
  kind: 'filled',
  type: 'integer',
  source,
  definition,
});

const counted = (key: keyof typeof statusesOf, label: Words, definition: Words): Cell =>
  filled(key, label, { records: { statuses: statusesOf[key] } }, definition);

const rate = (key: string, label: Words, of: string, over = 'declared'): Cell => ({
  key,
  label,
  kind: 'rate',
  type: 'rate',
  of,
  over,
});

/**
 * 《部署与启用月报表》 (工作方案 六(三)). The columns of the original form are not public; these are ours, as data. Only
 * organisation, training, text and signatures are typed, everything else comes from the register.
 */
export const form: readonly Group[] = [
  {
    key: 'organisation',
    label: words('组织部署', 'Organisation'),
    cells: [
      typed('workGroup', words('是否成立工作小组', 'Work group set up'), 'yesNo', {
        required: true,
        carriedOver: true,
      }),
      typed('workGroupDate', words('工作小组成立日期', 'Work group set up on'), 'day', {
        neededWith: 'workGroup',
        carriedOver: true,
      }),
      typed('workPlan', words('是否印发工作方案', 'Work plan issued'), 'yesNo', { required: true, carriedOver: true }),
      typed('workPlanDate', words('工作方案印发日期', 'Work plan issued on'), 'day', {
        neededWith: 'workPlan',
        carriedOver: true,
      }),
    ],
  },
  {
    key: 'training',
    label: words('培训', 'Training'),
    cells: [
      typed('trainingSessions', words('培训场次', 'Sessions'), 'integer', { required: true }),
      typed('authorityStaffTrained', words('培训教育行政部门人员（人次）', 'Authority staff trained'), 'integer', {
        required: true,
      }),
      typed('schoolStaffTrained', words('培训学校人员（人次）', 'School staff trained'), 'integer', { required: true }),
      typed('schoolsCovered', words('已覆盖学校数', 'Schools covered'), 'integer', {
        required: true,
        atMost: 'schools',
      }),
      filled('schools', words('应覆盖学校数', 'Schools to cover'), { from: 'schools' }),
    ],
  },
  {
    key: 'accounts',
    label: words('账号分发', 'Accounts'),
    cells: [
      filled('schoolsWithAccounts', words('已分发账号学校数', 'Schools with accounts'), {
        from: 'schoolsWithAccounts',
      }),
      filled('systemAdministrators', words('系统管理员账号数', 'System administrators'), {
        accountsOf: 'systemAdministrator',
      }),
      filled('informationAdministrators', words('信息管理员账号数', 'Information administrators'), {
        accountsOf: 'informationAdministrator',
      }),
      filled('informationViewers', words('信息查询员账号数', 'Information viewers'), {
        accountsOf: 'informationViewer',
      }),
      filled('principals', words('学校负责人账号数', 'Principals'), { accountsOf: 'principal' }),
      filled('teacherAccounts', words('教师账号数', 'Teacher accounts'), { accountsOf: 'teacher' }),
      filled('teacherAccountsActivated', words('已激活教师账号数', 'Teacher accounts activated'), {
        accountsOf: 'teacher',
        activated: true,
      }),
    ],
  },
  {
    key: 'collection',
    label: words('信息采集', 'Collection'),
    cells: [
      filled(
        'declared',
        words('应采集人数', 'Declared head count'),
        { from: 'headCount' },
        words('学校填报、主管部门确认的人数', 'Declared by schools, confirmed by the authority'),
      ),
      counted('registered', words('已建账人数', 'On file'), words('已建账且未离开', 'On file and not left')),
      counted('entered', words('已填报人数', 'Entered'), words('已开始填报', 'Entry has begun')),
      counted(
        'complete',
        words('已完成填报人数', 'Complete'),
        words('通过完整性检查且未被退回', 'Complete and not sent back'),
      ),
      counted(
        'schoolReviewed',
        words('学校已审核人数', 'School-reviewed'),
        words('学校审核通过且未被退回', 'Approved by the school and not sent back'),
      ),
      counted(
        'submitted',
        words('已报送人数', 'Submitted'),
        words('已报送教育行政部门且未被退回', 'Submitted to the authority and not sent back'),
      ),
    ],
  },
  {
    key: 'review',
    label: words('审核生效', 'Review'),
    cells: [
      counted(
        'authorityReviewed',
        words('教育行政部门已审核人数', 'Authority-reviewed'),
        words('已通过或被退回', 'Approved or returned by the authority'),
      ),
      counted(
        'returned',
        words('退回待修改人数', 'Returned'),
        words('被退回且尚未重新提交', 'Sent back and not submitted again'),
      ),
      counted(
        'effective',
        words('已生效人数', 'Effective'),
        words('两级审核通过并已生效', 'In force after both reviews'),
      ),
      filled('provisionalCodes', words('临时个人标识码数', 'Provisional codes'), {
        records: { statuses: statusesOf.registered, formalCode: false },
      }),
      filled('formalCodes', words('正式个人标识码数', 'Formal codes'), {
        records: { statuses: statusesOf.registered, formalCode: true },
      }),
      counted(
        'conflict',
        words('问题数据数', 'Problem data'),
        words('审核与内容不一致，待处理', 'Decision and content disagree'),
      ),
    ],
  },
  {
    key: 'rates',
    label: words('比率', 'Rates'),
    cells: [
      rate('enteredRate', words('填报率', 'Entered'), 'entered'),
      rate('completeRate', words('完成率', 'Complete'), 'complete'),
      rate('submittedRate', words('报送率', 'Submitted'), 'submitted'),
      rate('effectiveRate', words('生效率', 'Effective'), 'effective'),
      rate('activatedRate', words('教师账号激活率', 'Teacher accounts activated'), 'teacherAccountsActivated'),
      rate('coverageRate', words('培训覆盖率', 'Schools covered by training'), 'schoolsCovered', 'schools'),
    ],
  },
  {
    key: 'text',
    label: words('问题与计划', 'Problems and plans'),
    cells: [
      typed('problems', words('存在问题', 'Problems'), 'text'),
      typed('measures', words('解决措施', 'Measures'), 'text'),
      typed('nextMonth', words('下月工作计划', "Next month's plan"), 'text'),
    ],
  },
  {
    key: 'signatures',
    label: words('签署', 'Signatures'),
    cells: [
      typed('filledBy', words('填表人', 'Filled in by'), 'text', { required: true, carriedOver: true }),
      typed('reviewedBy', words('审核人', 'Reviewed by'), 'text', { required: true, carriedOver: true }),
    ],
  },
];

export const cells: readonly Cell[] = form.flatMap((group) => group.cells);

const byKey: ReadonlyMap<string, Cell> = new Map(cells.map((cell) => [cell.key, cell]));

export const cellOf = (key: string): Cell | undefined => byKey.get(key);

/** The records behind a cell; none for what is typed, computed or counts something else. */
export function recordsBehind(cell: Cell | undefined): RecordsCounted | undefined {
  return cell?.kind === 'filled' && 'records' in cell.source ? cell.source.records : undefined;
}
