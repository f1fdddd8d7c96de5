import { refusal } from '../refusal';

export const recordsRefusals = {
  /** Also when the teacher is out of scope: the same as nonexistent (A3). */
  teacherNotFound: refusal('records.teacher_not_found', 'not_found', '没有找到该教师', 'No such teacher'),
  entryNotFound: refusal('records.entry_not_found', 'not_found', '没有找到该条记录', 'No such entry'),
  sectionNotFound: refusal('records.section_not_found', 'not_found', '没有这个信息子集', 'No such section'),
  submissionNotFound: refusal('records.submission_not_found', 'not_found', '没有找到该次提交', 'No such submission'),
  changeRequestNotFound: refusal(
    'records.change_request_not_found',
    'not_found',
    '没有找到该变更申请',
    'No such change request',
  ),
  organisationNotFound: refusal(
    'records.organisation_not_found',
    'not_found',
    '没有找到该机构',
    'No such organisation',
  ),
  /** 工作方案: one finding per wrong fact. */
  factsWrong: refusal(
    'records.facts_wrong',
    'invalid',
    '教师基本信息有误，请按提示修改后重新提交',
    'The facts are wrong; mend what is listed and send them again',
  ),
  outOfCollection: refusal<{ rule: string; reason: string; reasonEn: string }>(
    'records.out_of_collection',
    'invalid',
    '{reason}',
    '{reasonEn}',
  ),
  alreadyRegistered: refusal<{ teacherId: string }>(
    'records.teacher_already_registered',
    'conflict',
    '该证件号码的教师已在本单位名单中',
    'A teacher with this document is already on your list',
  ),
  /** 查重: says only that the number is on file — no school, place or name. */
  numberOnFile: refusal(
    'records.number_on_file',
    'conflict',
    '该证件号码已有在册教师，请核对号码；如为调入人员，请发起调动申请',
    'This document number is on file; check it, or begin a transfer request if the person comes from another school',
  ),
  nameDiffers: refusal(
    'records.name_differs_on_file',
    'conflict',
    '姓名与该证件号码已登记的信息不一致，请核对姓名和证件号码',
    'The name does not fit what is registered for this document; check both',
  ),
  schoolUnknown: refusal(
    'records.school_unknown',
    'conflict',
    '本校机构信息尚未同步，请稍后重试',
    'The school has not arrived here yet, retry shortly',
  ),
  searchTooWide: refusal(
    'records.search_too_wide',
    'invalid',
    '全省及以上范围请先选择市、县或学校再按姓名查询',
    'Above a city choose an organisation first, then search by name',
  ),
  notYoursToFill: refusal<{ section: string }>(
    'records.not_yours_to_fill',
    'forbidden',
    '此项由学校或教育行政部门填报，本人不能填写',
    'This is filled in by the organisation, not by the teacher',
  ),
  inReview: refusal(
    'records.in_review',
    'conflict',
    '该教师信息正在审核中，不能修改；如需修改请先撤回（审核人未打开前）或等待退回',
    'The record is in review and cannot be changed; withdraw it first or wait for its return',
  ),
  onlyMarkedFields: refusal(
    'records.only_marked_fields',
    'conflict',
    '退回修改只能改审核人标注的内容',
    'After a return only the marked values can be changed',
  ),
  changePathOnly: refusal(
    'records.change_path_only',
    'conflict',
    '已生效的信息须由学校信息管理员提出变更申请',
    "Effective values change through the school's change request only",
  ),
  hasLeft: refusal('records.teacher_has_left', 'conflict', '该教师已离开，不能填报', 'The teacher has left'),
  valuesWrong: refusal(
    'records.values_wrong',
    'invalid',
    '填写的内容有误，请按提示修改',
    'Some values are wrong; mend what is listed',
  ),
  emptyEntry: refusal(
    'records.empty_entry',
    'invalid',
    '没有填写任何内容，请至少填写一项后再保存',
    'The row has no values; fill in at least one and save again',
  ),
  duplicateEntry: refusal(
    'records.duplicate_entry',
    'conflict',
    '已有同一条记录（关键项相同），请直接修改原记录',
    'The same row exists already; change that one',
  ),
  sectionFull: refusal<{ limit: number }>(
    'records.section_full',
    'conflict',
    '该信息子集已有 {limit} 条记录，不能再新增，请修改或删除已有记录',
    'This section has {limit} rows already; change or remove one of them',
  ),
  singleSection: refusal(
    'records.single_section',
    'conflict',
    '该信息子集只有一条记录，不能新增或删除',
    'This section has exactly one row',
  ),
  notComplete: refusal<{ count: number }>(
    'records.not_complete',
    'invalid',
    '还有 {count} 处缺少或有误，补全后才能提交',
    '{count} values are missing or wrong; complete them before submitting',
  ),
  hitsNotAccepted: refusal<{ count: number }>(
    'records.hits_not_accepted',
    'invalid',
    '有 {count} 处疑似矛盾，请修改，或逐条说明理由后提交',
    '{count} contradictions need mending or a reason each',
  ),
  nothingToSubmit: refusal(
    'records.nothing_to_submit',
    'conflict',
    '没有需要提交的新增内容',
    'There is nothing new to submit',
  ),
  notEffectiveYet: refusal(
    'records.not_effective_yet',
    'conflict',
    '该内容尚未生效，请直接修改后提交',
    'This is not effective yet; change it directly',
  ),
  changeOpen: refusal<{ indicator: string }>(
    'records.change_already_open',
    'conflict',
    '该项已有未办结的变更申请',
    'There is an open change request on this field',
  ),
  nothingChanges: refusal(
    'records.nothing_changes',
    'invalid',
    '新值与现值相同',
    'The new value equals the present one',
  ),
  evidenceRequired: refusal(
    'records.evidence_required',
    'invalid',
    '变更姓名、性别、出生日期、证件须提供佐证材料',
    'A change of an identity fact needs evidence',
  ),
  nothingToShow: refusal('records.nothing_to_show', 'not_found', '没有可查看的内容', 'There is nothing to show'),
};
