import { refusal } from '../refusal';

export const reportingRefusals = {
  /** Also when it is outside the caller's scope (A3). */
  organisationNotFound: refusal(
    'reporting.organisation_not_found',
    'not_found',
    '没有找到该机构',
    'No such organisation',
  ),
  tooManyOrganisations: refusal<{ most: number }>(
    'reporting.too_many_organisations',
    'invalid',
    '范围内机构超过 {most} 个，请选择下级机构，或使用分页的排名',
    'There are more than {most} organisations; ask for one below, or for a ranking page by page',
  ),
  reportNotFound: refusal('reporting.report_not_found', 'not_found', '没有找到该月报表', 'No such monthly report'),
  notASchool: refusal<{ code: string }>(
    'reporting.not_a_school',
    'invalid',
    '应采集人数由学校填报，上级机构的数字为所属学校之和',
    'Head counts are declared by schools; those above are sums',
  ),
  notYoursToConfirm: refusal<{ code: string }>(
    'reporting.not_yours_to_confirm',
    'forbidden',
    '应采集人数由学校的直接上级教育行政部门确认',
    'The education authority right above the school confirms its head count',
  ),
  nothingDeclared: refusal<{ code: string }>(
    'reporting.nothing_declared',
    'conflict',
    '该学校尚未填报应采集人数',
    'The school has not declared a head count yet',
  ),
  headCountChanged: refusal<{ code: string; declared: number }>(
    'reporting.head_count_changed',
    'conflict',
    '学校已改报为 {declared} 人，请刷新后确认',
    'The school has declared {declared} meanwhile; refresh and confirm that',
  ),
  campaignDates: refusal(
    'reporting.campaign_dates',
    'invalid',
    '日期须依次为：开始日 ≤ 截止日 ≤ 关闭日',
    'Dates must be in order: start ≤ due ≤ close',
  ),
  notAReporter: refusal<{ tier: string }>(
    'reporting.not_a_reporter',
    'forbidden',
    '月报表由县、市、省教育行政部门填报',
    'Monthly reports are written by counties, cities and provinces',
  ),
  monthInFuture: refusal<{ month: string }>(
    'reporting.month_in_future',
    'invalid',
    '{month} 尚未开始，不能填报',
    '{month} has not begun',
  ),
  reportExists: refusal<{ month: string }>(
    'reporting.report_exists',
    'conflict',
    '本机构 {month} 的月报表已存在，请直接打开',
    'The report for {month} exists already; open it',
  ),
  wrongStage: refusal<{ stage: string; verb: string }>(
    'reporting.report_stage',
    'conflict',
    '月报表当前状态（{stage}）不能进行该操作',
    'The report is {stage}; this cannot be done now',
  ),
  notTheReporter: refusal(
    'reporting.not_the_reporter',
    'forbidden',
    '月报表由填报机构自己修改和上报',
    'Only the reporting organisation changes and submits its report',
  ),
  notYoursToAccept: refusal(
    'reporting.not_yours_to_accept',
    'forbidden',
    '月报表由直接上级教育行政部门接收或退回，且不得由上报人本人办理',
    'The authority right above accepts or returns a report, and not by the person who submitted it',
  ),
  cellsInvalid: refusal(
    'reporting.cells_invalid',
    'invalid',
    '填写的内容有误，请按提示改正',
    'Some cells are wrong; mend them as told',
  ),
  cellsMissing: refusal(
    'reporting.cells_missing',
    'invalid',
    '有必填项未填写，请补齐后再上报',
    'Required cells are empty; fill them before submitting',
  ),
  cellNotFound: refusal(
    'reporting.cell_not_found',
    'not_found',
    '没有该项数据或没有名单',
    'No such figure, or no list behind it',
  ),
  indicatorNotFound: refusal<{ by: string }>(
    'reporting.indicator_not_found',
    'invalid',
    '没有统计指标 {by}，可用的指标见 /statistics/indicators',
    'No indicator {by}; see /statistics/indicators',
  ),
  backlogTooLarge: refusal<{ most: number }>(
    'reporting.backlog_too_large',
    'invalid',
    '所选范围涉及的学校或教师超过 {most}，请少选机构',
    'More than {most} schools or teachers are concerned: choose fewer organisations',
  ),
};
