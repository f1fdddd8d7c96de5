import { refusal } from '../refusal';
import type { CaseStage } from './events';

/** The "no" of review; each sentence says how to go on. */
export const reviewRefusals = {
  /** Out of scope or not there: the same words (A3). */
  caseNotFound: refusal('review.case_not_found', 'not_found', '没有找到该审核事项', 'No such review case'),
  batchNotFound: refusal('review.batch_not_found', 'not_found', '没有找到该批次', 'No such batch'),
  selectionNotFound: refusal(
    'review.selection_not_found',
    'not_found',
    '没有找到该选择，或已超过一小时失效，请重新选择',
    'No such selection, or it is older than an hour; select again',
  ),
  /** Membership would be cut silently otherwise. */
  selectionTooLarge: refusal<{ count: number; most: number }>(
    'review.selection_too_large',
    'too_large',
    '符合条件的超过 {most} 件，请缩小范围（按学校或变化类型）后再选',
    'More than {most} meet the filter; narrow it (by school or kind of change) and select again',
  ),
  selectionEmpty: refusal(
    'review.selection_empty',
    'conflict',
    '没有符合条件的事项，请调整条件',
    'No case meets the filter; change it',
  ),
  batchGaveUp: refusal(
    'review.batch_gave_up',
    'conflict',
    '批量审核多次未能完成，已停止；未办理的事项仍待审核，请重新选择',
    'The batch failed again and again and was stopped; what it did not decide waits as before',
  ),
  batchOfWhat: refusal(
    'review.batch_of_what',
    'invalid',
    '请提供 cases 或 selectionId，二者之一',
    'Give either cases or selectionId',
  ),
  receiptNotFound: refusal('review.receipt_not_found', 'not_found', '没有找到该报送回执', 'No such receipt'),
  /** 谁填报谁负责、谁审核谁负责: by person, so a second account does not help. */
  ownSubmission: refusal<{ caseId: string }>(
    'review.own_submission',
    'forbidden',
    '填报人不得审核本人填报或本人的信息，请由其他审核人办理',
    'Nobody reviews what they filled in or their own record; another reviewer has to decide',
  ),
  notYourTurn: refusal<{ caseId: string; stage: CaseStage }>(
    'review.not_your_turn',
    'forbidden',
    '该事项现由其他机构或角色办理，可在事项中查看办理方',
    'Another organisation or role has the turn; the case says which',
  ),
  notAwaiting: refusal<{ caseId: string; stage: CaseStage }>(
    'review.not_awaiting',
    'conflict',
    '该事项当前不在待审核状态，请刷新后查看',
    'The case does not wait for a decision; refresh to see where it stands',
  ),
  contentChanged: refusal<{ caseId: string }>(
    'review.content_changed',
    'conflict',
    '填报内容已变更，审核意见未生效，请重新查看后再审核',
    'The content has changed and your decision was not taken; look at it again',
  ),
  heldInBatch: refusal<{ caseId: string }>(
    'review.held_in_batch',
    'conflict',
    '该事项在待生效的批量审核中，如需单独审核请先撤销该批次',
    'The case is in a held batch; undo the batch to decide it singly',
  ),
  returnNeedsMarks: refusal<{ caseId: string }>(
    'review.return_needs_marks',
    'invalid',
    '退回须逐项标注需修改的内容，并写明原因',
    'A return marks each value to mend with a reason and words',
  ),
  approvalHasMarks: refusal<{ caseId: string }>(
    'review.approval_has_marks',
    'invalid',
    '审核通过不带修改标注；如需修改请选择退回',
    'An approval carries no marks; choose return if something has to be mended',
  ),
  ruleHits: refusal<{ caseId: string }>(
    'review.rule_hits',
    'conflict',
    '该事项有严重校验提示，不能批量通过，请逐条审核',
    'The case has serious rule hits and cannot be approved in a batch; decide it singly',
  ),
  notYourSubmission: refusal<{ caseId: string }>(
    'review.not_your_submission',
    'forbidden',
    '只有提交人可以撤回',
    'Only who submitted it can withdraw it',
  ),
  alreadyOpened: refusal<{ caseId: string }>(
    'review.already_opened',
    'conflict',
    '审核人已查看该事项，不能撤回；如需修改请联系审核人退回',
    'A reviewer has opened the case; ask for a return instead of withdrawing',
  ),
  notWithdrawable: refusal<{ caseId: string; stage: CaseStage }>(
    'review.not_withdrawable',
    'conflict',
    '该事项当前状态不能撤回',
    'A case in this state cannot be withdrawn',
  ),
  schoolsSubmit: refusal(
    'review.schools_submit',
    'forbidden',
    '报送由学校办理',
    'Submitting upward is done by the school',
  ),
  nothingApproved: refusal(
    'review.nothing_approved',
    'conflict',
    '没有学校已审核通过、尚未报送的事项',
    'No approved case waits to be submitted',
  ),
  notApproved: refusal<{ count: number }>(
    'review.not_approved',
    'conflict',
    '所选事项中有 {count} 项尚未经学校审核通过或已报送，请调整后再报送',
    '{count} of the chosen cases are not approved by the school or already submitted',
  ),
  notYourBatch: refusal<{ batchId: string }>(
    'review.not_your_batch',
    'forbidden',
    '只有批量审核的办理人可以撤销或立即生效',
    'Only who made the batch undoes or releases it',
  ),
  batchClosed: refusal<{ batchId: string; state: string }>(
    'review.batch_closed',
    'conflict',
    '该批次已生效、正在生效或已撤销',
    'The batch has been released, is being released, or was undone',
  ),
  marksUnknown: refusal<{ count: number }>(
    'review.marks_unknown',
    'invalid',
    '有 {count} 处标记不在所审核的内容里，请重新读取事项后再标记',
    '{count} marks are not in the content under review; read the case again and mark what is there',
  ),
};
